import ManagedRules
import Matching
import WAFCompiler
import WAFModel
import WAFProgram

/// A rule as the oracle walks it.
struct OracleRule {
  var name: String
  var node: OracleNode
  /// Whose geo labels its statements add.
  var geoSources: [OracleGeoSource] = []
  var inspected: InspectedFields
  /// The action after all overrides.
  var action: RuleAction
  /// What a client passes that the action lets through.
  var gate: OracleGate?
  var isExcluded: Bool
  /// Fully qualified.
  var labels: [String]
}

/// A rule of the web ACL.
struct OracleTop {
  enum Content {
    case plain(OracleRule)
    case group([OracleRule])
    /// A group that is not at hand; `idleWhenAssumed` for one of another vendor.
    case unknownGroup(namespace: String, idleWhenAssumed: Bool)
  }

  var name: String
  var content: Content
  var groupID = ""
  var isManaged = false
  var scopeDown: OracleNode?
  var scopeDownGeoSources: [OracleGeoSource] = []
  var scopeDownInspected = InspectedFields()
  var isOverriddenToCount = false
  /// What Count in place of the group's result does to the request.
  var countHandling: CustomRequestHandling?
  /// Labels that a managed group adds before its rules run, where a condition holds.
  var labelRules: [(label: String, node: OracleNode)] = []
  /// Labels, and prefixes of labels, that a managed group can add beside those of its rules.
  var extraLabels: [String] = []
  var extraNamespaces: [String] = []
  /// Whether the user says that these labels are not known, rather than not there.
  var extraLabelsAreUnknown = false
}

/// What the oracle knows of a managed rule.
struct OracleManagedRule {
  struct Branch {
    var level: EvidenceLevel
    var node: OracleNode
  }

  /// Nil for a rule that nobody can model.
  var branches: [Branch]?
  var missTrust: EvidenceLevel
  /// What the user says in place of all that.
  var assumption: ManagedCondition.Assumption?
}

/// A web ACL prepared for the oracle: names resolved, equal conditions made one.
final class OracleACL {
  let bundle: DocumentBundle
  let webACL: WebACL
  let stated: ResourceType?
  let catalogue: RulesetCatalogue
  let assumptions: [ManagedRuleAssumption]
  private(set) var tops: [OracleTop] = []
  private(set) var leaves: [OracleLeaf] = []
  private(set) var slots: [OracleSlot] = []
  var managed: [OracleLeaf: OracleManagedRule] = [:]
  private(set) var patterns: [String: CompiledPattern] = [:]
  /// The forwarded headers that geo match statements read, and those of ASN match statements.
  private(set) var forwardedGeoHeaders: Set<String> = []
  private(set) var forwardedNetworkHeaders: Set<String> = []
  private var leafNumbers: [OracleLeaf: Int] = [:]
  private var slotNumbers: [OracleSlot: Int] = [:]

  init(_ generated: GeneratedACL, catalogue: RulesetCatalogue) {
    webACL = generated.webACL
    bundle = generated.bundle
    stated = generated.resourceType
    assumptions = generated.assumptions
    self.catalogue = catalogue
    let arn = webACL.arn.flatMap { ARN($0) }
    let context =
      webACL.labelNamespace
      ?? "awswaf:\(arn?.account ?? "*"):webacl:\(webACL.name ?? arn?.name ?? "*"):"
    let first = webACL.preProcessFirewallManagerRuleGroups.sorted { $0.priority < $1.priority }
    let last = webACL.postProcessFirewallManagerRuleGroups.sorted { $0.priority < $1.priority }
    tops =
      first.map { top($0, context: context) }
      + webACL.rules.sorted { $0.priority < $1.priority }.map { top($0, context: context) }
      + last.map { top($0, context: context) }
  }

  var isCloudFront: Bool {
    (webACL.scope ?? webACL.arn.flatMap { ARN($0) }?.scope) == .cloudfront
  }

  /// How many body bytes are inspected at a resource of a type.
  func bodyLimit(_ type: ResourceType) -> Int {
    func configured(_ type: String) -> Int? {
      webACL.associationConfig?.requestBody[type]?.defaultSizeInspectionLimit.bytes
    }
    return switch type {
    case .appSync: 8192
    case .applicationLoadBalancer: configured(type.rawValue) ?? 8192
    case .amplify: configured(ResourceType.cloudFront.rawValue) ?? 16384
    default: configured(type.rawValue) ?? 16384
    }
  }

  /// What the user says of a managed rule, a group (`*`) or a detector; the last word counts.
  func assumption(_ group: String, _ rule: String) -> ManagedCondition.Assumption? {
    assumptions.last { $0.applies(toGroup: group, rule: rule) }?.answer
  }

  // MARK: Statements

  func number(_ leaf: OracleLeaf) -> Int {
    if let number = leafNumbers[leaf] { return number }
    leafNumbers[leaf] = leaves.count
    leaves.append(leaf)
    return leaves.count - 1
  }

  private func number(_ slot: OracleSlot) -> Int {
    if let number = slotNumbers[slot] { return number }
    slotNumbers[slot] = slots.count
    slots.append(slot)
    return slots.count - 1
  }

  static func geoSources(_ statement: Statement) -> [OracleGeoSource] {
    switch statement {
    case .geoMatch(let body): [OracleGeoSource(OracleAddressSource(body.forwardedIPConfig))]
    case .and(let body): body.statements.flatMap(geoSources)
    case .or(let body): body.statements.flatMap(geoSources)
    case .not(let body): geoSources(body.statement)
    default: []
    }
  }

