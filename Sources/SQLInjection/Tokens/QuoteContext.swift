/// Where in a query a value is taken to stand.
package enum QuoteContext: UInt8, Hashable, Sendable, CaseIterable {
  /// Between other words of the query: `WHERE id = ⟨value⟩`.
  case none
  /// Within single quotes: `WHERE name = '⟨value⟩'`.
  case singleQuote
  /// Within double quotes: `WHERE name = "⟨value⟩"`.
  case doubleQuote

  /// The context in words, as a verdict names it.
  package var name: String {
    switch self {
    case .none: "as it is"
    case .singleQuote: "within single quotes"
    case .doubleQuote: "within double quotes"
    }
  }

  /// The quote that stands before the value.
  var quote: UInt8? {
    switch self {
    case .none: nil
    case .singleQuote: UInt8(ascii: "'")
    case .doubleQuote: UInt8(ascii: "\"")
    }
  }
}

/// Which comments a dialect knows.
package enum CommentStyle: UInt8, Hashable, Sendable, CaseIterable {
  /// `--` begins a comment whatever follows it; `#` is an operator.
  case standard
  /// `--` begins a comment before white space only; `#` begins one.
  case mySQL
}
