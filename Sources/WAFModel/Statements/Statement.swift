public import DocumentTree

/// What requests must look like for a rule to match them.
public indirect enum Statement: Hashable, Sendable {
  /// A component contains, starts with, or is some bytes.
  case byteMatch(ByteMatchStatement)
  /// A component matches a regular expression.
  case regexMatch(RegexMatchStatement)
  /// A component matches one of the expressions of a regex pattern set.
  case regexPatternSetReference(RegexPatternSetReferenceStatement)
  /// A component has a size.
  case sizeConstraint(SizeConstraintStatement)
  /// A component looks like SQL injection.
  case sqliMatch(SqliMatchStatement)
  /// A component looks like cross-site scripting.
  case xssMatch(XssMatchStatement)
  /// The client's address is in an IP set.
  case ipSetReference(IPSetReferenceStatement)
  /// The client is in one of some countries.
  case geoMatch(GeoMatchStatement)
  /// The client's network is one of some autonomous systems.
  case asnMatch(AsnMatchStatement)
  /// An earlier rule added a label.
  case labelMatch(LabelMatchStatement)
  /// All nested statements match.
  case and(AndStatement)
  /// At least one nested statement matches.
  case or(OrStatement)
  /// The nested statement does not match.
  case not(NotStatement)
  /// Too many requests that have something in common arrived lately.
  case rateBased(RateBasedStatement)
  /// A managed rule group is run.
  case managedRuleGroup(ManagedRuleGroupStatement)
  /// A rule group of one's own is run.
  case ruleGroupReference(RuleGroupReferenceStatement)
  /// A statement that nobody knows.
  case opaque(OpaqueStatement)

  /// The names of the statements in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A byte match.
    case byteMatch = "ByteMatchStatement"
    /// A regular expression.
    case regexMatch = "RegexMatchStatement"
    /// A regex pattern set.
    case regexPatternSetReference = "RegexPatternSetReferenceStatement"
    /// A size constraint.
    case sizeConstraint = "SizeConstraintStatement"
    /// SQL injection.
    case sqliMatch = "SqliMatchStatement"
    /// Cross-site scripting.
    case xssMatch = "XssMatchStatement"
    /// An IP set.
    case ipSetReference = "IPSetReferenceStatement"
    /// Countries.
    case geoMatch = "GeoMatchStatement"
    /// Autonomous systems.
    case asnMatch = "AsnMatchStatement"
    /// A label.
    case labelMatch = "LabelMatchStatement"
    /// All of some statements.
    case and = "AndStatement"
    /// One of some statements.
    case or = "OrStatement"
    /// The negation of a statement.
    case not = "NotStatement"
    /// A rate of requests.
    case rateBased = "RateBasedStatement"
    /// A managed rule group.
    case managedRuleGroup = "ManagedRuleGroupStatement"
    /// A rule group of one's own.
    case ruleGroupReference = "RuleGroupReferenceStatement"
  }

  /// Which statement it is; `nil` for one that nobody knows.
  public var kind: Kind? {
    switch self {
    case .byteMatch: .byteMatch
    case .regexMatch: .regexMatch
    case .regexPatternSetReference: .regexPatternSetReference
    case .sizeConstraint: .sizeConstraint
    case .sqliMatch: .sqliMatch
    case .xssMatch: .xssMatch
    case .ipSetReference: .ipSetReference
    case .geoMatch: .geoMatch
    case .asnMatch: .asnMatch
    case .labelMatch: .labelMatch
    case .and: .and
    case .or: .or
    case .not: .not
    case .rateBased: .rateBased
    case .managedRuleGroup: .managedRuleGroup
    case .ruleGroupReference: .ruleGroupReference
    case .opaque: nil
    }
  }

  /// The name of the statement in documents.
  public var wireName: String {
    if case .opaque(let statement) = self { return statement.kind }
    return kind?.rawValue ?? ""
  }

  /// Whether the statement runs a rule group.
  public var isRuleGroup: Bool {
    switch self {
    case .managedRuleGroup, .ruleGroupReference: true
    default: false
    }
  }
}

/// A statement that nobody knows, or that has something in it that nobody knows, as the document
/// has it.
public struct OpaqueStatement: Hashable, Sendable {
  /// The statement's name in the document.
  public var kind: String
  /// What stands under that name.
  public var node: Node

  /// Creates a statement.
  public init(kind: String, node: Node) {
    self.kind = kind
    self.node = node
  }
}
