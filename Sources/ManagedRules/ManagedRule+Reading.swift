import Diagnostics
import DocumentTree
import WAFModel

extension Fidelity: WireWord {}
extension MissTrust: WireWord {}

/// A rule as it stands in the file.
struct RuleEntry: TreeReadable {
  let pointer: JSONPointer
  let name: String
  let priority: Int
  let action: RuleAction
  let labels: [LabelEntry]
  let additionalLabels: [LabelEntry]
  let labelsFirst: Bool
  let requirements: [ManagedRuleRequirement]
  let documentation: String
  let source: String?
  let model: ModelEntry
  let inspects: String?
  let transformations: String?
  let oversizeHandling: OversizeHandling?
  let documentedPosition: Int?
  let versions: [VersionSpan]
  let observations: [RuleObservation]

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name: String? = object.required("Name")
    let priority: Int? = object.required("Priority")
    let action: RuleAction? = object.required("Action")
    let labels: [LabelEntry] = object.requiredList("RuleLabels")
    additionalLabels = object.list("AdditionalLabels")
    labelsFirst = object.optional("LabelsFirst") ?? false
    requirements = object.list("Requires")
    let documentation: String? = object.required("Documentation")
    let source: String? = object.optional("Source")
    let model: ModelEntry? = object.required("Model")
    inspects = object.optional("Inspects")
    transformations = object.optional("Transformations")
    oversizeHandling = object.optional("OversizeHandling")
    documentedPosition = object.optional("DocumentedPosition")
    versions = object.list("Versions")
    observations = object.list("Observations")
    object.finish()
    guard !object.isBroken, let name, let priority, let action, let documentation, let model
    else { return nil }
    self.pointer = cursor.pointer
    self.name = name
    self.priority = priority
    self.action = action
    self.labels = labels
    self.documentation = documentation
    self.source = source
    self.model = model
  }

  func rule(groupSource: String) -> ManagedRule {
    let source = source ?? groupSource
    var rule = ManagedRule(
      name: name, action: action, label: labels.first?.name, documentation: documentation,
      source: source, model: model.model(ruleSource: source))
    rule.additionalLabels = additionalLabels.map {
      AdditionalLabel(name: $0.name, versions: $0.versions)
    }
    rule.labelsFirst = labelsFirst
    rule.requirements = requirements
    rule.inspects = inspects
    rule.transformations = transformations
    rule.oversizeHandling = oversizeHandling
    rule.documentedPosition = documentedPosition
    rule.versions = versions
    rule.observations = observations
    return rule
  }
}

/// A label of a rule or of the group.
struct LabelEntry: TreeReadable {
  let pointer: JSONPointer
  let name: String
  let versions: [VersionSpan]

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name: String? = object.required("Name")
    versions = object.list("Versions")
    object.finish()
    guard !object.isBroken, let name else { return nil }
    self.pointer = cursor.pointer.appending("Name")
    self.name = name
  }
}

/// How a rule is approximated, as it stands in the file.
enum ModelEntry: TreeReadable {
  case unmodelled(reason: String)
  case branches([BranchEntry], missTrust: MissTrust, why: String?)

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    if object.has("Unmodelled") {
      let reason: String? = object.required("Unmodelled")
      object.finish()
      guard !object.isBroken, let reason else { return nil }
      self = .unmodelled(reason: reason)
      return
    }
    let missTrust: MissTrust? = object.required("MissTrust")
    let why: String? = object.optional("Why")
    let branches: [BranchEntry] = object.requiredList("Branches")
    object.finish()
    guard !object.isBroken, let missTrust else { return nil }
    guard !branches.isEmpty else {
      context.error(
        "empty-list", "a model has at least one branch",
        at: cursor.pointer.appending("Branches"),
        notes: [#"a rule without an approximation says {"Unmodelled": "the reason"}"#])
      return nil
    }
    self = .branches(branches, missTrust: missTrust, why: why)
  }

  func model(ruleSource: String) -> ManagedRuleModel {
    switch self {
    case .unmodelled(let reason):
      .unmodelled(reason: reason)
    case .branches(let branches, let missTrust, let why):
      .branches(
        branches.map { $0.branch(ruleSource: ruleSource) }, missTrust: missTrust, why: why)
    }
  }
}

/// A branch as it stands in the file.
struct BranchEntry: TreeReadable {
  let pointer: JSONPointer
  let fidelity: Fidelity
  let looksFor: String
  let why: String
  let source: String?
  let statement: Statement
  let hasStatement: Bool
  let upTo: Int?
  let versions: [VersionSpan]

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let fidelity: Fidelity? = object.required("Fidelity")
    let looksFor: String? = object.required("LooksFor")
    let why: String? = object.required("Why")
    let source: String? = object.optional("Source")
    let statement: Statement? = object.optional("Statement")
    upTo = object.optional("UpTo")
    versions = object.list("Versions")
    object.finish()
    guard !object.isBroken, let fidelity, let looksFor, let why else { return nil }
    self.pointer = cursor.pointer
    self.fidelity = fidelity
    self.looksFor = looksFor
    self.why = why
    self.source = source
    self.statement = statement ?? ManagedRuleBranch.anything
    hasStatement = statement != nil
  }

  func branch(ruleSource: String) -> ManagedRuleBranch {
    var branch = ManagedRuleBranch(
      fidelity: fidelity, statement: statement, looksFor: looksFor, why: why,
      source: source ?? ruleSource, versions: versions)
    branch.upTo = upTo
    return branch
  }
}
