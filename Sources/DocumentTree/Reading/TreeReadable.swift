import Diagnostics

/// A value that reads itself from a document tree.
///
/// A broken value reports what is wrong to the context and is `nil`; whoever contains it goes on
/// with its other members, so that one reading finds everything.
package protocol TreeReadable {
  init?(reading cursor: Cursor, in context: ReadingContext)
}

extension String: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let text = cursor.node.text else {
      context.wrongType(cursor, expected: "a string")
      return nil
    }
    self = text
  }
}

extension Int: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard case .number(let text) = cursor.node.kind else {
      context.wrongType(cursor, expected: "a number")
      return nil
    }
    self.init(wholeNumber: text, at: cursor, in: context)
  }

  fileprivate init?(wholeNumber text: String, at cursor: Cursor, in context: ReadingContext) {
    guard let number = Int(text) else {
      context.error(
        "wrong-type", "\(cursor.name) must be a whole number", at: cursor.pointer)
      return nil
    }
    self = number
  }
}

/// A whole number that may also be written as a string, as hand-made documents do.
package struct LenientInt: TreeReadable {
  package var value: Int

  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let value: Int?
    if let text = cursor.node.text, Int(text) != nil {
      context.warning(
        "number-as-string", "\(cursor.name) is a number; AWS WAF refuses it in quotes",
        at: cursor.pointer, suggestion: text)
      value = Int(text)
    } else {
      value = Int(reading: cursor, in: context)
    }
    guard let value else { return nil }
    self.value = value
  }
}

extension Bool: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    switch cursor.node.kind {
    case .bool(let value):
      self = value
    case .string(let text) where text == "true" || text == "false":
      context.warning(
        "boolean-as-string", "\(cursor.name) is a boolean; AWS WAF refuses it in quotes",
        at: cursor.pointer, suggestion: text)
      self = text == "true"
    default:
      context.wrongType(cursor, expected: "true or false")
      return nil
    }
  }
}

extension Node: TreeReadable {
  /// Keeps the value as it is, without its positions.
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    self = cursor.node.withoutPositions()
  }
}

/// A closed set of words, spelled on the wire as the raw values are.
package protocol WireWord: TreeReadable, RawRepresentable, CaseIterable
where RawValue == String {}

extension WireWord {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let text = String(reading: cursor, in: context) else { return nil }
    guard let word = Self(rawValue: text) else {
      let words = Self.allCases.map(\.rawValue)
      let meant = words.first { $0.lowercased() == text.lowercased() }
      var notes = ["one of \(words.joined(separator: ", "))"]
      if meant != nil { notes.append("AWS WAF is strict about upper and lower case here") }
      context.error(
        "unknown-value", "\(cursor.name) has no value '\(text)'", at: cursor.pointer,
        notes: notes, suggestion: meant ?? didYouMean(text, among: words))
      return nil
    }
    self = word
  }
}
