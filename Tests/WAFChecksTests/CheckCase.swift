import Diagnostics
import DocumentTree
import Testing
import WAFChecks
import WAFModel

/// A document and what the checks find in it.
///
/// The marks ⟦ and ⟧ stand around each place that a finding points to.
struct CheckCase: CustomTestStringConvertible {
  enum Document {
    case webACL
    case ruleGroup
    case ipSet
    case regexPatternSet
  }

  var document = Document.webACL
  var text: String
  /// Severity and code of each finding, in the order of their places.
  var found: [String]
  /// A part of a message, a note or a suggestion.
  var says = ""
  var isStrict = false
  /// Where it is set, the components are held against the resource as well.
  var resourceType: String?
  var testDescription: String { String(text.prefix(300)) }

  // MARK: Kinds of cases

  /// The members of a web ACL beside its default action.
  static func acl(
    _ members: String, _ found: String..., says: String = "", isStrict: Bool = false
  ) -> CheckCase {
    CheckCase(
      text: "{\"DefaultAction\": {\"Allow\": {}}, \(members)}", found: found, says: says,
      isStrict: isStrict)
  }

  /// The members of a web ACL, the default action among them.
  static func bareACL(_ members: String, _ found: String..., says: String = "") -> CheckCase {
    CheckCase(text: "{\(members)}", found: found, says: says)
  }

  /// The members of a rule group.
  static func group(_ members: String, _ found: String..., says: String = "") -> CheckCase {
    CheckCase(document: .ruleGroup, text: "{\(members)}", found: found, says: says)
  }

  static func ipSet(
    _ addresses: String, version: String = "IPV4", more: String = "", _ found: String...,
    says: String = ""
  ) -> CheckCase {
    CheckCase(
      document: .ipSet,
      text: "{\(more)\"IPAddressVersion\": \"\(version)\", \"Addresses\": \(addresses)}",
      found: found, says: says)
  }

  static func patternSet(
    _ expressions: String, more: String = "", _ found: String..., says: String = ""
  ) -> CheckCase {
    CheckCase(
      document: .regexPatternSet, text: "{\(more)\"RegularExpressionList\": \(expressions)}",
      found: found, says: says)
  }

  /// The members of a rule beside its name and priority.
  static func rule(_ members: String, _ found: String..., says: String = "") -> CheckCase {
    var test = acl("\"Rules\": [{\"Name\": \"rule\", \"Priority\": 0, \(members)}]", says: says)
    test.found = found
    return test
  }

  /// The statement of a rule that counts.
  static func statement(
    _ statement: String, _ found: String..., says: String = "", on resourceType: String? = nil
  ) -> CheckCase {
    var test = rule("\"Statement\": \(statement), \"Action\": {\"Count\": {}}", says: says)
    test.found = found
    test.resourceType = resourceType
    return test
  }

  /// The members of a managed rule group statement of AWS beside the vendor.
  static func managed(
    _ members: String, acl more: String = "", _ found: String..., says: String = ""
  ) -> CheckCase {
    var test = acl(
      """
      \(more)"Rules": [{"Name": "rule", "Priority": 0, "OverrideAction": {"None": {}}, "Statement":
        {"ManagedRuleGroupStatement": {"VendorName": "AWS", \(members)}}}]
      """, says: says)
    test.found = found
    return test
  }

  /// The members of a rate-based statement beside the limit, in a rule that blocks.
  static func rate(_ members: String, _ found: String..., says: String = "") -> CheckCase {
    var test = rule(
      """
      "Action": {"Block": {}}, "Statement": {"RateBasedStatement": {"Limit": 100, \(members)}}
      """, says: says)
    test.found = found
    return test
  }

  /// A byte match statement; `search` and `field` are JSON.
  static func bytes(
    _ search: String, constraint: String = "CONTAINS", types: [String] = ["NONE"],
    field: String = #"{"UriPath": {}}"#, more: String = "", _ found: String...,
    says: String = "", on resourceType: String? = nil
  ) -> CheckCase {
    var test = statement(
      """
      {"ByteMatchStatement": {"SearchString": \(search), "PositionalConstraint": "\(constraint)",
        \(more)"FieldToMatch": \(field), "TextTransformations": \(transformations(types))}}
      """, says: says, on: resourceType)
    test.found = found
    return test
  }
}

func transformations(_ types: [String]) -> String {
  let steps = types.enumerated().map { #"{"Priority": \#($0), "Type": "\#($1)"}"# }
  return "[\(steps.joined(separator: ", "))]"
}

/// Some text as a list of JSON, from numbers.
func list(_ range: Range<Int>, _ element: (Int) -> String) -> String {
  range.map(element).joined(separator: ", ")
}

let geo = #"{"GeoMatchStatement": {"CountryCodes": ["DE"]}}"#
let none = #"[{"Priority": 0, "Type": "NONE"}]"#
let managedGroup = #"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "X"}}"#

func arn(_ kind: String, _ name: String = "x", scope: String = "regional") -> String {
  let region = scope == "global" ? "us-east-1" : "eu-central-1"
  return "arn:aws:wafv2:\(region):111122223333:\(scope)/\(kind)/\(name)/0"
}
