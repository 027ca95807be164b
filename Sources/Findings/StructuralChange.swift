/// One difference between two web ACLs as documents, whatever the traffic.
package struct StructuralChange: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case added
    case removed
    /// The rule is evaluated before or behind another one of those that stay.
    case moved
    case renamed
    case changed
  }

  package var kind: Kind
  /// What it is about: `rule "block-admin"`, `default action`, `IP set "office"`.
  package var subject: String
  /// The rule of the web ACL that it belongs to; empty for what is no rule.
  package var rule: String
  /// What exactly, by lines: `Statement.NotStatement…SearchString: "/a" → "/b"`.
  package var details: [String]
  /// In the new document, or in the old one where the thing was removed.
  package var location: Finding.Location?

  package init(
    kind: Kind, subject: String, rule: String = "", details: [String] = [],
    location: Finding.Location? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.rule = rule
    self.details = details
    self.location = location
  }
}
