package import WAFModel

/// What must hold of a request, or of the group's configuration, for a managed rule to look at it.
///
/// A rule whose requirements are known not to hold does not match, whatever its model is.
package indirect enum ManagedRuleRequirement: Hashable, Sendable {
  case statement(Statement)
  /// The path of the request is the one that the configuration names.
  case configuredPath(ConfiguredPath)
  /// What the client's token, or the CAPTCHA part of it, is good for.
  case token(TokenState)
  case captcha(TokenState)
  /// The type of the protected resource, as the API spells it.
  case resourceType(String)
  /// The body lacks one of the credentials that the configuration names.
  case missingCredential
  case setting(GroupSetting)
  /// The rule of this name is overridden to Count.
  case countedRule(String)
  case not(ManagedRuleRequirement)
  case anyOf([ManagedRuleRequirement])

  /// Paths of the configuration, in the words of the API.
  package enum ConfiguredPath: String, CaseIterable, Sendable {
    case login = "LoginPath"
    case creation = "CreationPath"
    case registrationPage = "RegistrationPagePath"
    case exempt = "ExemptUriRegularExpressions"
  }

  /// Settings of the configuration that turn rules on.
  package enum GroupSetting: String, CaseIterable, Sendable {
    /// `InspectionLevel` is `TARGETED`; without a configuration it is `COMMON`.
    case targetedInspection = "TARGETED_INSPECTION"
    /// `EnableMachineLearning` is not `false`.
    case machineLearning = "MACHINE_LEARNING"
    /// `UsageOfAction` of the client-side challenge is not `DISABLED`.
    case challenge = "CHALLENGE"
  }

  /// The token in the words of the labels that report on it.
  package enum TokenState: String, CaseIterable, Sendable {
    case absent = "ABSENT"
    case accepted = "ACCEPTED"
    case rejected = "REJECTED"
    case notSolved = "REJECTED_NOT_SOLVED"
    case expired = "REJECTED_EXPIRED"
    case domainMismatch = "REJECTED_DOMAIN_MISMATCH"
    case invalid = "REJECTED_INVALID"

    var words: String {
      switch self {
      case .absent: "absent"
      case .accepted: "accepted"
      case .rejected: "rejected"
      case .notSolved: "rejected as not solved"
      case .expired: "rejected as expired"
      case .domainMismatch: "rejected as another domain's"
      case .invalid: "rejected as invalid"
      }
    }
  }

  /// The requirement in words; nil for a statement, which readers want to see as a condition.
  package var words: String? {
    switch self {
    case .statement: nil
    case .configuredPath(.exempt): "the path fits one of the configured ExemptUriRegularExpressions"
    case .configuredPath(let path):
      "the path starts with the configured \(path.rawValue), without regard to case "
        + "(with EnableRegexInPath: it fits the regular expression)"
    case .token(let state): "the token is \(state.words)"
    case .captcha(let state): "the CAPTCHA part of the token is \(state.words)"
    case .resourceType(let type): "the protected resource is of the type \(type)"
    case .missingCredential: "the body lacks the configured user name or password field"
    case .setting(.targetedInspection): "the configured InspectionLevel is TARGETED"
    case .setting(.machineLearning): "EnableMachineLearning is not configured to be false"
    case .setting(.challenge): "UsageOfAction is not configured to be DISABLED"
    case .countedRule(let rule): "the web ACL overrides \(rule) to Count"
    case .not(.token(.absent)): "the request carries a token"
    case .not(let requirement): requirement.words.map { "not: \($0)" }
    case .anyOf(let requirements):
      requirements.reduce(into: String?.some("")) { text, requirement in
        guard let before = text, let words = requirement.words else {
          text = nil
          return
        }
        text = before.isEmpty ? words : "\(before), or \(words)"
      }
    }
  }
}
