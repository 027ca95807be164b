import Diagnostics
import WAFDocuments
import WAFModel

/// Documents of the tests.
enum Samples {
  static let rule = #"""
    {"Name": "path", "Priority": 0, "Action": {"Block": {}}, "Statement": {"ByteMatchStatement":
      {"SearchString": "L2FkbWlu", "FieldToMatch": {"UriPath": {}}, "PositionalConstraint":
      "CONTAINS", "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}
    """#
  static let acl = #"{"Name": "shop", "DefaultAction": {"Allow": {}}, "Rules": [\#(rule)]}"#
  static let visibility =
    #""VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "#
    + #""MetricName": "m"}"#
  static let visibleRule = rule.replacing(
    #""Name": "path","#, with: #""Name": "path", \#(visibility),"#)
  static let createInput =
    #"{"Name": "shop", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "#
    + #""Rules": [\#(visibleRule)], \#(visibility), "Tags": []}"#
  static let getOutput = #"{"WebACL": \#(acl), "LockToken": "1", "ApplicationIntegrationURL": ""}"#
  static let forResource = #"{"WebACL": \#(acl)}"#
  static let ruleGroup =
    #"{"RuleGroup": {"Name": "g", "ARN": "arn:group", "Capacity": 5, "Rules": [\#(rule)]}}"#
  static let ipSet =
    #"{"IPSet": {"Name": "i", "ARN": "arn:ip", "IPAddressVersion": "IPV4", "#
    + #""Addresses": ["192.0.2.0/24"]}, "LockToken": "1"}"#
  static let patternSet =
    #"{"RegexPatternSet": {"ARN": "arn:regex", "RegularExpressionList": [{"RegexString": "a"}]}}"#
}

/// Loads a web ACL from text.
func load(
  _ text: String, file: String = "acl.json", _ options: LoadingOptions = LoadingOptions()
) -> LoadedDocuments {
  DocumentLoader(options: options).load(aclBytes: Array(text.utf8), file: file)
}

/// The search strings of a web ACL's byte match rules, as text.
func searchStrings(_ loaded: LoadedDocuments) -> [String] {
  (loaded.webACL?.value.rules ?? []).compactMap { rule in
    guard case .byteMatch(let statement) = rule.statement else { return nil }
    return String(decoding: statement.searchString.bytes, as: UTF8.self)
  }
}

/// Diagnostics as severity and code.
func codes(_ loaded: LoadedDocuments) -> [String] {
  loaded.diagnostics.map { "\($0.severity.rawValue) \($0.code)" }
}
