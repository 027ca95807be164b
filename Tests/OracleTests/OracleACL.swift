import ManagedRules
import Matching
import WAFEngine
import WAFModel
import WAFProgram

/// A rule as the oracle walks it.
struct OracleRule {
  var name: String
  var node: OracleNode
  var hasGeo: Bool
  var inspected: InspectedFields
  /// The action after all overrides.
  var action: RuleAction
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
  var scopeDownHasGeo = false
  var scopeDownInspected = InspectedFields()
  var isOverriddenToCount = false
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
}

/// A web ACL prepared for the oracle: names resolved, equal conditions made one.
final class OracleACL {
  let bundle: DocumentBundle
  let webACL: WebACL
  let stated: ResourceType?
  private let catalogue: RulesetCatalogue
  private(set) var tops: [OracleTop] = []
  private(set) var leaves: [OracleLeaf] = []
  private(set) var slots: [OracleSlot] = []
  private(set) var managed: [OracleLeaf: OracleManagedRule] = [:]
  private(set) var patterns: [String: CompiledPattern] = [:]
  private var leafNumbers: [OracleLeaf: Int] = [:]
  private var slotNumbers: [OracleSlot: Int] = [:]

  init(
    _ webACL: WebACL, bundle: DocumentBundle, catalogue: RulesetCatalogue, stated: ResourceType?
  ) {
    self.webACL = webACL
    self.bundle = bundle
    self.catalogue = catalogue
    self.stated = stated
    let arn = webACL.arn.flatMap { ARN($0) }
    let context =
      webACL.labelNamespace
      ?? "awswaf:\(arn?.account ?? "*"):webacl:\(webACL.name ?? arn?.name ?? "*"):"
    tops = webACL.rules.sorted { $0.priority < $1.priority }.map { top($0, context: context) }
  }

  var isCloudFront: Bool {
    (webACL.scope ?? webACL.arn.flatMap { ARN($0) }?.scope) == .cloudfront
  }

  /// How many body bytes are inspected at a resource of a type.
  func bodyLimit(_ type: ResourceType) -> Int {
    switch type {
    case .applicationLoadBalancer, .appSync: 8192
    default:
      webACL.associationConfig?.requestBody[type.rawValue]?.defaultSizeInspectionLimit.bytes
        ?? 16384
    }
  }

  // MARK: Rules

  private func top(_ rule: Rule, context: String) -> OracleTop {
    switch rule.statement {
    case .managedRuleGroup(let body):
      var top = managedTop(rule.name, body)
      top.isOverriddenToCount = rule.overrideAction?.kind == .count
      top.isManaged = true
      if let scopeDown = body.scopeDownStatement {
        let node = node(scopeDown, context: context)
        top.scopeDown = node
        top.scopeDownInspected = inspected(node)
        top.scopeDownHasGeo = Self.hasGeo(scopeDown)
      }
      return top
    case .ruleGroupReference(let body):
      var top = referenceTop(rule.name, body)
      top.isOverriddenToCount = rule.overrideAction?.kind == .count
      return top
    default:
      return OracleTop(name: rule.name, content: .plain(plainRule(rule, context: context)))
    }
  }

  private func plainRule(
    _ rule: Rule, context: String, overrides: [RuleActionOverride] = [],
    excluded: [ExcludedRule] = []
  ) -> OracleRule {
    let (action, isExcluded) = Self.effective(
      rule.action ?? .count(CountAction()), of: rule.name, overrides, excluded)
    let node = node(rule.statement, context: context)
    return OracleRule(
      name: rule.name, node: node, hasGeo: Self.hasGeo(rule.statement),
      inspected: inspected(node), action: action, isExcluded: isExcluded,
      labels: rule.ruleLabels.map { context + $0.name })
  }

  private static func effective(
    _ action: RuleAction, of name: String, _ overrides: [RuleActionOverride],
    _ excluded: [ExcludedRule]
  ) -> (RuleAction, isExcluded: Bool) {
    if let override = overrides.first(where: { $0.name == name }) {
      return (override.actionToUse, false)
    }
    if excluded.contains(where: { $0.name == name }) { return (.count(CountAction()), true) }
    return (action, false)
  }

  private func referenceTop(_ name: String, _ body: RuleGroupReferenceStatement) -> OracleTop {
    let arn = ARN(body.arn)
    guard let group = bundle.ruleGroup(arn: body.arn)?.value else {
      let namespace = "awswaf:\(arn?.account ?? "*"):rulegroup:\(arn?.name ?? "*"):"
      return OracleTop(
        name: name, content: .unknownGroup(namespace: namespace, idleWhenAssumed: false),
        groupID: body.arn)
    }
    let context =
      group.labelNamespace
      ?? "awswaf:\(arn?.account ?? "*"):rulegroup:\(group.name ?? arn?.name ?? "*"):"
    let rules = group.rules.sorted { $0.priority < $1.priority }.map {
      plainRule(
        $0, context: context, overrides: body.ruleActionOverrides, excluded: body.excludedRules)
    }
    return OracleTop(name: name, content: .group(rules), groupID: body.arn)
  }

