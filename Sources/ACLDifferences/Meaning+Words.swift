import Diagnostics

/// Values in a few words.
extension Meaning {
  /// How long the words for a value may get.
  static let wordLimit = 160
  /// How many elements of a list are shown.
  static let shownElements = 4

  /// The value as people read it: `Block`, `"/admin"`, `SingleHeader {Name: "host"}`.
  var words: String { Self.clipped(wholeWords) }

  private var wholeWords: String {
    switch kind {
    case .text(let text): "\"" + printable(text) + "\""
    case .word(let word): printable(word)
    case .object(let members), .map(let members):
      if let only = onlyMember {
        only.value.isBareName
          ? printable(only.name) : Self.named(only.name, only.value)
      } else {
        "{"
          + members.filter { !$0.value.isNothing }
          .map { printable($0.name) + ": " + $0.value.words }.joined(separator: ", ") + "}"
      }
    case .list(let elements), .set(let elements): "[" + Self.listed(elements) + "]"
    }
  }

  /// The first few elements: `a, b, c, d, …`.
  static func listed(_ elements: [Meaning]) -> String {
    elements.prefix(shownElements).map(\.words).joined(separator: ", ")
      + (elements.count > shownElements ? ", …" : "")
  }

  /// Whether a choice of it is told by its name alone: `"UriPath": {}`.
  private var isBareName: Bool {
    if case .object(let members) = kind { members.isEmpty } else { false }
  }

  /// `Block {CustomResponse: …}`, `IncludedHeaders ["host"]`.
  private static func named(_ name: String, _ value: Meaning) -> String {
    switch value.kind {
    case .text, .word: "{\(printable(name)): \(value.words)}"
    case .object, .map:
      value.onlyMember == nil
        ? "\(printable(name)) \(value.words)" : "\(printable(name)) {\(value.inner)}"
    case .list, .set: "\(printable(name)) \(value.words)"
    }
  }

  /// The one member of a choice as a member is told.
  private var inner: String {
    guard let only = onlyMember else { return words }
    return "\(printable(only.name)): \(only.value.words)"
  }

  // MARK: Two values

  /// `"/a" → "/b"`; of long ones what differs.
  static func change(_ old: Meaning?, _ new: Meaning?) -> String {
    let left = old?.wholeWords ?? "(none)"
    let right = new?.wholeWords ?? "(none)"
    let common = zip(left, right).prefix { $0 == $1 }.count
    // Some of what is before the difference, so that it is seen where it is.
    let skipped = max(0, common - wordLimit / 4)
    guard left.count > wordLimit || right.count > wordLimit, skipped > 0 else {
      return "\(clipped(left)) → \(clipped(right))"
    }
    return "…\(clipped(String(left.dropFirst(skipped)))) → "
      + "…\(clipped(String(right.dropFirst(skipped))))"
  }

  private static func clipped(_ text: String) -> String {
    text.count > wordLimit ? text.prefix(wordLimit - 1) + "…" : text
  }
}
