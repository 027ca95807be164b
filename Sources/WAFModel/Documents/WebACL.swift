import Diagnostics
public import DocumentTree

/// A web ACL: rules that decide which requests reach the resources it protects.
public struct WebACL: Hashable, Sendable {
  /// The name.
  public var name: String?
  /// The id that the service gave it.
  public var id: String?
  /// The ARN that the service gave it.
  public var arn: String?
  /// What it protects; only in the input of `create-web-acl` and `update-web-acl`.
  public var scope: Scope?
  /// What happens to requests that no terminating rule took.
  public var defaultAction: DefaultAction
  /// A description.
  public var description: String?
  /// The rules, in any order: their priorities count.
  public var rules: [Rule]
  /// What is measured and sampled.
  public var visibilityConfig: VisibilityConfig?
  /// What is hidden in everything that the service records.
  public var dataProtectionConfig: DataProtectionConfig?
  /// The capacity in WCU that the service computed.
  public var capacity: Int?
  /// Rule groups of Firewall Manager that run before the rules.
  public var preProcessFirewallManagerRuleGroups: [FirewallManagerRuleGroup]
  /// Rule groups of Firewall Manager that run after the rules.
  public var postProcessFirewallManagerRuleGroups: [FirewallManagerRuleGroup]
  /// Whether Firewall Manager made it.
  public var managedByFirewallManager: Bool?
  /// The prefix of the labels that its rules add.
  public var labelNamespace: String?
  /// The bodies that custom responses can name.
  public var customResponseBodies: [String: CustomResponseBody]
  /// How long a solved CAPTCHA is good for, unless a rule says otherwise.
  public var captchaConfig: CaptchaConfig?
  /// How long a passed challenge is good for, unless a rule says otherwise.
  public var challengeConfig: ChallengeConfig?
  /// The domains whose tokens are accepted.
  public var tokenDomains: [String]?
  /// How much of request bodies is inspected.
  public var associationConfig: AssociationConfig?
  /// Whether Firewall Manager took it over.
  public var retrofittedByFirewallManager: Bool?
  /// The protection of load balancers against floods.
  public var onSourceDDoSProtectionConfig: OnSourceDDoSProtectionConfig?
  /// What is known of the protected application.
  public var applicationConfig: ApplicationConfig?
  /// How the action Monetize is paid for.
  public var monetizationConfig: MonetizationConfig?
  /// Whether the service gathers logs over Regions.
  public var analyticsConfig: AnalyticsConfig?
  /// All other members, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// The lists and maps that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a web ACL.
  public init(
    name: String? = nil, id: String? = nil, arn: String? = nil, scope: Scope? = nil,
    defaultAction: DefaultAction, description: String? = nil, rules: [Rule] = [],
    visibilityConfig: VisibilityConfig? = nil,
    dataProtectionConfig: DataProtectionConfig? = nil, capacity: Int? = nil,
    preProcessFirewallManagerRuleGroups: [FirewallManagerRuleGroup] = [],
    postProcessFirewallManagerRuleGroups: [FirewallManagerRuleGroup] = [],
    managedByFirewallManager: Bool? = nil,
    labelNamespace: String? = nil, customResponseBodies: [String: CustomResponseBody] = [:],
    captchaConfig: CaptchaConfig? = nil, challengeConfig: ChallengeConfig? = nil,
    tokenDomains: [String]? = nil,
    associationConfig: AssociationConfig? = nil, retrofittedByFirewallManager: Bool? = nil,
    onSourceDDoSProtectionConfig: OnSourceDDoSProtectionConfig? = nil,
    applicationConfig: ApplicationConfig? = nil, monetizationConfig: MonetizationConfig? = nil,
    analyticsConfig: AnalyticsConfig? = nil, otherMembers: [Node.Member] = []
  ) {
    self.name = name
    self.id = id
    self.arn = arn
    self.scope = scope
    self.defaultAction = defaultAction
    self.description = description
    self.rules = rules
    self.visibilityConfig = visibilityConfig
    self.dataProtectionConfig = dataProtectionConfig
    self.capacity = capacity
    self.preProcessFirewallManagerRuleGroups = preProcessFirewallManagerRuleGroups
    self.postProcessFirewallManagerRuleGroups = postProcessFirewallManagerRuleGroups
    self.managedByFirewallManager = managedByFirewallManager
    self.labelNamespace = labelNamespace
    self.customResponseBodies = customResponseBodies
    self.captchaConfig = captchaConfig
    self.challengeConfig = challengeConfig
    self.tokenDomains = tokenDomains
    self.associationConfig = associationConfig
    self.retrofittedByFirewallManager = retrofittedByFirewallManager
    self.onSourceDDoSProtectionConfig = onSourceDDoSProtectionConfig
    self.applicationConfig = applicationConfig
    self.monetizationConfig = monetizationConfig
    self.analyticsConfig = analyticsConfig
    self.otherMembers = otherMembers
  }
}

