/// Where in an HTML page a value may land, hence how its first bytes are read.
///
/// A firewall does not know the page, so that a value is read once for each place. Source: the
/// literature on tokenizing detection names these five (inferred; AWS does not publish its own).
package enum MarkupContext: UInt8, Hashable, Sendable, CaseIterable {
  /// Between tags.
  case text
  /// Inside a tag, as an attribute's value without quotes: white space ends it, and attributes follow.
  ///
  /// The value's first bytes are read as an attribute of their own, so that a value which is nothing
  /// but `onclick=…` counts: it may have landed behind a value that ended.
  case unquotedValue
  /// Inside a tag, as an attribute's value in single quotes.
  case singleQuotedValue
  /// Inside a tag, as an attribute's value in double quotes.
  case doubleQuotedValue
  /// Inside a tag, as an attribute's value in back quotes: some old browsers take them.
  case backQuotedValue

  /// What a report calls the context.
  package var name: String {
    switch self {
    case .text: "text"
    case .unquotedValue: "attribute value without quotes"
    case .singleQuotedValue: "attribute value in single quotes"
    case .doubleQuotedValue: "attribute value in double quotes"
    case .backQuotedValue: "attribute value in back quotes"
    }
  }

  /// The quote that ends the value, where the value begins inside one.
  var quote: UInt8? {
    switch self {
    case .text, .unquotedValue: nil
    case .singleQuotedValue: UInt8(ascii: "'")
    case .doubleQuotedValue: UInt8(ascii: "\"")
    case .backQuotedValue: UInt8(ascii: "`")
    }
  }
}
