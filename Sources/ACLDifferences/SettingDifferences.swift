import Diagnostics
import DocumentTree
import Findings
import WAFModel

/// How two web ACLs differ in what is no rule.
struct SettingDifferences {
  let old: ACLDocuments
  let new: ACLDocuments

  var changes: [StructuralChange] { identityChanges + bodyChanges + memberChanges }

  // MARK: Name and scope

  /// Told where both sides say it: a web ACL's name is part of its labels.
  private var identityChanges: [StructuralChange] {
    var changes: [StructuralChange] = []
    let (left, right) = (old.webACL.value, new.webACL.value)
    if let name = left.knownName, let now = right.knownName, name != now {
      changes.append(
        StructuralChange(
          kind: .renamed, subject: "web ACL \"\(printable(now))\"",
          details: ["was \"\(printable(name))\""], location: location("Name", of: right.name)))
    }
    if let scope = left.knownScope, let now = right.knownScope, scope != now {
      changes.append(
        StructuralChange(
          kind: .changed, subject: "scope",
          details: ["Scope: \(scope.rawValue) → \(now.rawValue)"],
          location: location("Scope", of: right.scope)))
    }
    return changes
  }

  private func location(_ member: String, of value: (some Any)?) -> Finding.Location {
    let document = new.webACL
    return new.location(value == nil ? document.place() : document.place(JSONPointer([member])))
  }

  // MARK: Custom response bodies

  private var bodyChanges: [StructuralChange] {
    customResponseBodyChanges(
      old.webACL.value.customResponseBodies, new.webACL.value.customResponseBodies, of: "",
      oldPlace: { old.location(old.webACL.place($0)) },
      newPlace: { new.location(new.webACL.place($0)) })
  }

  // MARK: Members

  /// Members that are compared elsewhere, that the service makes, or that no evaluation depends on.
  private static let apart: Set = [
    "ARN", "Capacity", "CustomResponseBodies", "Description", "Id", "LabelNamespace", "LockToken",
    "ManagedByFirewallManager", "Name", "PostProcessFirewallManagerRuleGroups",
    "PreProcessFirewallManagerRuleGroups", "RetrofittedByFirewallManager", "Rules", "Scope",
  ]

  private static let subjects = [
    "AnalyticsConfig": "analytics", "ApplicationConfig": "application config",
    "AssociationConfig": "association config", "CaptchaConfig": "CAPTCHA config",
    "ChallengeConfig": "challenge config", "DataProtectionConfig": "data protection",
    "DefaultAction": "default action", "MonetizationConfig": "monetization",
    "OnSourceDDoSProtectionConfig": "on-source DDoS protection", "Tags": "tags",
    "TokenDomains": "token domains", "VisibilityConfig": "visibility config",
  ]

  private var memberChanges: [StructuralChange] {
    let limited = Set(
      [old, new].flatMap { $0.webACL.value.associationConfig?.requestBody.keys.sorted() ?? [] })
    let left = Self.members(old.webACL.value, limited: limited)
    let right = Self.members(new.webACL.value, limited: limited)
    let written = Set((new.webACL.value.node().members ?? []).map(\.key))
    var seen: Set<String> = []
    // The default action first: it ends the evaluation.
    let names = ["DefaultAction"] + right.map(\.name) + left.map(\.name)
    return names.filter { seen.insert($0).inserted }.compactMap { name in
      let oldValue = left.first { $0.name == name }?.value
      let newValue = right.first { $0.name == name }?.value
      // Only inputs have tags: an output without them says nothing.
      if name == "Tags", oldValue == nil || newValue == nil { return nil }
      let lines = MemberDifference(oldValue, newValue, ofMember: name).lines
      guard !lines.isEmpty else { return nil }
      let side = written.contains(name) ? new : old
      return StructuralChange(
        kind: .changed, subject: Self.subjects[name] ?? printable(name), details: lines,
        location: side.location(side.webACL.place(JSONPointer([name]))))
    }
  }

  /// The members, with what absent ones stand for.
  ///
  /// - Parameter limited: the types of resources that either side has a body limit for.
  private static func members(_ webACL: WebACL, limited: Set<String>) -> [Meaning.Member] {
    var webACL = webACL
    // Tokens are good for 300 seconds (API reference, ImmunityTimeProperty: documented).
    let time = ImmunityTimeProperty(immunityTime: 300)
    if webACL.captchaConfig?.immunityTimeProperty == nil {
      webACL.captchaConfig = CaptchaConfig(immunityTimeProperty: time)
    }
    if webACL.challengeConfig?.immunityTimeProperty == nil {
      webACL.challengeConfig = ChallengeConfig(immunityTimeProperty: time)
    }
    // 16 KB of a body are inspected (API reference, RequestBodyAssociatedResourceTypeConfig:
    // documented).
    for type in limited {
      var config = webACL.associationConfig ?? AssociationConfig()
      if config.requestBody[type] == nil {
        config.requestBody[type] = RequestBodyAssociatedResourceTypeConfig(
          defaultSizeInspectionLimit: .kb16)
      }
      webACL.associationConfig = config
    }
    return (webACL.node().members ?? []).filter { !apart.contains($0.key) }
      .map { Meaning.Member(name: $0.key, value: Meaning($0.value, of: $0.key)) }
  }
}

/// How the bodies of custom responses differ, of a web ACL or of a rule group.
///
/// - Parameters:
///   - owner: what is said behind the body's name.
///   - oldPlace: where something inside the old document stands.
///   - newPlace: where something inside the new document stands.
func customResponseBodyChanges(
  _ old: [String: CustomResponseBody], _ new: [String: CustomResponseBody], of owner: String,
  oldPlace: (JSONPointer) -> Finding.Location, newPlace: (JSONPointer) -> Finding.Location
) -> [StructuralChange] {
  Set(old.keys).union(new.keys).sorted().compactMap { name in
    let subject = "custom response body \"\(printable(name))\"\(owner)"
    let pointer = JSONPointer(["CustomResponseBodies", name])
    let (left, right) = (old[name].map { Meaning($0.node()) }, new[name].map { Meaning($0.node()) })
    switch (left, right) {
    case (nil, let body?):
      return StructuralChange(
        kind: .added, subject: subject, details: [body.words], location: newPlace(pointer))
    case (let body?, nil):
      return StructuralChange(
        kind: .removed, subject: subject, details: [body.words], location: oldPlace(pointer))
    default:
      let lines = MemberDifference(left, right).lines
      guard !lines.isEmpty else { return nil }
      return StructuralChange(
        kind: .changed, subject: subject, details: lines, location: newPlace(pointer))
    }
  }
}

extension WebACL {
  fileprivate var knownName: String? { name ?? arn.flatMap { ARN($0) }?.name }
  fileprivate var knownScope: Scope? { scope ?? arn.flatMap { ARN($0) }?.scope }
}
