import WAFModel

/// A search string that is no text, on its way through a document.
///
/// Search strings are written as text, whatever their spelling, so that base64 and plain are the
/// same. Bytes that are no UTF-8 become a text that starts with NUL; a real one that does so is
/// written as bytes too, so that no two search strings get the same text.
struct SearchStringText {
  /// `bytes FF FE 61`.
  let shown: String

  /// - Returns: nil for a string that is a text.
  init?(spelled: String) {
    guard spelled.utf8.first == 0 else { return nil }
    shown = String(spelled.unicodeScalars.dropFirst())
  }

  static func spell(_ bytes: [UInt8]) -> String {
    if bytes.first != 0, let text = String(validating: bytes, as: UTF8.self) { return text }
    let digits = bytes.map { byte in
      (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return "\0bytes " + digits.joined(separator: " ")
  }
}

extension Rule {
  /// The rule with its search strings written as text.
  func spellingSearchStrings() -> Rule {
    var rule = self
    rule.statement = statement.spellingSearchStrings()
    return rule
  }
}

extension FirewallManagerRuleGroup {
  func spellingSearchStrings() -> FirewallManagerRuleGroup {
    guard case .managedRuleGroup(var body) = firewallManagerStatement else { return self }
    body.scopeDownStatement = body.scopeDownStatement?.spellingSearchStrings()
    var group = self
    group.firewallManagerStatement = .managedRuleGroup(body)
    return group
  }
}

extension Statement {
  fileprivate func spellingSearchStrings() -> Statement {
    switch self {
    case .byteMatch(var body):
      let bytes = body.searchString.bytes
      body.searchString = SearchString(bytes: bytes, wire: SearchStringText.spell(bytes))
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
}
