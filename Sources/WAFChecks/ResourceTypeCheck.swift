package import Diagnostics
package import WAFModel

/// Components that the protected resource does not have.
///
/// Source: "Request components in AWS WAF" (documented): fragments and fingerprints exist for
/// CloudFront and load balancers only; elsewhere their fallback decides.
extension Located where Value == WebACL {
  /// Warns of components that never exist on a kind of resource.
  ///
  /// - Parameter resourceType: as the API spells it, such as `API_GATEWAY`.
  package func checkComponents(on resourceType: String) -> [Diagnostic] {
    let findings = Findings(file: file)
    ResourceTypeCheck.check(
      value.rules, at: pointer.appending("Rules"),
      indexes: documentIndexes(count: value.rules.count), on: resourceType, in: findings)
    return findings.diagnostics
  }
}

extension Located where Value == RuleGroup {
  /// Warns of components that never exist on a kind of resource.
  ///
  /// - Parameter resourceType: as the API spells it, such as `API_GATEWAY`.
  package func checkComponents(on resourceType: String) -> [Diagnostic] {
    let findings = Findings(file: file)
    ResourceTypeCheck.check(
      value.rules, at: pointer.appending("Rules"),
      indexes: documentIndexes(count: value.rules.count), on: resourceType, in: findings)
    return findings.diagnostics
  }
}

enum ResourceTypeCheck {
  /// Amplify's requests come through CloudFront.
  private static let withFingerprints: Set = [
    "CLOUDFRONT", "APPLICATION_LOAD_BALANCER", "AMPLIFY",
  ]

  static func check(
    _ rules: [Rule], at list: JSONPointer, indexes: [Int], on resourceType: String,
    in findings: Findings
  ) {
    guard !withFingerprints.contains(resourceType) else { return }
    for (rule, index) in zip(rules, indexes) {
      let pointer = list.appending(index).appending("Statement")
      rule.statement.forEach(at: pointer) { statement, pointer in
        let body = pointer.appending(statement.wireName)
        if let name = statement.field?.absentName {
          warn(name, at: body.appending("FieldToMatch").appending(name), resourceType, in: findings)
        }
        guard case .rateBased(let rate) = statement else { return }
        for (number, key) in rate.customKeys.enumerated() {
          switch key.kind {
          case .ja3Fingerprint, .ja4Fingerprint:
            let name = key.kind.rawValue
            let place = body.appending("CustomKeys").appending(number).appending(name)
            warn(name, at: place, resourceType, in: findings)
          default: break
          }
        }
      }
    }
  }

  private static func warn(
    _ name: String, at pointer: JSONPointer, _ resourceType: String, in findings: Findings
  ) {
    findings.warn(
      .unsupportedComponent,
      "\(resourceType) has no '\(name)': the FallbackBehavior decides on every request",
      at: pointer, focus: .key, from: .components)
  }
}

extension FieldToMatch {
  /// The name of the component, if it is one that not every resource has.
  fileprivate var absentName: String? {
    switch self {
    case .uriFragment, .ja3Fingerprint, .ja4Fingerprint: kind?.rawValue
    default: nil
    }
  }
}

extension Statement {
  /// The component that the statement inspects, if it is about one.
  fileprivate var field: FieldToMatch? {
    switch self {
    case .byteMatch(let body): body.fieldToMatch
    case .regexMatch(let body): body.fieldToMatch
    case .regexPatternSetReference(let body): body.fieldToMatch
    case .sizeConstraint(let body): body.fieldToMatch
    case .sqliMatch(let body): body.fieldToMatch
    case .xssMatch(let body): body.fieldToMatch
    case .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .and, .or, .not, .rateBased,
      .managedRuleGroup, .ruleGroupReference, .opaque:
      nil
    }
  }
}
