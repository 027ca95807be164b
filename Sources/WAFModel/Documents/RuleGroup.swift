public import DocumentTree

/// A rule group of one's own: rules that several web ACLs can use.
public struct RuleGroup: Hashable, Sendable {
  /// The name.
  public var name: String?
  /// The id that the service gave it.
  public var id: String?
  /// The capacity in WCU that it may use.
  public var capacity: Int?
  /// The ARN that the service gave it.
  public var arn: String?
  /// What the web ACLs that use it protect; only in the input of `create-rule-group`.
  public var scope: Scope?
  /// A description.
  public var description: String?
  /// The rules, in any order: their priorities count.
  public var rules: [Rule]
  /// What is measured and sampled.
  public var visibilityConfig: VisibilityConfig?
  /// The prefix of the labels that its rules add.
  public var labelNamespace: String?
  /// The bodies that custom responses can name.
  public var customResponseBodies: [String: CustomResponseBody]
  /// The labels that its rules add, as the service lists them.
  public var availableLabels: [LabelSummary]
  /// The labels that its rules match, as the service lists them.
  public var consumedLabels: [LabelSummary]
  /// How the action Monetize is paid for.
  public var monetizationConfig: MonetizationConfig?
  /// All other members, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// The lists and maps that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a rule group.
  public init(
    name: String? = nil, id: String? = nil, capacity: Int? = nil, arn: String? = nil,
    scope: Scope? = nil, description: String? = nil, rules: [Rule] = [],
    visibilityConfig: VisibilityConfig? = nil, labelNamespace: String? = nil,
    customResponseBodies: [String: CustomResponseBody] = [:],
    availableLabels: [LabelSummary] = [], consumedLabels: [LabelSummary] = [],
    monetizationConfig: MonetizationConfig? = nil,
    otherMembers: [Node.Member] = []
  ) {
    self.name = name
    self.id = id
    self.capacity = capacity
    self.arn = arn
    self.scope = scope
    self.description = description
    self.rules = rules
    self.visibilityConfig = visibilityConfig
    self.labelNamespace = labelNamespace
    self.customResponseBodies = customResponseBodies
    self.availableLabels = availableLabels
    self.consumedLabels = consumedLabels
    self.monetizationConfig = monetizationConfig
    self.otherMembers = otherMembers
  }
}

extension RuleGroup: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.optional("Name", as: String.self)
    let id = object.optional("Id", as: String.self)
    let capacity = object.optional("Capacity", as: Int.self)
    let arn = object.optional("ARN", as: String.self)
    let scope = object.optional("Scope", as: Scope.self)
    let description = object.optional("Description", as: String.self)
    let rules = object.survivors("Rules", of: Rule.self)
    let visibility = object.optional("VisibilityConfig", as: VisibilityConfig.self)
    let labelNamespace = object.optional("LabelNamespace", as: String.self)
    let bodies = object.map("CustomResponseBodies", of: CustomResponseBody.self)
    let available = object.list("AvailableLabels", of: LabelSummary.self)
    let consumed = object.list("ConsumedLabels", of: LabelSummary.self)
    let monetization = object.optional("MonetizationConfig", as: MonetizationConfig.self)
    let others = object.bookkeeping() + object.finish()
    self.init(
      name: name, id: id, capacity: capacity, arn: arn, scope: scope,
      description: description, rules: rules, visibilityConfig: visibility,
      labelNamespace: labelNamespace, customResponseBodies: bodies, availableLabels: available,
      consumedLabels: consumed, monetizationConfig: monetization, otherMembers: others)
    emptyMembers = object.spelledOutEmpty(
      "Rules", "CustomResponseBodies", "AvailableLabels", "ConsumedLabels")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Id", id)
    members.add("Capacity", capacity)
    members.add("ARN", arn)
    members.add("Scope", scope)
    members.add("Description", description)
    members.add("Rules", rules, emptyIf: emptyMembers)
    members.add("VisibilityConfig", visibilityConfig)
    members.add("LabelNamespace", labelNamespace)
    members.add("CustomResponseBodies", customResponseBodies, emptyIf: emptyMembers)
    members.add("AvailableLabels", availableLabels, emptyIf: emptyMembers)
    members.add("ConsumedLabels", consumedLabels, emptyIf: emptyMembers)
    members.add("MonetizationConfig", monetizationConfig)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}
