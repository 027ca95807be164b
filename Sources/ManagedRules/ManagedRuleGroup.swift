import Diagnostics
package import WAFModel

/// What is known of a managed rule group, with approximations of its rules.
package struct ManagedRuleGroup: Hashable, Sendable {
  package var vendorName: String
  package var name: String
  /// The name for people.
  package var title: String
  /// What the data models, in words.
  package var version: String
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
  /// In evaluation order.
  package var rules: [ManagedRule]

  package init(
    vendorName: String, name: String, title: String, version: String, capacity: Int,
    labelNamespace: String, documentation: String, source: String, availableLabels: [String],
    labelFamilies: [String], rules: [ManagedRule]
  ) {
    self.vendorName = vendorName
    self.name = name
    self.title = title
    self.version = version
    self.capacity = capacity
    self.labelNamespace = labelNamespace
    self.documentation = documentation
    self.source = source
    self.availableLabels = availableLabels
    self.labelFamilies = labelFamilies
    self.rules = rules
  }

  /// The rule of a name, compared as AWS compares it: exactly.
  package func rule(named name: String) -> ManagedRule? {
    rules.first { $0.name == name }
  }

  /// The rule that a misspelt name probably meant.
  package func closestRuleName(to name: String) -> String? {
    didYouMean(name, among: rules.map(\.name))
  }

  /// Whether a name is that of a release candidate, which AWS adds for about a week with the
  /// action Count.
  ///
  /// A caller accepts such a name without a warning although no rule has it.
  package static func isReleaseCandidate(_ ruleName: String) -> Bool {
    ruleName.hasSuffix("_RC_COUNT")
  }
}

/// A rule of a managed rule group.
package struct ManagedRule: Hashable, Sendable {
  package var name: String
  /// What the rule does unless it is overridden.
  package var action: RuleAction
  /// Fully qualified; `nil` where the rule has no label of its own.
  package var label: String?
  /// What AWS says that it looks for, in our own words.
  package var documentation: String
  package var source: String
  package var model: ManagedRuleModel

  package init(
    name: String, action: RuleAction, label: String?, documentation: String, source: String,
    model: ManagedRuleModel
  ) {
    self.name = name
    self.action = action
    self.label = label
    self.documentation = documentation
    self.source = source
    self.model = model
  }
}

/// How a managed rule is approximated.
package enum ManagedRuleModel: Hashable, Sendable {
  /// Not at all, for a reason given in one sentence.
  case unmodelled(reason: String)
  /// By statements any of which makes the rule match.
  ///
  /// `missTrust` says how far a miss of all of them can be trusted, and `why` what limits it.
  case branches([ManagedRuleBranch], missTrust: MissTrust, why: String?)
}

/// One of the ways in which a managed rule is known, or thought, to match.
package struct ManagedRuleBranch: Hashable, Sendable {
  package var fidelity: Fidelity
  package var statement: Statement
  /// One sentence for people.
  package var looksFor: String
  /// What the fidelity rests on.
  package var why: String
  package var source: String

  package init(
    fidelity: Fidelity, statement: Statement, looksFor: String, why: String, source: String
  ) {
    self.fidelity = fidelity
    self.statement = statement
    self.looksFor = looksFor
    self.why = why
    self.source = source
  }
}
