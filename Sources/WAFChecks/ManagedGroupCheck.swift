import Diagnostics
import WAFModel

/// The use of a managed rule group: its names, its overrides and its configuration.
struct ManagedGroupCheck {
  let container: RuleContainer

  func check(
    _ statement: ManagedRuleGroupStatement, at body: JSONPointer, in findings: Findings
  ) {
    checkNames(statement, at: body, in: findings)
    let isOfAWS = statement.vendorName == "AWS"
    let isAntiDDoS = isOfAWS && statement.name == GroupKind.antiDDoS.rawValue
    OverrideCheck(
      container: container,
      restricted: isAntiDDoS ? ["ChallengeAllDuringEvent", "ChallengeDDoSRequests"] : []
    ).check(
      statement.ruleActionOverrides, statement.excludedRules, at: body, in: findings)
    checkConfigs(
      statement.managedRuleGroupConfigs,
      of: isOfAWS ? GroupKind(rawValue: statement.name) : nil, statement, at: body, in: findings)
  }

  /// Source: `ManagedRuleGroupStatement` of the API reference (documented).
  private func checkNames(
    _ statement: ManagedRuleGroupStatement, at body: JSONPointer, in findings: Findings
  ) {
    NameCheck.component(
      statement.vendorName, "vendor", limit: 128, at: body.appending("VendorName"), in: findings)
    NameCheck.entity(
      statement.name, "name of the rule group", at: body.appending("Name"), in: findings)
    guard let version = statement.version else { return }
    let isRight =
      (1...64).contains(version.utf8.count)
      && version.utf8.allSatisfy { NameCheck.isWordByte($0) || "#:.-/".utf8.contains($0) }
    if !isRight {
      findings.refuse(
        .invalidName,
        "the version '\(version.prefix(70))' is not allowed: AWS WAF takes 1 to 64 letters, digits "
          + "and _ # : . - /",
        at: body.appending("Version"), from: .api)
    }
  }

  private func checkConfigs(
    _ configs: [ManagedRuleGroupConfig], of kind: GroupKind?,
    _ statement: ManagedRuleGroupStatement, at body: JSONPointer, in findings: Findings
  ) {
    let list = body.appending("ManagedRuleGroupConfigs")
    for (index, config) in configs.enumerated() {
      let pointer = list.appending(index)
      for member in config.members where !member.kinds.contains(where: { $0 == kind }) {
        let owners = member.kinds.map(\.rawValue).joined(separator: " and ")
        findings.refuse(
          .misplacedGroupConfig,
          "'\(member.name)' configures \(owners), not '\(statement.name)'",
          at: pointer.appending(member.name), focus: .key, from: .managedGroups)
      }
      GroupConfigCheck(container: container).check(config, at: pointer, in: findings)
    }
    guard let kind else { return }
    let isConfigured = configs.contains { config in
      config.members.contains { $0.kinds.contains(kind) }
    }
    guard !isConfigured else { return }
    let name = body.appending("Name")
    switch kind {
    case .accountTakeover:
      findings.refuse(
        .missingGroupConfig,
        "\(kind.rawValue) needs a configuration that names the login path", at: name,
        from: .managedGroups)
    case .accountCreation:
      findings.refuse(
        .missingGroupConfig,
        "\(kind.rawValue) needs a configuration that names the registration page, the creation path "
          + "and the request's fields",
        at: name, from: .managedGroups)
    case .botControl:
      findings.warn(
        .missingGroupConfig,
        "\(kind.rawValue) has no configuration with an inspection level; COMMON is assumed",
        at: name, from: .managedGroups)
    case .antiDDoS, .aiSecurity: break
    }
  }
}

/// The managed rule groups that take a configuration.
///
/// Source: `ManagedRuleGroupConfig` of the API reference (documented). Only the groups against fraud
/// can do nothing without: the service gives out uses of the others that have none.
enum GroupKind: String, CaseIterable {
  case botControl = "AWSManagedRulesBotControlRuleSet"
  case accountTakeover = "AWSManagedRulesATPRuleSet"
  case accountCreation = "AWSManagedRulesACFPRuleSet"
  case antiDDoS = "AWSManagedRulesAntiDDoSRuleSet"
  case aiSecurity = "AWSManagedRulesAISecurityRuleSet"
}

extension ManagedRuleGroupConfig {
  /// The members that are set, with the groups that they configure.
  fileprivate var members: [(name: String, kinds: [GroupKind])] {
    let fraud = [GroupKind.accountTakeover, .accountCreation]
    let all: [(String, [GroupKind], Bool)] = [
      ("LoginPath", [.accountTakeover], loginPath != nil),
      ("PayloadType", fraud, payloadType != nil),
      ("UsernameField", fraud, usernameField != nil),
      ("PasswordField", fraud, passwordField != nil),
      (GroupKind.botControl.rawValue, [.botControl], awsManagedRulesBotControlRuleSet != nil),
      (GroupKind.accountTakeover.rawValue, [.accountTakeover], awsManagedRulesATPRuleSet != nil),
      (GroupKind.accountCreation.rawValue, [.accountCreation], awsManagedRulesACFPRuleSet != nil),
      (GroupKind.antiDDoS.rawValue, [.antiDDoS], awsManagedRulesAntiDDoSRuleSet != nil),
      (GroupKind.aiSecurity.rawValue, [.aiSecurity], awsManagedRulesAISecurityRuleSet != nil),
    ]
    return all.filter(\.2).map { ($0.0, $0.1) }
  }
}
