import Diagnostics
package import DocumentTree

extension ManagedRuleGroup: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let vendorName: String? = object.required("VendorName")
    let name: String? = object.required("Name")
    let title: String? = object.required("Title")
    let asOf: String? = object.required("AsOf")
    let versions: [KnownVersion] = object.list("Versions")
    let defaultVersion: ManagedVersion? = object.optional("DefaultVersion")
    let capacity: Int? = object.required("Capacity")
    let labelNamespace: String? = object.required("LabelNamespace")
    let documentation: String? = object.required("Documentation")
    let source: String? = object.required("Source")
    let labels: [LabelEntry] = object.list("AvailableLabels")
    let families: [String] = object.list("LabelFamilies")
    let entries: [RuleEntry] = object.requiredList("Rules")
    let labelEntries: [LabelRuleEntry] = object.list("LabelRules")
    let retiredRules: [RetiredRule] = object.list("RetiredRules")
    let observations: [RuleObservation] = object.list("Observations")
    object.finish()
    guard !object.isBroken, let vendorName, let name, let title, let asOf, let capacity,
      let labelNamespace, let documentation, let source
    else { return nil }

    let rules = entries.map { $0.rule(groupSource: source) }
    let labelRules = labelEntries.map { $0.rule(groupSource: source) }
    var listed = rules.compactMap(\.label) + rules.flatMap(\.additionalLabels).map(\.name)
    // Those on tokens belong to no group.
    listed += labelRules.map(\.label).filter { $0.hasPrefix(labelNamespace) } + labels.map(\.name)
    var availableLabels: [String] = []
    for label in listed where !availableLabels.contains(label) { availableLabels.append(label) }
    self.init(
      vendorName: vendorName, name: name, title: title, asOf: asOf, capacity: capacity,
      labelNamespace: labelNamespace, documentation: documentation, source: source,
      availableLabels: availableLabels, labelFamilies: families, rules: rules)
    self.versions = versions
    self.defaultVersion = defaultVersion
    self.labelRules = labelRules
    self.retiredRules = retiredRules
    self.observations = observations
    guard
      RulesetChecks(
        group: self, entries: entries, labelEntries: labelEntries, labels: labels, context: context
      ).pass(at: cursor.pointer)
    else { return nil }
  }
}
