import Diagnostics
import DocumentTree

/// Reads an object whose members are all known by a list of keys; any other is an error.
struct KeyedReader<Key: RawRepresentable & CaseIterable> where Key.RawValue == String {
  private var object: ObjectReader
  let context: ReadingContext

  /// Starts to read an object; nil, with a diagnostic, for anything else.
  init?(_ cursor: Cursor, in context: ReadingContext) {
    guard let object = ObjectReader(cursor, in: context) else { return nil }
    self.object = object
    self.context = context
    let names = Key.allCases.map(\.rawValue)
    for member in cursor.node.members ?? [] where !names.contains(member.key) {
      context.error(
        "unknown-member", "unknown member '\(member.key)'",
        at: cursor.pointer.appending(member.key), focus: .key,
        notes: ["one of \(names.joined(separator: ", "))"],
        suggestion: didYouMean(member.key, among: names))
    }
  }

  /// The way to the object.
  var pointer: JSONPointer { object.cursor.pointer }

  /// Whether a member is there and not `null`.
  func has(_ key: Key) -> Bool { object.has(key.rawValue) }

  /// The value of a member, unless it is absent or `null`.
  mutating func value(_ key: Key) -> Cursor? { object.value(key.rawValue) }

  mutating func text(_ key: Key) -> String? { object.optional(key.rawValue) }

  /// A whole number within bounds.
  mutating func number(_ key: Key, _ bounds: ClosedRange<Int>) -> Int? {
    guard let cursor = value(key), let number = Int(reading: cursor, in: context) else {
      return nil
    }
    guard bounds.contains(number) else {
      let range =
        bounds.upperBound == .max
        ? "at least \(bounds.lowerBound)" : "from \(bounds.lowerBound) to \(bounds.upperBound)"
      error("invalid-value", "'\(key.rawValue)' takes a number \(range)", at: key)
      return nil
    }
    return number
  }

  /// One word of a closed set.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ key: Key, as type: Word.Type = Word.self
  ) -> Word? where Word.RawValue == String {
    value(key).flatMap { context.word($0, as: Word.self) }
  }

  /// A list of words of a closed set, or one alone.
  mutating func words<Word: RawRepresentable & CaseIterable>(
    _ key: Key, as type: Word.Type = Word.self
  ) -> [Word] where Word.RawValue == String {
    cursors(key).compactMap { context.word($0, as: Word.self) }
  }

  /// A list of texts that are not empty, or one alone.
  mutating func texts(_ key: Key) -> [String] {
    cursors(key).compactMap { cursor in
      guard let text = String(reading: cursor, in: context) else { return nil }
      guard !text.isEmpty else {
        context.error("invalid-value", "\(cursor.name) is empty", at: cursor.pointer)
        return nil
      }
      return text
    }
  }

  private mutating func cursors(_ key: Key) -> [Cursor] {
    guard let cursor = value(key) else { return [] }
    guard let elements = cursor.elements else { return [cursor] }
    if elements.isEmpty {
      error("empty-list", "'\(key.rawValue)' is an empty list: it says nothing", at: key)
    }
    return elements
  }

  /// Reports an error at the value of a member.
  func error(
    _ code: String, _ message: String, at key: Key, notes: [String] = [],
    suggestion: String? = nil
  ) {
    context.error(
      code, message, at: pointer.appending(key.rawValue), notes: notes, suggestion: suggestion)
  }

  /// Reports members of which only one may be there; gives the first that is.
  func onlyOne(of keys: [Key]) -> Key? {
    let given = keys.filter { has($0) }
    if given.count > 1 {
      context.error(
        "exclusive-members",
        "\(given.map { "'\($0.rawValue)'" }.joined(separator: " and ")) exclude each other",
        at: pointer.appending(given[1].rawValue), focus: .key)
    }
    return given.first
  }
}

extension ReadingContext {
  /// A word of a closed set.
  func word<Word: RawRepresentable & CaseIterable>(
    _ cursor: Cursor, as type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let text = String(reading: cursor, in: self) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    error(
      "unknown-value", "\(cursor.name) has no value '\(text)'", at: cursor.pointer,
      notes: ["one of \(words.joined(separator: ", "))"],
      suggestion: words.first { $0.lowercased() == text.lowercased() }
        ?? didYouMean(text, among: words))
    return nil
  }
}
