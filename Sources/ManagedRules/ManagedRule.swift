package import WAFModel

/// A rule of a managed rule group.
package struct ManagedRule: Hashable, Sendable {
  package var name: String
  /// What the rule does unless it is overridden.
  package var action: RuleAction
  /// Fully qualified; `nil` where the rule has no label of its own.
  package var label: String?
  /// Further labels that a match adds, fully qualified.
  package var additionalLabels: [AdditionalLabel] = []
  /// Whether the group adds the label before its rules run, whichever of them ends the evaluation.
  package var labelsFirst = false
  /// What AWS says that it looks for, in our own words.
  package var documentation: String
  package var source: String
  /// All of them must hold for the rule to match.
  package var requirements: [ManagedRuleRequirement] = []
  package var model: ManagedRuleModel
  /// The component that it inspects, in words.
  package var inspects: String?
  /// What is known of its text transformations, in words.
  package var transformations: String?
  /// What it does with a component above the inspection limit; nil where there is no such limit.
  package var oversizeHandling: OversizeHandling?
  /// Its place in the table of the developer guide, from 1, where evaluation has another order.
  package var documentedPosition: Int?
  /// The versions of the group that have the rule; empty: all of them.
  package var versions: [VersionSpan] = []
  /// What others saw AWS do.
  package var observations: [RuleObservation] = []

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

/// A label that a managed rule adds beside its own.
package struct AdditionalLabel: Hashable, Sendable {
  /// Fully qualified.
  package var name: String
  /// The versions of the group in which the rule adds it; empty: all of them.
  package var versions: [VersionSpan]
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
  /// A rate-based one makes the rule count; ``anything`` leaves it to the rule's requirements.
  package var statement: Statement
  /// Of a branch that counts: it holds up to this many requests; nil where there is no such bound.
  package var upTo: Int?
  /// One sentence for people.
  package var looksFor: String
  /// What the fidelity rests on.
  package var why: String
  package var source: String
  /// The versions of the group that have the branch; empty: all of them.
  package var versions: [VersionSpan]

  package init(
    fidelity: Fidelity, statement: Statement, looksFor: String, why: String, source: String,
    versions: [VersionSpan] = []
  ) {
    self.fidelity = fidelity
    self.statement = statement
    self.looksFor = looksFor
    self.why = why
    self.source = source
    self.versions = versions
  }

  /// The statement of a branch that says none: it always holds.
  package static let anything = Statement.and(AndStatement(statements: []))

  /// What the branch counts; nil where it looks at one request alone.
  package var rate: RateBasedStatement? {
    if case .rateBased(let rate) = statement { rate } else { nil }
  }
}