  private func managedTop(_ name: String, _ body: ManagedRuleGroupStatement) -> OracleTop {
    let id = body.vendorName + "#" + body.name
    guard let group = catalogue.group(vendorName: body.vendorName, name: body.name) else {
      return OracleTop(
        name: name,
        content: .unknownGroup(
          namespace: "awswaf:managed:\(body.vendorName.lowercased()):", idleWhenAssumed: true),
        groupID: id)
    }
    let rules = group.rules.map { rule in
      let (action, isExcluded) = Self.effective(
        rule.action, of: rule.name, body.ruleActionOverrides, body.excludedRules)
      let leaf = OracleLeaf.managed(group: id, rule: rule.name)
      if managed[leaf] == nil { managed[leaf] = managedRule(rule) }
      let node = OracleNode.leaf(number(leaf))
      return OracleRule(
        name: rule.name, node: node, hasGeo: false, inspected: inspected(node), action: action,
        isExcluded: isExcluded, labels: rule.label.map { [$0] } ?? [])
    }
    return OracleTop(name: name, content: .group(rules), groupID: id)
  }

  private func managedRule(_ rule: ManagedRule) -> OracleManagedRule {
    switch rule.model {
    case .unmodelled:
      return OracleManagedRule(branches: nil, missTrust: .assumed)
    case .branches(let branches, let missTrust, _):
      let trust: EvidenceLevel =
        switch missTrust {
        case .exact: .exact
        case .approximate: .approximate
        case .assumed: .assumed
        }
      // The compiler leaves out branches below medium unless told otherwise.
      let enabled = branches.filter { $0.fidelity <= .medium }
      return OracleManagedRule(
        branches: enabled.map {
          OracleManagedRule.Branch(
            level: $0.fidelity == .exact ? .exact : .approximate,
            node: node($0.statement, context: ""))
        }, missTrust: trust)
    }
  }

  // MARK: Statements

  private func number(_ leaf: OracleLeaf) -> Int {
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

  private static func hasGeo(_ statement: Statement) -> Bool {
    switch statement {
    case .geoMatch: true
    case .and(let body): body.statements.contains(where: hasGeo)
    case .or(let body): body.statements.contains(where: hasGeo)
    case .not(let body): hasGeo(body.statement)
    default: false
    }
  }

  private func node(_ statement: Statement, context: String) -> OracleNode {
    switch statement {
    case .and(let body): .all(body.statements.map { node($0, context: context) })
    case .or(let body): .any(body.statements.map { node($0, context: context) })
    case .not(let body): .not(node(body.statement, context: context))
    case .labelMatch(let body):
      .label(OracleLabelPattern(scope: body.scope, key: body.key, context: context))
    default: .leaf(number(leaf(statement)))
    }
  }

  private func leaf(_ statement: Statement) -> OracleLeaf {
    switch statement {
    case .byteMatch(let body):
      guard let slot = OracleSlot(body.fieldToMatch, body.textTransformations) else { break }
      return .bytes(number(slot), body.searchString.bytes, body.positionalConstraint)
    case .sizeConstraint(let body):
      guard let slot = OracleSlot(body.fieldToMatch, body.textTransformations) else { break }
      return .size(number(slot), body.comparisonOperator, body.size)
    case .regexMatch(let body):
      guard let slot = OracleSlot(body.fieldToMatch, body.textTransformations) else { break }
      return patternsLeaf(slot, [body.regexString])
    case .regexPatternSetReference(let body):
      guard let set = bundle.regexPatternSet(arn: body.arn)?.value,
        let slot = OracleSlot(body.fieldToMatch, body.textTransformations)
      else { break }
      return patternsLeaf(slot, set.regularExpressionList)
    case .ipSetReference(let body):
      return .addresses(body.arn)
    case .geoMatch(let body):
      return .countries(Set(body.countryCodes))
    default:
      break
    }
    return .unknowable("\(statement)", Self.field(statement).flatMap { OracleField($0) })
  }

  private static func field(_ statement: Statement) -> FieldToMatch? {
    switch statement {
    case .byteMatch(let body): body.fieldToMatch
    case .sizeConstraint(let body): body.fieldToMatch
    case .regexMatch(let body): body.fieldToMatch
    case .regexPatternSetReference(let body): body.fieldToMatch
    default: nil
    }
  }

  /// The limited fields that a statement looks at, whichever of its parts decides.
  private func inspected(_ node: OracleNode) -> InspectedFields {
    var fields = InspectedFields()
    switch node {
    case .label: break
    case .not(let part): fields = inspected(part)
    case .all(let parts), .any(let parts):
      for part in parts { fields.formUnion(inspected(part)) }
    case .leaf(let number):
      let leaf = leaves[number]
      switch leaf {
      case .bytes(let slot, _, _), .patterns(let slot, _), .size(let slot, _, _):
        fields.insert(slots[slot].field)
      case .unknowable(_, let field?): fields.insert(field)
      case .unknowable(_, nil): fields.unknown = true
      case .addresses, .countries: break
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

  private func patternsLeaf(_ slot: OracleSlot, _ sources: [String]) -> OracleLeaf {
    for source in sources where patterns[source] == nil {
      patterns[source] = try? CompiledPattern(Array(source.utf8))
    }
    return .patterns(number(slot), sources)
  }
}
