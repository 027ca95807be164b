/// Why a value reads as cross-site scripting: the context, the tokens that decided and the rule.
package struct CrossSiteScriptingFinding: Hashable, Sendable {
  /// What a token is.
  package enum TokenKind: UInt8, Hashable, Sendable, CaseIterable {
    case opening, tagName, attributeName, attributeValue, keyword

    /// What a report calls the token.
    package var name: String {
      switch self {
      case .opening: "opening"
      case .tagName: "tag name"
      case .attributeName: "attribute name"
      case .attributeValue: "attribute value"
      case .keyword: "keyword"
      }
    }
  }

  /// A piece of the value.
  package struct Token: Hashable, Sendable {
    package var kind: TokenKind
    /// Where the token lies in the value; never empty.
    package var range: Range<Int>
  }

  /// The place in a page for which the value was read.
  package var context: MarkupContext
  /// The rule that the tokens met.
  package var reason: CrossSiteScriptingReason
  private let first: Token
  private let second: Token?

  init(
    _ reason: CrossSiteScriptingReason, in context: MarkupContext, _ first: Token,
    _ second: Token?
  ) {
    self.context = context
    self.reason = reason
    self.first = first
    // An attribute's value may have no bytes; a log has nothing to show of it.
    self.second = if let second, !second.range.isEmpty { second } else { nil }
  }

  /// How many tokens decided: one or two.
  package var count: Int { second == nil ? 1 : 2 }

  /// The token at an index below ``count``; the last one for any other.
  package func token(_ index: Int) -> Token {
    index == 0 ? first : second ?? first
  }
}
