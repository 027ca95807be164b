/// A value of a JSON or YAML document, and the bytes it was read from.
///
/// Members keep their order, and repeated members stay, so that they can be reported.
public struct Node: Hashable, Sendable {
  /// What a node is.
  public enum Kind: Hashable, Sendable {
    /// An object with its members in the order of the document.
    case object([Member])
    /// An array.
    case array([Node])
    /// A string, decoded.
    case string(String)
    /// A number as the document spells it.
    case number(String)
    /// `true` or `false`.
    case bool(Bool)
    /// `null`.
    case null
  }

  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// The member's name, decoded.
    public var key: String
    /// The bytes of the name, quotes included.
    public var keyRange: Range<Int>
    /// The member's value.
    public var value: Node

    /// Creates a member.
    public init(key: String, keyRange: Range<Int> = 0..<0, value: Node) {
      self.key = key
      self.keyRange = keyRange
      self.value = value
    }
  }

  /// What the node is.
  public var kind: Kind

  /// The node's bytes in its document; empty for a node that was made, not read.
  public var range: Range<Int>

  /// Creates a node.
  public init(_ kind: Kind, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.range = range
  }
}

extension Node {
  /// The same value without its positions; two of them are equal when they say the same.
  public func withoutPositions() -> Node {
    switch kind {
    case .object(let members):
      Node(
        .object(members.map { Member(key: $0.key, value: $0.value.withoutPositions()) }))
    case .array(let elements):
      Node(.array(elements.map { $0.withoutPositions() }))
    case .string, .number, .bool, .null:
      Node(kind)
    }
  }

  /// The members of an object; `nil` for anything else.
  public var members: [Member]? {
    if case .object(let members) = kind { members } else { nil }
  }

  /// The elements of an array; `nil` for anything else.
  public var elements: [Node]? {
    if case .array(let elements) = kind { elements } else { nil }
  }

  /// The text of a string; `nil` for anything else.
  public var text: String? {
    if case .string(let text) = kind { text } else { nil }
  }

  /// Whether the node is `null`.
  public var isNull: Bool {
    if case .null = kind { true } else { false }
  }

  /// The value of an object's first member of a name.
  public subscript(key: String) -> Node? {
    members?.first { $0.key == key }?.value
  }

  /// What the node is, in words: `an object`, `a string`.
  public var kindInWords: String {
    switch kind {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .bool: "a boolean"
    case .null: "null"
    }
  }
}