extension WebACL: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.optional("Name", as: String.self)
    let id = object.optional("Id", as: String.self)
    let arn = object.optional("ARN", as: String.self)
    let scope = object.optional("Scope", as: Scope.self)
    let defaultAction = object.required("DefaultAction", as: DefaultAction.self)
    let description = object.optional("Description", as: String.self)
    let rules = object.survivors("Rules", of: Rule.self)
    let visibility = object.optional("VisibilityConfig", as: VisibilityConfig.self)
    let dataProtection = object.optional("DataProtectionConfig", as: DataProtectionConfig.self)
    let capacity = object.optional("Capacity", as: Int.self)
    let preProcess = object.firewallManagerRuleGroups(
      "PreProcessFirewallManagerRuleGroups", in: context)
    let postProcess = object.firewallManagerRuleGroups(
      "PostProcessFirewallManagerRuleGroups", in: context)
    let isManaged = object.optional("ManagedByFirewallManager", as: Bool.self)
    let labelNamespace = object.optional("LabelNamespace", as: String.self)
    let bodies = object.map("CustomResponseBodies", of: CustomResponseBody.self)
    let captcha = object.optional("CaptchaConfig", as: CaptchaConfig.self)
    let challenge = object.optional("ChallengeConfig", as: ChallengeConfig.self)
    let hasTokenDomains = object.has("TokenDomains")
    let tokenDomains = object.list("TokenDomains", of: String.self)
    let association = object.optional("AssociationConfig", as: AssociationConfig.self)
    let isRetrofitted = object.optional("RetrofittedByFirewallManager", as: Bool.self)
    let onSource = object.optional(
      "OnSourceDDoSProtectionConfig", as: OnSourceDDoSProtectionConfig.self)
    let application = object.optional("ApplicationConfig", as: ApplicationConfig.self)
    let monetization = object.optional("MonetizationConfig", as: MonetizationConfig.self)
    let analytics = object.optional("AnalyticsConfig", as: AnalyticsConfig.self)
    let others = object.bookkeeping() + object.finish()
    guard let defaultAction else { return nil }
    self.init(
      name: name, id: id, arn: arn, scope: scope, defaultAction: defaultAction,
      description: description, rules: rules, visibilityConfig: visibility,
      dataProtectionConfig: dataProtection, capacity: capacity,
      preProcessFirewallManagerRuleGroups: preProcess,
      postProcessFirewallManagerRuleGroups: postProcess, managedByFirewallManager: isManaged,
      labelNamespace: labelNamespace, customResponseBodies: bodies, captchaConfig: captcha,
      challengeConfig: challenge, tokenDomains: hasTokenDomains ? tokenDomains : nil,
      associationConfig: association, retrofittedByFirewallManager: isRetrofitted,
      onSourceDDoSProtectionConfig: onSource, applicationConfig: application,
      monetizationConfig: monetization, analyticsConfig: analytics, otherMembers: others)
    emptyMembers = object.spelledOutEmpty(
      "Rules", "PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups",
      "CustomResponseBodies")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Id", id)
    members.add("ARN", arn)
    members.add("Scope", scope)
    members.add("DefaultAction", defaultAction)
    members.add("Description", description)
    members.add("Rules", rules, emptyIf: emptyMembers)
    members.add("VisibilityConfig", visibilityConfig)
    members.add("DataProtectionConfig", dataProtectionConfig)
    members.add("Capacity", capacity)
    members.add(
      "PreProcessFirewallManagerRuleGroups", preProcessFirewallManagerRuleGroups,
      emptyIf: emptyMembers)
    members.add(
      "PostProcessFirewallManagerRuleGroups", postProcessFirewallManagerRuleGroups,
      emptyIf: emptyMembers)
    members.add("ManagedByFirewallManager", managedByFirewallManager)
    members.add("LabelNamespace", labelNamespace)
    members.add("CustomResponseBodies", customResponseBodies, emptyIf: emptyMembers)
    members.add("CaptchaConfig", captchaConfig)
    members.add("ChallengeConfig", challengeConfig)
    members.add("TokenDomains", tokenDomains)
    members.add("AssociationConfig", associationConfig)
    members.add("RetrofittedByFirewallManager", retrofittedByFirewallManager)
    members.add("OnSourceDDoSProtectionConfig", onSourceDDoSProtectionConfig)
    members.add("ApplicationConfig", applicationConfig)
    members.add("MonetizationConfig", monetizationConfig)
    members.add("AnalyticsConfig", analyticsConfig)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}

extension ObjectReader {
  /// A list with a broken group is left out as a whole, so that the indexes of what is left are
  /// those of the document.
  fileprivate mutating func firewallManagerRuleGroups(
    _ name: String, in context: ReadingContext
  ) -> [FirewallManagerRuleGroup] {
    let groups = survivors(name, of: FirewallManagerRuleGroup.self)
    return context.droppedElements[cursor.pointer.appending(name)] == nil ? groups : []
  }
}
