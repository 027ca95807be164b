public import DocumentTree

/// A rule of a web ACL or of a rule group.
public struct Rule: Hashable, Sendable {
  /// The rule's name, unique in its web ACL or rule group.
  public var name: String
  /// The rule's place in the evaluation: lower numbers come first.
  public var priority: Int
  /// What requests must look like.
  public var statement: Statement
  /// What happens to requests that match; absent in rules that use a rule group.
  public var action: RuleAction?
  /// What becomes of the outcome of a rule group; absent in all other rules.
  public var overrideAction: OverrideAction?
  /// The labels that matching requests get.
  public var ruleLabels: [Label]
  /// What is measured and sampled.
  public var visibilityConfig: VisibilityConfig?
  /// How long a solved CAPTCHA is good for.
  public var captchaConfig: CaptchaConfig?
  /// How long a passed challenge is good for.
  public var challengeConfig: ChallengeConfig?
  /// Members that are not known, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a rule.
  public init(
    name: String, priority: Int, statement: Statement, action: RuleAction? = nil,
    overrideAction: OverrideAction? = nil, ruleLabels: [Label] = [],
    visibilityConfig: VisibilityConfig? = nil, captchaConfig: CaptchaConfig? = nil,
    challengeConfig: ChallengeConfig? = nil, otherMembers: [Node.Member] = []
  ) {
    self.name = name
    self.priority = priority
    self.statement = statement
    self.action = action
    self.overrideAction = overrideAction
    self.ruleLabels = ruleLabels
    self.visibilityConfig = visibilityConfig
    self.captchaConfig = captchaConfig
    self.challengeConfig = challengeConfig
    self.otherMembers = otherMembers
  }
}

extension Rule: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    let priority = object.required("Priority", as: LenientInt.self)
    let statement = object.required("Statement", as: Statement.self)
    let action = object.optional("Action", as: RuleAction.self)
    let overrideAction = object.optional("OverrideAction", as: OverrideAction.self)
    let labels = object.list("RuleLabels", of: Label.self)
    let visibility = object.optional("VisibilityConfig", as: VisibilityConfig.self)
    let captcha = object.optional("CaptchaConfig", as: CaptchaConfig.self)
    let challenge = object.optional("ChallengeConfig", as: ChallengeConfig.self)
    // Mistakes seen in published samples; read as they were meant they would hide a typo.
    let others = object.finish(mistaken: ["RuleAction": "Action", "Labels": "RuleLabels"])
    guard !object.isBroken, let name, let priority, let statement else { return nil }
    self.init(
      name: name, priority: priority.value, statement: statement, action: action,
      overrideAction: overrideAction, ruleLabels: labels, visibilityConfig: visibility,
      captchaConfig: captcha, challengeConfig: challenge, otherMembers: others)
    emptyMembers = object.spelledOutEmpty("RuleLabels")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Priority", priority)
    members.add("Statement", statement)
    members.add("Action", action)
    members.add("OverrideAction", overrideAction)
    members.add("RuleLabels", ruleLabels, emptyIf: emptyMembers)
    members.add("VisibilityConfig", visibilityConfig)
    members.add("CaptchaConfig", captchaConfig)
    members.add("ChallengeConfig", challengeConfig)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}
