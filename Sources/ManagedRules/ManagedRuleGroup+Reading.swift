import Diagnostics
package import DocumentTree
import WAFModel

extension Fidelity: WireWord {}
extension MissTrust: WireWord {}

extension ManagedRuleGroup: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let vendorName: String? = object.required("VendorName")
    let name: String? = object.required("Name")
    let title: String? = object.required("Title")
    let version: String? = object.required("Version")
    let capacity: Int? = object.required("Capacity")
    let labelNamespace: String? = object.required("LabelNamespace")
    let documentation: String? = object.required("Documentation")
    let source: String? = object.required("Source")
    let labels: [LabelEntry] = object.list("AvailableLabels")
    let families: [String] = object.list("LabelFamilies")
    let entries: [RuleEntry] = object.requiredList("Rules")
    object.finish()
    guard !object.isBroken, let vendorName, let name, let title, let version, let capacity,
      let labelNamespace, let documentation, let source
    else { return nil }

    let rules = entries.map { $0.rule(groupSource: source) }
    var availableLabels: [String] = []
    for label in rules.compactMap(\.label) + labels.map(\.name)
    where !availableLabels.contains(label) {
      availableLabels.append(label)
    }
    self.init(
      vendorName: vendorName, name: name, title: title, version: version, capacity: capacity,
      labelNamespace: labelNamespace, documentation: documentation, source: source,
      availableLabels: availableLabels, labelFamilies: families, rules: rules)
    guard
      RulesetChecks(group: self, entries: entries, labels: labels, context: context).pass(
        at: cursor.pointer)
    else { return nil }
  }
}

/// A rule as it stands in the file.
struct RuleEntry: TreeReadable {
  let pointer: JSONPointer
  let name: String
  let priority: Int
  let action: RuleAction
  let labels: [LabelEntry]
  let documentation: String
  let source: String?
  let model: ModelEntry

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name: String? = object.required("Name")
    let priority: Int? = object.required("Priority")
    let action: RuleAction? = object.required("Action")
    let labels: [LabelEntry] = object.requiredList("RuleLabels")
    let documentation: String? = object.required("Documentation")
    let source: String? = object.optional("Source")
    let model: ModelEntry? = object.required("Model")
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
    return ManagedRule(
      name: name, action: action, label: labels.first?.name, documentation: documentation,
      source: source, model: model.model(ruleSource: source))
  }
}

/// A label of a rule or of the group.
struct LabelEntry: TreeReadable {
  let pointer: JSONPointer
  let name: String

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name: String? = object.required("Name")
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

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let fidelity: Fidelity? = object.required("Fidelity")
    let looksFor: String? = object.required("LooksFor")
    let why: String? = object.required("Why")
    let source: String? = object.optional("Source")
    let statement: Statement? = object.required("Statement")
    object.finish()
    guard !object.isBroken, let fidelity, let looksFor, let why, let statement else {
      return nil
    }
    self.pointer = cursor.pointer
    self.fidelity = fidelity
    self.looksFor = looksFor
    self.why = why
    self.source = source
    self.statement = statement
  }

  func branch(ruleSource: String) -> ManagedRuleBranch {
    ManagedRuleBranch(
      fidelity: fidelity, statement: statement, looksFor: looksFor, why: why,
      source: source ?? ruleSource)
  }
}
