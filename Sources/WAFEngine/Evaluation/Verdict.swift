public import WAFProgram

/// What the web ACL would have done with one request, and how far that can be trusted.
public struct Verdict: Hashable, Sendable {
  /// The action; of several possible ones, that whose rule comes last in evaluation order.
  public let action: Action
  /// The strictest level at which one action remains.
  public let certainty: Certainty
  /// The actions that remain at that level; several if and only if the verdict is indeterminate.
  public let possible: ActionSet
  /// The fields of the predicted record that differ in some world at that level.
  public let open: OpenFields
  /// The rule that ends the evaluation; nil for the default action and for a group not at hand.
  package let rule: RuleIndex?
  /// The rule of the web ACL that ends the evaluation; nil for the default action.
  package let top: Int?
  /// The custom response code of a block; 0 for none.
  package let responseCode: UInt16
  /// The fidelity of the branch by which a managed rule matched.
  package let fidelity: BranchFidelity?
  /// The level at which `possible` was found.
  package let level: EvidenceLevel

  /// How sure it is that the request is blocked: a plain block, a CAPTCHA, a challenge, a price.
  public var isStopped: Bool { action != .allow }
}

/// Fields of a predicted record, by their names in the log.
public struct OpenFields: OptionSet, Hashable, Sendable {
  /// One bit a field.
  public let rawValue: UInt16

  /// The fields in `rawValue`.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// `terminatingRuleId`.
  public static var terminatingRuleID: OpenFields { OpenFields(rawValue: 1 << 0) }
  /// `terminatingRuleType`.
  public static var terminatingRuleType: OpenFields { OpenFields(rawValue: 1 << 1) }
  /// `responseCodeSent`.
  public static var responseCodeSent: OpenFields { OpenFields(rawValue: 1 << 2) }
  /// `ruleGroupList`.
  public static var ruleGroupList: OpenFields { OpenFields(rawValue: 1 << 3) }
  /// `nonTerminatingMatchingRules`.
  public static var nonTerminatingMatchingRules: OpenFields { OpenFields(rawValue: 1 << 4) }
  /// `labels`.
  public static var labels: OpenFields { OpenFields(rawValue: 1 << 5) }
  /// `oversizeFields`.
  public static var oversizeFields: OpenFields { OpenFields(rawValue: 1 << 6) }
  /// `requestHeadersInserted`.
  public static var requestHeadersInserted: OpenFields { OpenFields(rawValue: 1 << 7) }
  /// `captchaResponse`.
  public static var captchaResponse: OpenFields { OpenFields(rawValue: 1 << 8) }
  /// `challengeResponse`.
  public static var challengeResponse: OpenFields { OpenFields(rawValue: 1 << 9) }
  /// `rateBasedRuleList`.
  public static var rateBasedRuleList: OpenFields { OpenFields(rawValue: 1 << 10) }

  /// `wafcast.response`.
  public static var response: OpenFields { OpenFields(rawValue: 1 << 11) }

  /// Every field.
  public static var all: OpenFields { OpenFields(rawValue: 0b1111_1111_1111) }

  /// The names of the fields, in the order of the log.
  public var names: [String] {
    let table: [(OpenFields, String)] = [
      (.terminatingRuleID, "terminatingRuleId"),
      (.terminatingRuleType, "terminatingRuleType"),
      (.ruleGroupList, "ruleGroupList"),
      (.rateBasedRuleList, "rateBasedRuleList"),
      (.nonTerminatingMatchingRules, "nonTerminatingMatchingRules"),
      (.requestHeadersInserted, "requestHeadersInserted"),
      (.responseCodeSent, "responseCodeSent"),
      (.labels, "labels"),
      (.captchaResponse, "captchaResponse"),
      (.challengeResponse, "challengeResponse"),
      (.oversizeFields, "oversizeFields"),
      (.response, "wafcast.response"),
    ]
    return table.filter { contains($0.0) }.map(\.1)
  }
}

extension Program {
  /// The name in the web ACL of the rule that ends the evaluation, then `/` and the name inside the
  /// group; `Default_Action` for the default action.
  package func rulePath(of verdict: Verdict) -> String {
    if let rule = verdict.rule { return ruleInfo[rule.position].path }
    guard let top = verdict.top else { return Self.defaultActionName }
    return topRules[top].name
  }
}
