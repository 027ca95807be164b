import Diagnostics

/// What is known of a managed rule group, with approximations of its rules.
package struct ManagedRuleGroup: Hashable, Sendable {
  package var vendorName: String
  package var name: String
  /// The name for people.
  package var title: String
  /// The day of the knowledge that the data holds, `yyyy-mm-dd`.
  package var asOf: String
  /// The versions that are known, oldest first; empty where the group has none, or none is known.
  package var versions: [KnownVersion] = []
  /// What a statement without a version is taken to mean.
  ///
  /// AWS moves its default without notice.
  package var defaultVersion: ManagedVersion?
  /// In WCU.
  package var capacity: Int
  /// The prefix of the group's labels, with its final colon.
  package var labelNamespace: String
  /// What the group is for, in one sentence.
  package var documentation: String
  package var source: String
  /// The labels that the group can add, fully qualified: those of its rules first.
  package var availableLabels: [String]
  /// Prefixes of labels with open-ended names that the group can add besides.
  package var labelFamilies: [String]
  /// Those of all versions, in evaluation order; ``content(version:)`` has those of one.
  package var rules: [ManagedRule]
  /// Labels that the group adds before its rules run, those of all versions.
  package var labelRules: [ManagedLabelRule] = []
  /// Rules that older versions had and that no version in ``rules`` has any more.
  package var retiredRules: [RetiredRule] = []
  /// What others saw AWS do, of the group as a whole.
  package var observations: [RuleObservation] = []

  package init(
    vendorName: String, name: String, title: String, asOf: String, capacity: Int,
    labelNamespace: String, documentation: String, source: String, availableLabels: [String],
    labelFamilies: [String], rules: [ManagedRule]
  ) {
    self.vendorName = vendorName
    self.name = name
    self.title = title
    self.asOf = asOf
    self.capacity = capacity
    self.labelNamespace = labelNamespace
    self.documentation = documentation
    self.source = source
    self.availableLabels = availableLabels
    self.labelFamilies = labelFamilies
    self.rules = rules
  }

  /// Whether a name is that of a release candidate, which AWS adds for about a week with the
  /// action Count.
  ///
  /// A caller accepts such a name without a warning although no rule has it.
  package static func isReleaseCandidate(_ ruleName: String) -> Bool {
    ruleName.hasSuffix("_RC_COUNT")
  }
}

/// A rule name that web ACLs may still carry in their overrides.
package struct RetiredRule: Hashable, Sendable {
  package var name: String
  /// What became of it.
  package var note: String

  package init(name: String, note: String) {
    self.name = name
    self.note = note
  }
}
