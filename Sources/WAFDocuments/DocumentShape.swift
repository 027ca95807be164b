import DocumentTree

/// What a document is, told from its members.
enum DocumentShape: Hashable {
  /// A wafv2 document; the name is that of the member that wraps it, if one does.
  case wafv2(Resource, wrapper: String?)
  /// Rules or a statement without a web ACL around them.
  case partial(PartialDocument)
  /// Something that wafcast does not read, in words, and what to do instead.
  case other(String, advice: String)

  /// The kinds of wafv2 documents.
  enum Resource: String, Hashable, CaseIterable {
    case webACL = "WebACL"
    case ruleGroup = "RuleGroup"
    case ipSet = "IPSet"
    case regexPatternSet = "RegexPatternSet"

    /// Whether such a document has rules.
    var hasRules: Bool { self == .webACL || self == .ruleGroup }

    /// The kind in words.
    var inWords: String {
      switch self {
      case .webACL: "a web ACL"
      case .ruleGroup: "a rule group"
      case .ipSet: "an IP set"
      case .regexPatternSet: "a regex pattern set"
      }
    }
  }

  /// Members that only the service makes (semantics: SearchString is base64 there).
  private static let serviceMembers = ["ARN", "LockToken", "Capacity", "LabelNamespace"]

  static let exportAdvice = "export the web ACL with 'aws wafv2 get-web-acl'"

  init(of root: Node) {
    switch root.kind {
    case .object(let members):
      self = Self.shape(of: root, names: Set(members.map(\.key)))
    case .array(let elements):
      let isRules =
        !elements.isEmpty && elements.allSatisfy { $0["Statement"] != nil || $0["Name"] != nil }
      self = isRules ? .partial(.ruleList) : .other("a list", advice: Self.exportAdvice)
    default:
      self = .other(root.kindInWords, advice: Self.exportAdvice)
    }
  }

  private static func shape(of root: Node, names: Set<String>) -> DocumentShape {
    if isJSONSchema(root) { return .other("a JSON Schema", advice: exportAdvice) }
    for resource in Resource.allCases
    where root[resource.rawValue]?.members != nil && !names.contains("DefaultAction") {
      return .wafv2(resource, wrapper: resource.rawValue)
    }
    if let foreign = foreign(root, names: names) { return foreign }
    if names.contains("DefaultAction") { return .wafv2(.webACL, wrapper: nil) }
    if names.contains("IPAddressVersion") || names.contains("Addresses") {
      return .wafv2(.ipSet, wrapper: nil)
    }
    if names.contains("RegularExpressionList") {
      return .wafv2(.regexPatternSet, wrapper: nil)
    }
    if let arn = root["ARN"]?.text {
      if arn.contains("/webacl/") { return .wafv2(.webACL, wrapper: nil) }
      if arn.contains("/rulegroup/") { return .wafv2(.ruleGroup, wrapper: nil) }
    }
    if names.contains("Statement") {
      return .partial(names.count == 1 ? .statement : .rule)
    }
    if names.contains("Rules") {
      if names.contains("Capacity") { return .wafv2(.ruleGroup, wrapper: nil) }
      // With the bookkeeping of a web ACL it is one that lacks a member, which is then reported.
      if names.contains("Name") || names.contains("VisibilityConfig") {
        return .wafv2(.webACL, wrapper: nil)
      }
      return .partial(.rules)
    }
    if let name = names.first, names.count == 1, name.hasSuffix("Statement") {
      return .partial(.statement)
    }
    if let name = nameOfStatement(with: names) {
      return .other(
        "the inside of a \(name)", advice: "put its name around it: {\"\(name)\": {…}}")
    }
    return .other("no wafv2 document", advice: exportAdvice)
  }

  /// The statement that such members are of, where they stand without its name.
  private static func nameOfStatement(with names: Set<String>) -> String? {
    let marks = [
      ("AggregateKeyType", "RateBasedStatement"), ("VendorName", "ManagedRuleGroupStatement"),
      ("PositionalConstraint", "ByteMatchStatement"), ("RegexString", "RegexMatchStatement"),
      ("ComparisonOperator", "SizeConstraintStatement"), ("CountryCodes", "GeoMatchStatement"),
      ("AsnList", "AsnMatchStatement"),
    ]
    return marks.first { names.contains($0.0) }?.1
  }

  /// Whether the document describes documents: wafv2's own members all start with capitals.
  private static func isJSONSchema(_ root: Node) -> Bool {
    root["$schema"] != nil
      || root.members?.contains { $0.value["type"]?.text == "object" } ?? false
  }

  /// Documents of other tools, and outputs of other commands.
  private static func foreign(_ root: Node, names: Set<String>) -> DocumentShape? {
    let hasResources =
      root["Resources"]?.members?.contains { $0.value["Type"]?.text != nil } ?? false
    if names.contains("AWSTemplateFormatVersion") || hasResources {
      return .other(
        "a CloudFormation template", advice: "not supported yet; " + exportAdvice)
    }
    let terraform: Set = [
      "terraform_version", "planned_values", "resource_changes", "terraform", "resource",
    ]
    if !names.isDisjoint(with: terraform) {
      return .other("a Terraform document", advice: "not supported yet; " + exportAdvice)
    }
    if names.contains("WebACLs") || names.contains("Summary") {
      return .other(
        "a summary without rules", advice: exportAdvice)
    }
    return nil
  }

  /// Whether the document has members that only the service makes.
  static func isFromService(_ root: Node, wrapper: String?) -> Bool {
    let inner = wrapper.flatMap { root[$0] } ?? root
    // An update's input has a lock token too, but there it stands beside the rules.
    if wrapper != nil, root["LockToken"] != nil { return true }
    return serviceMembers.contains { inner[$0] != nil }
  }
}
