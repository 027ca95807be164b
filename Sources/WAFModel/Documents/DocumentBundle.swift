/// All documents that were read together: web ACLs and what they refer to.
public struct DocumentBundle: Hashable, Sendable {
  /// The web ACLs.
  public var webACLs: [Located<WebACL>]
  /// The rule groups.
  public var ruleGroups: [Located<RuleGroup>]
  /// The IP sets.
  public var ipSets: [Located<IPSet>]
  /// The regex pattern sets.
  public var regexPatternSets: [Located<RegexPatternSet>]

  /// Creates a bundle.
  public init(
    webACLs: [Located<WebACL>] = [], ruleGroups: [Located<RuleGroup>] = [],
    ipSets: [Located<IPSet>] = [], regexPatternSets: [Located<RegexPatternSet>] = []
  ) {
    self.webACLs = webACLs
    self.ruleGroups = ruleGroups
    self.ipSets = ipSets
    self.regexPatternSets = regexPatternSets
  }

  /// The rule group of an ARN, compared exactly.
  public func ruleGroup(arn: String) -> Located<RuleGroup>? {
    ruleGroups.first { $0.value.arn == arn }
  }

  /// The IP set of an ARN, compared exactly.
  public func ipSet(arn: String) -> Located<IPSet>? {
    ipSets.first { $0.value.arn == arn }
  }

  /// The regex pattern set of an ARN, compared exactly.
  public func regexPatternSet(arn: String) -> Located<RegexPatternSet>? {
    regexPatternSets.first { $0.value.arn == arn }
  }
}
