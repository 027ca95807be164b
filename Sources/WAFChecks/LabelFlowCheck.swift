import Diagnostics
import WAFModel

/// Label match statements that look for what no earlier rule can add.
///
/// Nothing that the service refuses, but the rule does nothing, or, behind a NOT, everything.
/// Source: "Label match examples" (documented): a key without the prefix `awswaf:` looks among the
/// labels of the web ACL's or rule group's own rules only.
struct LabelFlowCheck {
  /// What the rules up to one place can have added.
  private var own: [OwnLabel] = []
  private var hasManagedGroup = false
  private var ruleGroups: Set<String> = []
  private var hasClientGeo = false
  private var hasForwardedGeo = false
  /// Whether something not known ran, which may add anything.
  private var hasUnknown = false

  private let name: String?
  private let account: String?
  private let isWebACL: Bool

  private struct OwnLabel {
    let label: String
    let rule: String
    /// Whether the rule ends the evaluation, so that no rule sees its labels.
    let ends: Bool
  }

  /// The checks of a web ACL's rules.
  static func check(
    _ webACL: WebACL, rules: [(rule: Rule, pointer: JSONPointer)], in findings: Findings
  ) {
    let arn = webACL.arn.flatMap { ARN($0) }
    var flow = LabelFlowCheck(
      name: arn?.name ?? webACL.name, account: arn?.account, isWebACL: true)
    for group in webACL.preProcessFirewallManagerRuleGroups {
      flow.add(group.firewallManagerStatement.statement)
    }
    flow.check(rules, in: findings)
  }

  /// The checks of a rule group's rules; what web ACLs put before the group is not known.
  static func check(
    _ group: RuleGroup, rules: [(rule: Rule, pointer: JSONPointer)], in findings: Findings
  ) {
    var flow = LabelFlowCheck(name: group.name, account: nil, isWebACL: false)
    flow.check(rules, in: findings)
  }

  private init(name: String?, account: String?, isWebACL: Bool) {
    self.name = name
    self.account = account
    self.isWebACL = isWebACL
  }

  private mutating func check(
    _ rules: [(rule: Rule, pointer: JSONPointer)], in findings: Findings
  ) {
    for (rule, pointer) in rules {
      let flow = self
      rule.statement.forEach(at: pointer.appending("Statement")) { statement, pointer in
        guard case .labelMatch(let match) = statement else { return }
        flow.check(
          match, at: pointer.appending(statement.wireName).appending("Key"), in: findings)
      }
      add(rule.statement)
      let ends = isWebACL && (rule.action?.kind == .allow || rule.action?.kind == .block)
      own += rule.ruleLabels.map { OwnLabel(label: $0.name, rule: rule.name, ends: ends) }
    }
  }

  private mutating func add(_ statement: Statement) {
    statement.forEach(at: .root) { statement, _ in
      switch statement {
      case .managedRuleGroup: hasManagedGroup = true
      case .ruleGroupReference(let body):
        ruleGroups.insert(ARN(body.arn)?.name ?? "*")
      case .geoMatch(let body):
        if body.forwardedIPConfig == nil { hasClientGeo = true } else { hasForwardedGeo = true }
      case .opaque: hasUnknown = true
      default: break
      }
    }
  }

  // MARK: One statement

  private func check(
    _ match: LabelMatchStatement, at pointer: JSONPointer, in findings: Findings
  ) {
    guard !hasUnknown, !match.key.isEmpty else { return }
    let parts = match.key.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts[0] == "awswaf" else {
      checkOwn(match, key: match.key, isQualified: false, at: pointer, in: findings)
      return
    }
    // A namespace that is cut short, such as `awswaf:`, may be that of anything.
    guard isWebACL, parts.count > 2 else { return }
    switch parts[1] {
    case "managed" where !hasManagedGroup && ruleGroups.isEmpty:
      warn(match, "no managed rule group runs before this rule", at: pointer, in: findings)
    case "clientip" where !hasClientGeo && ruleGroups.isEmpty && !hasManagedGroup,
      "forwardedip" where !hasForwardedGeo && ruleGroups.isEmpty && !hasManagedGroup:
      warn(match, "no geo match statement runs before this rule", at: pointer, in: findings)
    default:
      checkQualified(match, parts: parts, at: pointer, in: findings)
    }
  }

  /// A key of the form `awswaf:<account>:webacl|rulegroup:<name>:<label>`.
  private func checkQualified(
    _ match: LabelMatchStatement, parts: [String], at pointer: JSONPointer,
    in findings: Findings
  ) {
    guard parts.count > 4, !parts[3].isEmpty else { return }
    switch parts[2] {
    case "webacl":
      guard let name else { return }
      if parts[3] != name || (account != nil && account != parts[1]) {
        warn(
          match, "that is a label of another web ACL, and labels don't outlive their web ACL",
          at: pointer, in: findings)
      } else {
        checkOwn(
          match, key: parts[4...].joined(separator: ":"), isQualified: true, at: pointer,
          in: findings)
      }
    case "rulegroup" where !ruleGroups.contains(parts[3]) && !ruleGroups.contains("*"):
      warn(
        match, "the rule group '\(parts[3])' does not run before this rule", at: pointer,
        in: findings)
    default: break
    }
  }

  private func checkOwn(
    _ match: LabelMatchStatement, key: String, isQualified: Bool, at pointer: JSONPointer,
    in findings: Findings
  ) {
    guard !key.isEmpty else { return }
    let adding = own.filter {
      Self.matches($0.label, key, match.scope, isQualified: isQualified)
    }
    if let first = adding.first, adding.allSatisfy(\.ends) {
      warn(
        match, "only the rule '\(first.rule)' adds it, which ends the evaluation", at: pointer,
        in: findings)
    } else if adding.isEmpty {
      let place = isWebACL ? "the web ACL's own rules" : "the rule group's rules"
      warn(
        match, "none of \(place) before this one adds such a label", at: pointer, in: findings,
        suggestion: didYouMean(key, among: own.filter { !$0.ends }.map(\.label)))
    }
  }

  /// The semantics of a key over labels without their prefix.
  private static func matches(
    _ label: String, _ key: String, _ scope: LabelMatchScope, isQualified: Bool
  ) -> Bool {
    switch scope {
    case .label:
      return label == key || (!isQualified && label.hasSuffix(":" + key))
    case .namespace:
      guard let colon = label.lastIndex(of: ":") else { return false }
      let namespace = ":" + label[...colon]
      let wanted = ":" + (key.hasSuffix(":") ? key : key + ":")
      return isQualified ? namespace.hasPrefix(wanted) : namespace.contains(wanted)
    }
  }

  private func warn(
    _ match: LabelMatchStatement, _ reason: String, at pointer: JSONPointer,
    in findings: Findings, suggestion: String? = nil
  ) {
    findings.warn(
      .labelNeverAdded, "no request has this label here: \(reason)", at: pointer,
      notes: [
        "a label is seen only by rules of higher priority numbers than the rule that adds it"
      ],
      suggestion: suggestion)
  }
}
