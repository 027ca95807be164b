/// Collects the members of an object that is written: absent values leave no member.
package struct MemberList {
  /// The members in the order in which they were added.
  package private(set) var members: [Node.Member] = []

  /// Creates a list without members.
  package init() {}

  /// The object with these members.
  package var node: Node { Node(.object(members)) }

  /// Adds a member, unless its value is absent.
  package mutating func add(_ name: String, _ value: (some TreeWritable)?) {
    guard let value else { return }
    members.append(Node.Member(key: name, value: value.node()))
  }

  /// Adds a list, unless it is empty and the document had no such member either.
  package mutating func add(
    _ name: String, _ values: [some TreeWritable], emptyIf spelledOut: Set<String>
  ) {
    guard !values.isEmpty || spelledOut.contains(name) else { return }
    members.append(Node.Member(key: name, value: values.node()))
  }

  /// Adds a map sorted by key, unless it is empty and the document had no such member either.
  package mutating func add(
    _ name: String, _ values: [String: some TreeWritable], emptyIf spelledOut: Set<String>
  ) {
    guard !values.isEmpty || spelledOut.contains(name) else { return }
    members.append(Node.Member(key: name, value: values.node()))
  }

  /// Adds members as they are.
  package mutating func add(contentsOf others: [Node.Member]) {
    members += others
  }
}

/// A value that writes itself as a tree.
package protocol TreeWritable {
  /// The value as the document spells it, without positions.
  func node() -> Node
}

extension Node: TreeWritable {
  package func node() -> Node { self }
}

extension String: TreeWritable {
  package func node() -> Node { Node(.string(self)) }
}

extension Int: TreeWritable {
  package func node() -> Node { Node(.number(String(self))) }
}

extension Bool: TreeWritable {
  package func node() -> Node { Node(.bool(self)) }
}

extension Array: TreeWritable where Element: TreeWritable {
  package func node() -> Node { Node(.array(map { $0.node() })) }
}

extension Dictionary: TreeWritable where Key == String, Value: TreeWritable {
  package func node() -> Node {
    Node(
      .object(keys.sorted().map { Node.Member(key: $0, value: self[$0]?.node() ?? Node(.null)) }))
  }
}

extension TreeWritable where Self: RawRepresentable, RawValue == String {
  package func node() -> Node { Node(.string(rawValue)) }
}

extension Node {
  /// An object of one member.
  package init(_ name: String, _ value: some TreeWritable) {
    self.init(.object([Member(key: name, value: value.node())]))
  }

  /// The empty object.
  package static let emptyObject = Node(.object([]))
}
