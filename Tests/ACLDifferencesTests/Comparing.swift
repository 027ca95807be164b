import ACLDifferences
import Diagnostics
import DocumentTree
import Findings
import Testing
import WAFDocuments
import WAFModel

/// Loads a document that can be used.
///
/// What the service refuses is compared too.
func loaded(
  _ text: String, file: String, with others: [String] = [],
  _ sourceLocation: SourceLocation = #_sourceLocation
) throws -> LoadedDocuments {
  let loaded = DocumentLoader(options: LoadingOptions(lenient: true)).load(
    aclBytes: Array(text.utf8), file: file, with: others)
  let errors = loaded.diagnostics.filter { $0.severity == .error }
  #expect(errors.isEmpty, "\(errors)", sourceLocation: sourceLocation)
  return loaded
}

func compared(_ old: LoadedDocuments, _ new: LoadedDocuments) throws -> [StructuralChange] {
  func documents(_ loaded: LoadedDocuments) throws -> ACLDocuments {
    ACLDocuments(try #require(loaded.webACL), bundle: loaded.bundle, sources: loaded.sources)
  }
  return ACLComparison(old: try documents(old), new: try documents(new)).changes
}

/// The changes between two web ACLs as lines: `changed rule "a": Action: Block → Count`.
func lines(
  _ old: String, _ new: String, file: String = "new.json",
  _ sourceLocation: SourceLocation = #_sourceLocation
) throws -> [String] {
  try compared(
    loaded(old, file: "old.json", sourceLocation), loaded(new, file: file, sourceLocation)
  ).map(line)
}

func line(_ change: StructuralChange) -> String {
  let details = change.details.isEmpty ? "" : ": " + change.details.joined(separator: "; ")
  return "\(change.kind.rawValue) \(change.subject)\(details)"
}

/// Documents of the tests.
enum Samples {
  static func acl(_ rules: String..., with members: String = "") -> String {
    #"{"Name": "shop", \#(members) "DefaultAction": {"Allow": {}}, "Rules": [\#(rules.joined(separator: ","))]}"#
  }

  static func rule(
    _ name: String, _ priority: Int = 0, _ statement: String = geo(),
    action: String = #""Action": {"Block": {}}"#, and members: String = ""
  ) -> String {
    #"{"Name": "\#(name)", "Priority": \#(priority), "Statement": \#(statement), \#(action)\#(members)}"#
  }

  static func geo(_ codes: String = #""US""#) -> String {
    #"{"GeoMatchStatement": {"CountryCodes": [\#(codes)]}}"#
  }

  static func bytes(
    _ text: String, _ field: String = #"{"UriPath": {}}"#, key: String = "SearchString",
    steps: String = #"{"Priority": 0, "Type": "NONE"}"#
  ) -> String {
    #"{"ByteMatchStatement": {"\#(key)": "\#(text)", "FieldToMatch": \#(field), "#
      + #""PositionalConstraint": "CONTAINS", "TextTransformations": [\#(steps)]}}"#
  }

  static func group(_ members: String = "") -> String {
    #"{"ManagedRuleGroupStatement": {"VendorName": "AWS", "#
      + #""Name": "AWSManagedRulesCommonRuleSet"\#(members)}}"#
  }

  static let noOverride = #""OverrideAction": {"None": {}}"#

  static func metric(_ name: String) -> String {
    #", "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "#
      + #""MetricName": "\#(name)"}"#
  }
}
