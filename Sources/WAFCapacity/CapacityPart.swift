public import Diagnostics

/// One of the things that use capacity.
public struct CapacityPart: Hashable, Sendable {
  /// The kinds of things that use capacity.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A statement by itself.
    case statement
    /// The doubling of a statement that inspects the body as JSON.
    case jsonBody = "json-body"
    /// The surcharge for inspecting all query arguments.
    case allQueryArguments = "all-query-arguments"
    /// A text transformation of a component.
    case textTransformation = "text-transformation"
    /// A transformation of the query string before it is split.
    case preParseTextTransformation = "pre-parse-text-transformation"
    /// A custom key of a rate-based statement.
    case customKey = "custom-key"
    /// A text transformation of a custom key.
    case customKeyTransformation = "custom-key-transformation"
    /// A rule group of one's own.
    case ruleGroup = "rule-group"
    /// A managed rule group.
    case managedRuleGroup = "managed-rule-group"
    /// The labels that the rules add.
    case labels
  }

  /// The kind of thing.
  public var kind: Kind
  /// What it is, in words.
  public var subject: String
  /// Where it is in the document.
  public var pointer: JSONPointer
  /// What it uses.
  public var capacity: Capacity
  /// The rule that is charged for the same work already.
  public var sharedWith: String?

  /// Creates a part.
  package init(
    _ kind: Kind, _ subject: String, at pointer: JSONPointer, _ capacity: Capacity,
    sharedWith: String? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.pointer = pointer
    self.capacity = capacity
    self.sharedWith = sharedWith
  }
}

/// Something whose capacity is not known, so that a total is a least one.
public struct UnknownCapacity: Hashable, Sendable {
  /// What it is and why it is not known, in words.
  public var reason: String
  /// Where it is in the document.
  public var pointer: JSONPointer

  /// Creates an unknown.
  package init(_ reason: String, at pointer: JSONPointer) {
    self.reason = reason
    self.pointer = pointer
  }
}
