/// A difference between two versions of rule data.
package struct RulesetChange: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case added
    case removed
    /// It stands elsewhere among the rules that both have.
    case moved
    case changed
    /// What is said of it is different, and no verdict is.
    case reworded
  }

  package var kind: Kind
  package var group: String
  /// What is different: a group, one of its rules or versions.
  package var subject: String
  /// The rule that it is about; nil where it is about the group.
  package var rule: String?
  package var details: [String]

  package init(
    _ kind: Kind, group: String, subject: String, rule: String? = nil, details: [String] = []
  ) {
    self.kind = kind
    self.group = group
    self.subject = subject
    self.rule = rule
    self.details = details
  }
}