  func node(_ statement: Statement, context: String, isNegated: Bool = false) -> OracleNode {
    func node(_ part: Statement) -> OracleNode {
      self.node(part, context: context, isNegated: isNegated)
    }
    return switch statement {
    case .and(let body): .all(body.statements.map(node))
    case .or(let body): .any(body.statements.map(node))
    case .not(let body):
      .not(self.node(body.statement, context: context, isNegated: !isNegated))
    case .labelMatch(let body):
      .label(OracleLabelPattern(scope: body.scope, key: body.key, context: context))
    default: .leaf(number(leaf(statement)), isNegated: isNegated)
    }
  }

  private func leaf(_ statement: Statement) -> OracleLeaf {
    let inspection = Inspection(statement)
    let slot = inspection.flatMap {
      OracleSlot($0.field, $0.transformations, $0.preParse)
    }
    switch (statement, slot) {
    case (.byteMatch(let body), let slot?):
      return .bytes(number(slot), body.searchString.bytes, body.positionalConstraint)
    case (.sizeConstraint(let body), let slot?):
      return .size(number(slot), body.comparisonOperator, body.size)
    case (.regexMatch(let body), let slot?):
      return patternsLeaf(slot, [body.regexString])
    case (.regexPatternSetReference(let body), let slot?):
      guard let set = bundle.regexPatternSet(arn: body.arn)?.value else { break }
      return patternsLeaf(slot, set.regularExpressionList)
    case (.sqliMatch(let body), let slot?):
      return .detector(number(slot), .sqli(body.sensitivityLevel ?? .low))
    case (.xssMatch, let slot?):
      return .detector(number(slot), .xss)
    case (.ipSetReference(let body), _):
      return .addresses(body.arn, OracleAddressSource(body.ipSetForwardedIPConfig))
    case (.geoMatch(let body), _):
      let source = OracleAddressSource(body.forwardedIPConfig)
      if let header = source.header { forwardedGeoHeaders.insert(header) }
      return .countries(Set(body.countryCodes), source)
    case (.asnMatch(let body), _):
      let source = OracleAddressSource(body.forwardedIPConfig)
      if let header = source.header { forwardedNetworkHeaders.insert(header) }
      return .networks(Set(body.asnList), source)
    default:
      break
    }
    return .unknowable(
      "\(statement)", inspection.flatMap { OracleField($0.field, $0.preParse) })
  }

  /// Whether the path of the URI fits a pattern.
  func pathNode(_ pattern: String) -> OracleNode? {
    let step = TextTransformation(priority: 0, type: .none)
    guard let slot = OracleSlot(.uriPath, [step], []) else { return nil }
    return .leaf(number(patternsLeaf(slot, [pattern])), isNegated: false)
  }

  private func patternsLeaf(_ slot: OracleSlot, _ sources: [String]) -> OracleLeaf {
    for source in sources where patterns[source] == nil {
      patterns[source] = try? CompiledPattern(Array(source.utf8))
    }
    return .patterns(number(slot), sources)
  }

  /// The limited fields that a statement looks at, whichever of its parts decides.
  func inspected(_ node: OracleNode) -> InspectedFields {
    var fields = InspectedFields()
    switch node {
    case .label: break
    case .not(let part): fields = inspected(part)
    case .all(let parts), .any(let parts):
      for part in parts { fields.formUnion(inspected(part)) }
    case .leaf(let number, _):
      let leaf = leaves[number]
      switch leaf {
      case .bytes(let slot, _, _), .patterns(let slot, _), .size(let slot, _, _),
        .detector(let slot, _):
        fields.insert(slots[slot].field)
      case .unknowable(_, let field?): fields.insert(field)
      case .unknowable(_, nil): fields.unknown = true
      case .addresses, .countries, .networks, .token: break
      case .managed:
        guard let branches = managed[leaf]?.branches else {
          fields.unknown = true
          break
        }
        for branch in branches { fields.formUnion(inspected(branch.node)) }
      }
    }
    return fields
  }
}

/// What a statement says of the component that it looks at.
struct Inspection {
  var field: FieldToMatch
  var transformations: [TextTransformation]
  var preParse: [PreParseTextTransformation]

  init?(_ statement: Statement) {
    switch statement {
    case .byteMatch(let body):
      self.init(body.fieldToMatch, body.textTransformations, body.preParseTextTransformations)
    case .sizeConstraint(let body):
      self.init(body.fieldToMatch, body.textTransformations, body.preParseTextTransformations)
    case .regexMatch(let body):
      self.init(body.fieldToMatch, body.textTransformations, body.preParseTextTransformations)
    case .regexPatternSetReference(let body):
      self.init(body.fieldToMatch, body.textTransformations, body.preParseTextTransformations)
    case .sqliMatch(let body):
      self.init(body.fieldToMatch, body.textTransformations, body.preParseTextTransformations)
    case .xssMatch(let body):
      self.init(body.fieldToMatch, body.textTransformations, body.preParseTextTransformations)
    default:
      return nil
    }
  }

  private init(
    _ field: FieldToMatch, _ transformations: [TextTransformation],
    _ preParse: [PreParseTextTransformation]
  ) {
    self.field = field
    self.transformations = transformations
    self.preParse = preParse
  }
}
