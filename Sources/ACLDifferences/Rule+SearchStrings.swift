import Diagnostics
import WAFModel

extension Rule {
  /// The rule with its search strings written as text, however the document spells them.
  func spellingSearchStrings() -> Rule {
    var rule = self
    rule.statement = statement.spellingSearchStrings()
    return rule
  }
}

extension Statement {
  fileprivate func spellingSearchStrings() -> Statement {
    switch self {
    case .byteMatch(var body):
      body.searchString = SearchString(
        bytes: body.searchString.bytes, wire: text(of: body.searchString.bytes))
      return .byteMatch(body)
    case .and(var body):
      body.statements = body.statements.map { $0.spellingSearchStrings() }
      return .and(body)
    case .or(var body):
      body.statements = body.statements.map { $0.spellingSearchStrings() }
      return .or(body)
    case .not(var body):
      body.statement = body.statement.spellingSearchStrings()
      return .not(body)
    case .rateBased(var body):
      body.scopeDownStatement = body.scopeDownStatement?.spellingSearchStrings()
      return .rateBased(body)
    case .managedRuleGroup(var body):
      body.scopeDownStatement = body.scopeDownStatement?.spellingSearchStrings()
      return .managedRuleGroup(body)
    case .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch, .xssMatch,
      .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .ruleGroupReference, .opaque:
      return self
    }
  }

  /// Bytes that are no text are told apart by their values.
  private func text(of bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return bytes.map { byte in
      byte >= 0x20 && byte < 0x7F
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
