package import DocumentTree

/// How one component of requests is hidden.
public struct DataProtection: Hashable, Sendable {
  /// The component.
  public var field: FieldToProtect
  /// What stands in its place.
  public var action: DataProtectionAction
  /// Whether the details of rule matches keep the value; `false` where it is absent.
  public var excludeRuleMatchDetails: Bool?
  /// Whether the details of rate-based rules keep the value; `false` where it is absent.
  public var excludeRateBasedDetails: Bool?

  /// Creates a protection.
  public init(
    field: FieldToProtect, action: DataProtectionAction, excludeRuleMatchDetails: Bool? = nil,
    excludeRateBasedDetails: Bool? = nil
  ) {
    self.field = field
    self.action = action
    self.excludeRuleMatchDetails = excludeRuleMatchDetails
    self.excludeRateBasedDetails = excludeRateBasedDetails
  }
}

/// What stands in the place of a protected value.
public enum DataProtectionAction: String, Hashable, Sendable, CaseIterable {
  /// A fixed text, such as `REDACTED`.
  case substitution = "SUBSTITUTION"
  /// A hash of the value in hexadecimal digits.
  case hash = "HASH"
}

extension DataProtection: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let field = object.required("Field", as: FieldToProtect.self)
    let action = object.required("Action", as: DataProtectionAction.self)
    let excludeRuleMatchDetails = object.optional("ExcludeRuleMatchDetails", as: Bool.self)
    let excludeRateBasedDetails = object.optional("ExcludeRateBasedDetails", as: Bool.self)
    object.finish()
    guard !object.isBroken, let field, let action else { return nil }
    self.init(
      field: field, action: action, excludeRuleMatchDetails: excludeRuleMatchDetails,
      excludeRateBasedDetails: excludeRateBasedDetails)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Field", field)
    members.add("Action", action)
    members.add("ExcludeRuleMatchDetails", excludeRuleMatchDetails)
    members.add("ExcludeRateBasedDetails", excludeRateBasedDetails)
    return members.node
  }
}

extension DataProtectionAction: WireWord, TreeWritable {}
