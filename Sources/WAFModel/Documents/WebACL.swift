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
  /// The capacity in WCU that the service computed.
  public var capacity: Int?
  /// The prefix of the labels that its rules add.
  public var labelNamespace: String?
  /// The bodies that custom responses can name.
  public var customResponseBodies: [String: CustomResponseBody]
  /// How long a solved CAPTCHA is good for, as the document has it.
  public var captchaConfig: Node?
  /// How long a solved challenge is good for, as the document has it.
  public var challengeConfig: Node?
  /// The domains whose tokens are accepted.
  public var tokenDomains: [String]?
  /// How much of request bodies is inspected.
  public var associationConfig: AssociationConfig?
  /// All other members, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// The lists and maps that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a web ACL.
  public init(
    name: String? = nil, id: String? = nil, arn: String? = nil, scope: Scope? = nil,
    defaultAction: DefaultAction, description: String? = nil, rules: [Rule] = [],
    visibilityConfig: VisibilityConfig? = nil, capacity: Int? = nil,
    labelNamespace: String? = nil, customResponseBodies: [String: CustomResponseBody] = [:],
    captchaConfig: Node? = nil, challengeConfig: Node? = nil, tokenDomains: [String]? = nil,
    associationConfig: AssociationConfig? = nil, otherMembers: [Node.Member] = []
  ) {
    self.name = name
    self.id = id
    self.arn = arn
    self.scope = scope
    self.defaultAction = defaultAction
    self.description = description
    self.rules = rules
    self.visibilityConfig = visibilityConfig
    self.capacity = capacity
    self.labelNamespace = labelNamespace
    self.customResponseBodies = customResponseBodies
    self.captchaConfig = captchaConfig
    self.challengeConfig = challengeConfig
    self.tokenDomains = tokenDomains
    self.associationConfig = associationConfig
    self.otherMembers = otherMembers
  }
}

extension WebACL: TreeReadable, TreeWritable {
  /// Members that say nothing about what the web ACL does to a request.
  static let informational = [
    "DataProtectionConfig", "ManagedByFirewallManager", "RetrofittedByFirewallManager",
    "OnSourceDDoSProtectionConfig", "ApplicationConfig", "LockToken", "Tags",
  ]

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
    let capacity = object.optional("Capacity", as: Int.self)
    let labelNamespace = object.optional("LabelNamespace", as: String.self)
    let bodies = object.map("CustomResponseBodies", of: CustomResponseBody.self)
    let captcha = object.optional("CaptchaConfig", as: Node.self)
    let challenge = object.optional("ChallengeConfig", as: Node.self)
    let hasTokenDomains = object.has("TokenDomains")
    let tokenDomains = object.list("TokenDomains", of: String.self)
    let association = object.optional("AssociationConfig", as: AssociationConfig.self)
    var others = object.firewallManagerMembers(in: context)
    others += object.monetization(in: context)
    for member in Self.informational {
      guard let value = object.optional(member, as: Node.self) else { continue }
      others.append(Node.Member(key: member, value: value))
    }
    others += object.finish()
    guard let defaultAction else { return nil }
    self.init(
      name: name, id: id, arn: arn, scope: scope, defaultAction: defaultAction,
      description: description, rules: rules, visibilityConfig: visibility,
      capacity: capacity, labelNamespace: labelNamespace, customResponseBodies: bodies,
      captchaConfig: captcha, challengeConfig: challenge,
      tokenDomains: hasTokenDomains ? tokenDomains : nil, associationConfig: association,
      otherMembers: others)
    emptyMembers = object.spelledOutEmpty("Rules", "CustomResponseBodies")
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
    members.add("Capacity", capacity)
    members.add("LabelNamespace", labelNamespace)
    members.add("CustomResponseBodies", customResponseBodies, emptyIf: emptyMembers)
    members.add("CaptchaConfig", captchaConfig)
    members.add("ChallengeConfig", challengeConfig)
    members.add("TokenDomains", tokenDomains)
    members.add("AssociationConfig", associationConfig)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}

extension ObjectReader {
  /// The rule groups that Firewall Manager puts around a web ACL's own rules.
  ///
  /// Without them the evaluation would be silently wrong, so that nothing allows them yet.
  fileprivate mutating func firewallManagerMembers(
    in context: ReadingContext
  ) -> [Node.Member] {
    var kept: [Node.Member] = []
    for name in ["PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups"] {
      guard let value = value(name) else { continue }
      if value.node.kind != .array([]) {
        context.error(
          "not-supported-yet",
          "not supported yet: rule groups of Firewall Manager come with a later version",
          at: value.pointer, focus: .key)
      }
      kept.append(Node.Member(key: name, value: value.node.withoutPositions()))
    }
    return kept
  }

  /// The settings of the action Monetize.
  mutating func monetization(in context: ReadingContext) -> [Node.Member] {
    guard let value = value("MonetizationConfig") else { return [] }
    context.unsupported("MonetizationConfig", at: value.pointer)
    return [Node.Member(key: "MonetizationConfig", value: value.node.withoutPositions())]
  }
}
