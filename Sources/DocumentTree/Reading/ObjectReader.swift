import Diagnostics

/// Reads the members of an object and keeps account of those that nobody asked for.
///
/// Ask for each member, then call `finish()`: what is left over is reported as unknown. A member
/// that is `null` counts as absent. Afterwards `isBroken` tells whether a member was missing or
/// could not be read, so that the value as a whole is not to be used.
package struct ObjectReader {
  /// The object.
  package let cursor: Cursor
  let context: ReadingContext
  private let members: [Node.Member]
  /// The place of each name, where there are too many for looking through them.
  private let places: [String: Int]?
  private var asked: [String] = []

  /// How many members are looked through one by one: hashing costs as much as a few comparisons.
  private static let scanLimit = 16

  /// Whether a member is missing or could not be read.
  package private(set) var isBroken = false

  /// Starts to read an object; `nil`, with a diagnostic, for anything else.
  package init?(_ cursor: Cursor, in context: ReadingContext) {
    guard let list = cursor.node.members else {
      context.wrongType(cursor, expected: "an object")
      return nil
    }
    self.cursor = cursor
    self.context = context
    members = list
    places =
      list.count > Self.scanLimit
      ? Dictionary(list.enumerated().map { ($1.key, $0) }) { first, _ in first } : nil
    asked.reserveCapacity(list.count)
    reportRepeated()
  }

  private func reportRepeated() {
    for index in members.indices where place(of: members[index].key) != index {
      let member = members[index]
      context.report(
        .error(
          "repeated-member", "'\(member.key)' appears twice in one object",
          at: Place(
            file: context.file, byteRange: member.keyRange,
            pointer: cursor.pointer.appending(member.key), focus: .key)))
    }
  }

  /// The place of the first member of a name.
  private func place(of name: String) -> Int? {
    if let places { return places[name] }
    for index in members.indices where members[index].key == name { return index }
    return nil
  }

  /// The place of a member that is there and not `null`.
  private func placeOfValue(_ name: String) -> Int? {
    guard let place = place(of: name), !members[place].value.isNull else { return nil }
    return place
  }

  /// The value of a member, unless it is absent or `null`.
  package mutating func value(_ name: String) -> Cursor? {
    asked.append(name)
    return placeOfValue(name).map { cursor.member(members[$0]) }
  }

  /// Whether a member is there and not `null`; the member does not count as asked for.
  package func has(_ name: String) -> Bool {
    placeOfValue(name) != nil
  }

  /// The value of a member that may be absent; `nil` also where it is broken.
  package mutating func optional<Value: TreeReadable>(
    _ name: String, as type: Value.Type = Value.self
  ) -> Value? {
    guard let value = value(name) else { return nil }
    return read(value)
  }

  /// The value of a member that must be there.
  package mutating func required<Value: TreeReadable>(
    _ name: String, as type: Value.Type = Value.self
  ) -> Value? {
    guard let value = value(name) else {
      reportMissing(name)
      return nil
    }
    return read(value)
  }

  private mutating func read<Value: TreeReadable>(_ cursor: Cursor) -> Value? {
    guard let value = Value(reading: cursor, in: context) else {
      isBroken = true
      return nil
    }
    return value
  }

  /// Reports that a member is missing.
  package mutating func reportMissing(_ name: String) {
    isBroken = true
    let others = Set(members.map(\.key)).filter { !asked.contains($0) }
    let near = didYouMean(name, among: others.sorted())
    context.error(
      "missing-member", "\(cursor.name) has no member '\(name)'", at: cursor.pointer,
      notes: near.map { ["there is a member '\($0)'"] } ?? [])
  }

  /// The elements of a list; those that are broken are left out, and the list counts as broken.
  package mutating func list<Value: TreeReadable>(
    _ name: String, of type: Value.Type = Value.self
  ) -> [Value] {
    elements(name).compactMap { read($0) }
  }

  /// The elements of a list that must be there.
  package mutating func requiredList<Value: TreeReadable>(
    _ name: String, of type: Value.Type = Value.self
  ) -> [Value] {
    guard has(name) else {
      asked.append(name)
      reportMissing(name)
      return []
    }
    return list(name)
  }

  /// The elements of a list that could be read; the context remembers which could not.
  package mutating func survivors<Value: TreeReadable>(
    _ name: String, of type: Value.Type = Value.self
  ) -> [Value] {
    let list = cursor.pointer.appending(name)
    var values: [Value] = []
    for (index, element) in elements(name).enumerated() {
      guard let value = Value(reading: element, in: context) else {
        context.drop(element: index, of: list)
        continue
      }
      values.append(value)
    }
    return values
  }

  private mutating func elements(_ name: String) -> [Cursor] {
    guard let value = value(name) else { return [] }
    guard let elements = value.elements else {
      context.wrongType(value, expected: "an array")
      isBroken = true
      return []
    }
    return elements
  }

  /// The values of an object that is a map from free names; empty where it is absent.
  package mutating func map<Value: TreeReadable>(
    _ name: String, of type: Value.Type = Value.self
  ) -> [String: Value] {
    guard let value = value(name) else { return [:] }
    guard var object = ObjectReader(value, in: context) else {
      isBroken = true
      return [:]
    }
    var values: [String: Value] = [:]
    for key in Set(object.members.map(\.key)).sorted() {
      values[key] = object.optional(key)
    }
    isBroken = isBroken || object.isBroken
    return values
  }

  /// The names among some that the document spells out as an empty list or map.
  package func spelledOutEmpty(_ names: String...) -> Set<String> {
    Set(
      names.filter { name in
        switch place(of: name).map({ members[$0].value.kind }) {
        case .array([]), .object([]): true
        default: false
        }
      })
  }

  /// Reports the members that nobody asked for.
  ///
  /// - Parameter mistaken: names that people write by mistake, with the right ones.
  /// - Returns: those members as they are, so that they can be written back.
  @discardableResult
  package mutating func finish(mistaken: [String: String] = [:]) -> [Node.Member] {
    var unknown: [Node.Member] = []
    for index in members.indices where !asked.contains(members[index].key) {
      let member = members[index]
      guard !unknown.contains(where: { $0.key == member.key }) else { continue }
      unknown.append(
        Node.Member(key: member.key, value: member.value.withoutPositions()))
      let meant = mistaken[member.key] ?? didYouMean(member.key, among: asked)
      context.report(
        Diagnostic(
          severity: context.features.contains(.strict) ? .error : .warning,
          code: "unknown-member", message: "unknown member '\(member.key)' is ignored",
          place: context.place(cursor.pointer.appending(member.key), .key),
          suggestion: meant))
    }
    return unknown
  }
}
