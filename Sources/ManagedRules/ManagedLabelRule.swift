import Diagnostics
import DocumentTree
import WAFModel

/// A label that a group adds before its rules run, without a rule that would show.
package struct ManagedLabelRule: Hashable, Sendable {
  /// Fully qualified.
  package var label: String
  package var documentation: String
  package var source: String
  /// All of them must hold.
  package var requirements: [ManagedRuleRequirement]
  package var model: ManagedRuleModel
  /// The versions of the group that add it; empty: all of them.
  package var versions: [VersionSpan]
}

/// Such a label as it stands in the file.
struct LabelRuleEntry: TreeReadable {
  let pointer: JSONPointer
  let label: String
  let documentation: String
  let source: String?
  let requirements: [ManagedRuleRequirement]
  /// Left out where the requirements are all there is.
  let model: ModelEntry?
  let versions: [VersionSpan]

  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let label: String? = object.required("Label")
    let documentation: String? = object.required("Documentation")
    source = object.optional("Source")
    requirements = object.list("Requires")
    model = object.optional("Model")
    versions = object.list("Versions")
    object.finish()
    guard !object.isBroken, let label, let documentation else { return nil }
    if model == nil && requirements.isEmpty {
      context.error(
        "missing-member", "a label rule has a 'Model', or 'Requires', or both", at: cursor.pointer)
      return nil
    }
    self.pointer = cursor.pointer
    self.label = label
    self.documentation = documentation
  }

  func rule(groupSource: String) -> ManagedLabelRule {
    let source = source ?? groupSource
    return ManagedLabelRule(
      label: label, documentation: documentation, source: source, requirements: requirements,
      model: model?.model(ruleSource: source)
        ?? .branches(
          [
            ManagedRuleBranch(
              fidelity: .exact, statement: ManagedRuleBranch.anything, looksFor: documentation,
              why: "the requirements are the whole condition", source: source)
          ], missTrust: .exact, why: nil),
      versions: versions)
  }
}
