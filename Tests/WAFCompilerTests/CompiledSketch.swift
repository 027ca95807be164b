import Diagnostics
import ManagedRules
import WAFCompiler
import WAFDocuments
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// A web ACL in the words of a test, compiled.
struct CompiledSketch {
  var program: Program
  var diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - rules: the rules, in JSON.
  ///   - members: other members of the web ACL, in JSON, each with a comma after it.
  init(
    _ rules: [String], members: String = "", bundle: DocumentBundle = DocumentBundle(),
    catalogue: RulesetCatalogue = RulesetCatalogue(),
    options: CompilerOptions = CompilerOptions(), allowUnknown: Bool = false
  ) throws {
    let text = """
      {"Name": "acl", "Scope": "REGIONAL", \(members)
       "DefaultAction": {"Allow": {}},
       "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
         "MetricName": "acl"},
       "Rules": [\(rules.joined(separator: ",\n"))]}
      """
    let loaded = DocumentLoader(
      options: LoadingOptions(searchString: .plain, allowUnknown: allowUnknown)
    ).load(aclBytes: Array(text.utf8), file: "acl.json")
    guard let webACL = loaded.webACL else { throw Refused(diagnostics: loaded.diagnostics) }
    (program, diagnostics) = Compiler.compile(
      webACL, bundle: bundle, catalogue: catalogue, options: options)
  }

  struct Refused: Error {
    var diagnostics: [Diagnostic]
  }

  /// The conditions of the rules, in evaluation order.
  var formulas: [Formula] { program.ruleInfo.map(\.formula) }
  var paths: [String] { program.ruleInfo.map(\.path) }
  /// What nothing recorded can settle.
  var evidence: [String] { program.unknowables.map(\.evidence) }

  func verdict(on record: RequestRecord) -> Verdict {
    var evaluator = Evaluator(program)
    return evaluator.evaluate(record)
  }
}

/// A rule in JSON.
func rule(
  _ name: String, _ priority: Int, _ statement: String, action: String = "Block",
  more: String = ""
) -> String {
  """
  {"Name": "\(name)", "Priority": \(priority), "Action": {"\(action)": {}},
   "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
     "MetricName": "m"}, \(more)
   "Statement": \(statement)}
  """
}

/// A rule that runs a group, in JSON.
func groupRule(
  _ name: String, _ priority: Int, _ statement: String, override: String = "None"
) -> String {
  """
  {"Name": "\(name)", "Priority": \(priority), "OverrideAction": {"\(override)": {}},
   "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
     "MetricName": "m"},
   "Statement": \(statement)}
  """
}

/// `types` are the text transformations in the order of the array, with their priorities.
func byteMatch(
  _ search: String, _ field: String = "\"UriPath\": {}", position: String = "CONTAINS",
  types: [(Int, String)] = [(0, "NONE")]
) -> String {
  let chain = types.map { "{\"Priority\": \($0.0), \"Type\": \"\($0.1)\"}" }
  return """
    {"ByteMatchStatement": {"SearchString": "\(search)", "FieldToMatch": {\(field)},
      "PositionalConstraint": "\(position)", "TextTransformations": [\(chain.joined(separator: ","))]}}
    """
}

func regexMatch(_ pattern: String) -> String {
  """
  {"RegexMatchStatement": {"RegexString": "\(pattern)", "FieldToMatch": {"UriPath": {}},
    "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
  """
}

func labelMatch(_ key: String, _ scope: String = "LABEL") -> String {
  "{\"LabelMatchStatement\": {\"Scope\": \"\(scope)\", \"Key\": \"\(key)\"}}"
}

func ipSetReference(_ name: String) -> String {
  "{\"IPSetReferenceStatement\": {\"ARN\": \"\(arn("ipset", name))\"}}"
}

func patternSetReference(_ name: String) -> String {
  """
  {"RegexPatternSetReferenceStatement": {"ARN": "\(arn("regexpatternset", name))",
    "FieldToMatch": {"UriPath": {}},
    "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
  """
}

func ruleGroupReference(_ name: String, more: String = "") -> String {
  "{\"RuleGroupReferenceStatement\": {\"ARN\": \"\(arn("rulegroup", name))\"\(more)}}"
}

func managedGroup(_ name: String, vendor: String = "AWS", more: String = "") -> String {
  "{\"ManagedRuleGroupStatement\": {\"VendorName\": \"\(vendor)\", \"Name\": \"\(name)\"\(more)}}"
}

func arn(_ kind: String, _ name: String) -> String {
  "arn:aws:wafv2:eu-central-1:111122223333:regional/\(kind)/\(name)/id"
}

extension DocumentBundle {
  static func ipSet(
    _ addresses: [String], version: IPSet.IPAddressVersion = .ipv4
  ) -> DocumentBundle {
    DocumentBundle(ipSets: [
      Located(
        value: IPSet(
          name: "set", arn: arn("ipset", "set"), ipAddressVersion: version,
          addresses: addresses),
        file: "set.json")
    ])
  }

  static func patternSet(_ patterns: [String]) -> DocumentBundle {
    DocumentBundle(regexPatternSets: [
      Located(
        value: RegexPatternSet(
          name: "set", arn: arn("regexpatternset", "set"), regularExpressionList: patterns),
        file: "set.json")
    ])
  }

  static func ruleGroup(_ rules: [Rule], name: String = "group") -> DocumentBundle {
    DocumentBundle(ruleGroups: [
      Located(
        value: RuleGroup(name: name, arn: arn("rulegroup", name), rules: rules),
        file: "group.json")
    ])
  }
}

extension Rule {
  /// A rule of a group that matches a word in the path.
  static func path(
    _ name: String, _ priority: Int, _ word: String, _ action: RuleAction, labels: [String] = []
  ) -> Rule {
    Rule(
      name: name, priority: priority,
      statement: .byteMatch(
        ByteMatchStatement(
          searchString: SearchString(bytes: Array(word.utf8)), fieldToMatch: .uriPath,
          textTransformations: [TextTransformation(priority: 0, type: .none)],
          positionalConstraint: .contains)),
      action: action, ruleLabels: labels.map { Label(name: $0) })
  }
}
