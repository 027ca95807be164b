import Diagnostics
import WAFModel

/// Rate-based statements; whether one may stand where it does is checked with its surroundings.
///
/// Source: `RateBasedStatement` and `RateBasedStatementCustomKey` of the API reference
/// (documented).
enum RateCheck {
  static func check(
    _ statement: RateBasedStatement, at body: JSONPointer, in findings: Findings
  ) {
    let (least, most) = (10, 2_000_000_000)
    if !(least...most).contains(statement.limit) {
      findings.refuse(
        .invalidRateLimit,
        "the limit of a rate-based statement is from \(least) to \(most), not \(statement.limit)",
        at: body.appending("Limit"), from: .api)
    }
    let windows = [60, 120, 300, 600]
    if let window = statement.evaluationWindowSec, !windows.contains(window) {
      let near = windows.min { abs($0 - window) < abs($1 - window) } ?? 300
      findings.refuse(
        .invalidRateWindow,
        "an evaluation window is of 60, 120, 300 or 600 seconds, not of \(window)",
        at: body.appending("EvaluationWindowSec"), from: .api, suggestion: String(near))
    }
    checkType(statement, at: body, in: findings)
    checkForwarding(statement, at: body, in: findings)
    checkKeys(statement.customKeys, at: body.appending("CustomKeys"), in: findings)
  }

  private static func checkType(
    _ statement: RateBasedStatement, at body: JSONPointer, in findings: Findings
  ) {
    let type = body.appending("AggregateKeyType")
    let name = statement.aggregateKeyType.rawValue
    switch statement.aggregateKeyType {
    case .constant where statement.scopeDownStatement == nil:
      findings.refuse(
        .missingScopeDown,
        "CONSTANT counts all requests together and needs a 'ScopeDownStatement' that says which",
        at: type, from: .rateKeys)
    case .customKeys where statement.customKeys.isEmpty:
      findings.refuse(
        .missingCustomKeys, "CUSTOM_KEYS needs 1 to 5 'CustomKeys'", at: type, from: .rateKeys)
    default: break
    }
    if statement.aggregateKeyType != .customKeys, !statement.customKeys.isEmpty {
      findings.refuse(
        .misplacedCustomKeys, "custom keys go with CUSTOM_KEYS, not with \(name)",
        at: body.appending("CustomKeys"), focus: .key, from: .rateKeys)
    }
  }

  private static func checkForwarding(
    _ statement: RateBasedStatement, at body: JSONPointer, in findings: Findings
  ) {
    let key = statement.customKeys.firstIndex { $0.kind == .forwardedIP }
    let isNeeded = statement.aggregateKeyType == .forwardedIP || key != nil
    guard let config = statement.forwardedIPConfig else {
      guard isNeeded else { return }
      let place =
        statement.aggregateKeyType == .forwardedIP
        ? body.appending("AggregateKeyType")
        : body.appending("CustomKeys").appending(key ?? 0).appending("ForwardedIP")
      findings.refuse(
        .missingForwardedIPConfig,
        "a forwarded address as key needs a 'ForwardedIPConfig' that names its header",
        at: place, focus: statement.aggregateKeyType == .forwardedIP ? .value : .key,
        from: .api)
      return
    }
    let pointer = body.appending("ForwardedIPConfig")
    AddressCheck.headerName(config.headerName, at: pointer, in: findings)
    let isUsed = isNeeded || statement.customKeys.contains { $0.kind == .asn }
    if !isUsed {
      findings.warn(
        .unusedForwardedIPConfig,
        "no key of the statement is a forwarded address, so that 'ForwardedIPConfig' does nothing",
        at: pointer, focus: .key,
        notes: ["the client's own address is counted; FORWARDED_IP counts that of the header"])
    }
  }

  // MARK: Custom keys

  private static func checkKeys(
    _ keys: [RateBasedStatementCustomKey], at list: JSONPointer, in findings: Findings
  ) {
    if keys.count > 5 {
      findings.refuse(
        .tooManyCustomKeys, "\(keys.count) custom keys; AWS WAF allows 5", at: list, from: .api)
    }
    if keys.count == 1, let key = keys.first, key.kind == .ip || key.kind == .forwardedIP {
      findings.refuse(
        .loneAddressKey, "the custom key \(key.kind.rawValue) needs at least one other key",
        at: list.appending(0).appending(key.kind.rawValue), focus: .key, from: .api,
        notes: [
          "the AggregateKeyType \(key.kind == .ip ? "IP" : "FORWARDED_IP") counts by the address "
            + "alone"
        ])
    }
    var seen: Set<RateBasedStatementCustomKey> = []
    var kinds: Set<RateBasedStatementCustomKey.Kind> = []
    for (index, key) in keys.enumerated() {
      let pointer = list.appending(index).appending(key.kind.rawValue)
      let isFirstOfKind = kinds.insert(key.kind).inserted
      let isNew = seen.insert(key).inserted
      if !isFirstOfKind, key.kind.isUsableOnce {
        findings.refuse(
          .repeatedCustomKey, "the custom key \(key.kind.rawValue) can be used once only",
          at: pointer, focus: .key, from: .rateKeys)
      } else if !isNew {
        findings.warn(
          .repeatedCustomKey, "this custom key stands here twice, and the second adds nothing",
          at: pointer, focus: .key)
      }
      check(key, at: pointer, in: findings)
    }
  }

  private static func check(
    _ key: RateBasedStatementCustomKey, at pointer: JSONPointer, in findings: Findings
  ) {
    let name = pointer.appending("Name")
    let transformations = pointer.appending("TextTransformations")
    switch key {
    case .header(let key):
      NameCheck.component(key.name, "header", at: name, in: findings)
      TransformationCheck.check(key.textTransformations, at: transformations, in: findings)
    case .cookie(let key):
      NameCheck.component(key.name, "cookie", at: name, in: findings)
      TransformationCheck.check(key.textTransformations, at: transformations, in: findings)
    case .queryArgument(let key):
      NameCheck.queryArgument(key.name, at: name, in: findings)
      TransformationCheck.check(key.textTransformations, at: transformations, in: findings)
    case .queryString(let key):
      TransformationCheck.check(key.textTransformations, at: transformations, in: findings)
    case .uriPath(let key):
      TransformationCheck.check(key.textTransformations, at: transformations, in: findings)
    case .labelNamespace(let key):
      LabelCheck.namespace(key.namespace, at: pointer.appending("Namespace"), in: findings)
    case .httpMethod, .forwardedIP, .ip, .ja3Fingerprint, .ja4Fingerprint, .asn:
      break
    }
  }
}

extension RateBasedStatementCustomKey.Kind {
  /// Source: "Aggregating rate-based rules in AWS WAF" (documented).
  fileprivate var isUsableOnce: Bool {
    switch self {
    case .queryString, .uriPath, .httpMethod, .ja3Fingerprint, .ja4Fingerprint: true
    case .header, .cookie, .queryArgument, .labelNamespace, .ip, .forwardedIP, .asn: false
    }
  }
}
