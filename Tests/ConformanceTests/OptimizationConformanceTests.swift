import Foundation
import ManagedRules
import PredictedRecords
import TestSupport
import Testing
import WAFEngine
import WAFProgram
import WAFRequests
import WAFTraffic
import Wafcast

/// What an evaluator does to be quick changes no byte of a predicted record.
///
/// That is asked of everything that lies in `corpora`; `OracleTests` asks it of generated web ACLs. Cases and groups have some of the ways by turns; with `OPTIMIZATION_PAIRS` they have them all, and
/// groups all the requests.
@Suite struct OptimizationConformanceTests {
  private static let isThorough =
    ProcessInfo.processInfo.environment["OPTIMIZATION_PAIRS"] != nil

  @Test(arguments: try ConformanceFile.all())
  func conformance(_ file: ConformanceFile) throws {
    for (index, item) in file.cases.enumerated() {
      guard let acl = try item.load(), let request = item.request else { continue }
      let record = try RequestRecord(logLine: request.description)
      expectTheSame(acl, [record, record, record], item.name, Self.variants(turn: index))
    }
  }

  @Test(arguments: ["web-acl.json", "web-acl-with-exclusion.json"])
  func demo(_ file: String) throws {
    let folder = ShippedRequests.corpora.appending(path: "demo")
    let acl = try loadWebACL(
      folder.appending(path: file).path,
      with: [folder.appending(path: "ip-set-monitoring.json").path])
    let records = try ShippedRequests.demo()
    #expect(records.count > 400)
    expectTheSame(acl, records, file, Self.allVariants)
  }

  /// Groups as they are, and with all rules counting, so that each is asked.
  @Test(arguments: RulesetCatalogue.bundled().groups.map(\.name), [false, true])
  func managedGroup(_ name: String, allCount: Bool) throws {
    let group = try #require(RulesetCatalogue.bundled().group(vendorName: "AWS", name: name))
    let acl = try loadWebACL(
      bytes: Array(webACL(group, allCount: allCount).utf8), file: "acl.json",
      options: LoadOptions(searchString: .plain))
    let records =
      try ShippedRequests.labelled() + ShippedRequests.detectorValues()
      + ShippedRequests.observations(of: group) + ShippedRequests.demo()
    // Every record is tried with some group.
    let step = Self.isThorough ? 1 : 9
    let turn = RulesetCatalogue.bundled().groups.firstIndex { $0.name == name } ?? 0
    let some = stride(from: turn % step, to: records.count, by: step).map { records[$0] }
    // What comes again may be remembered.
    let again = some.prefix(some.count / 2) + some.prefix(some.count / 4)
    expectTheSame(acl, some + again, name, Self.variants(turn: allCount ? turn : turn + 1))
  }

  private func webACL(_ group: ManagedRuleGroup, allCount: Bool) -> String {
    let overrides = group.content(version: nil).rules.map { rule in
      #"{"Name": "\#(rule.name)", "ActionToUse": {"Count": {}}}"#
    }
    let configuration: [String: String] = [
      "AWSManagedRulesBotControlRuleSet": #""InspectionLevel": "TARGETED""#,
      "AWSManagedRulesATPRuleSet": #""LoginPath": "/login""#,
      "AWSManagedRulesACFPRuleSet": """
      "CreationPath": "/login", "RegistrationPagePath": "/register",
      "RequestInspection": {"PayloadType": "JSON"}
      """,
      "AWSManagedRulesAntiDDoSRuleSet": """
      "ClientSideActionConfig": {"Challenge": {
        "UsageOfAction": "ENABLED", "ExemptUriRegularExpressions": [{"RegexString": "^/api/"}]}}
      """,
    ]
    let configurations = configuration[group.name].map { #"{"\#(group.name)": {\#($0)}}"# }
    let visibility = """
      "VisibilityConfig": {"SampledRequestsEnabled": false, "CloudWatchMetricsEnabled": false,
        "MetricName": "m"}
      """
    return """
      {"Name": "acl", "DefaultAction": {"Allow": {}}, \(visibility), "Rules": [
        {"Name": "group", "Priority": 0, "OverrideAction": {"None": {}}, \(visibility),
         "Statement": {"ManagedRuleGroupStatement": {
           "VendorName": "AWS", "Name": "\(group.name)",
           "ManagedRuleGroupConfigs": [\(configurations ?? "")],
           "RuleActionOverrides": [\(allCount ? overrides.joined(separator: ",") : "")]}}}]}
      """
  }

  private typealias Variant = (name: String, options: EngineOptions)

  private func expectTheSame(
    _ acl: CompiledWebACL, _ records: [RequestRecord], _ name: String, _ variants: [Variant]
  ) {
    let plain = lines(acl.program, records, .none)
    for (variant, options) in variants {
      let quick = lines(acl.program, records, options)
      for (index, (own, other)) in zip(quick, plain).enumerated() where own != other {
        Issue.record("\(name), record \(index), \(variant): \(own) is not \(other)")
        break
      }
    }
  }

  private func lines(
    _ program: Program, _ records: [RequestRecord], _ options: EngineOptions
  ) -> [String] {
    var evaluator = Evaluator(program, options: options)
    return records.map { record in
      let verdict = evaluator.evaluate(record)
      var details = VerdictDetails()
      evaluator.copyDetails(for: verdict, into: &details)
      evaluator.noteMatchDetails(for: verdict, record, into: &details)
      var writer = PredictedRecordWriter(program, masksSecrets: false)
      var line: [UInt8] = []
      writer.append(
        record, verdict, details, needs: evaluator.needs(for: verdict, record), to: &line)
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// All on, and some of the others by turns.
  private static func variants(turn: Int) -> [Variant] {
    if isThorough { return allVariants }
    return allVariants.indices.filter { $0 == 0 || ($0 + turn) % 4 == 0 }.map { allVariants[$0] }
  }

  /// All on, each alone on, each alone off.
  private static let allVariants: [Variant] = {
    var found: [Variant] = [("all", .all)]
    for (name, path) in EngineOptions.switches {
      var (alone, missing) = (EngineOptions.none, EngineOptions.all)
      alone[keyPath: path] = true
      missing[keyPath: path] = false
      found += [("\(name) alone", alone), ("all but \(name)", missing)]
    }
    return found
  }()
}

/// The requests that lie in `corpora`.
private enum ShippedRequests {
  static let corpora = ConformanceCase.directory.deletingLastPathComponent()

  private static func lines(_ path: String) throws -> [JSONValue] {
    try Data(contentsOf: corpora.appending(path: path)).split(separator: UInt8(ascii: "\n"))
      .map { try JSONValue(parsing: $0) }
  }

  static func demo() throws -> [RequestRecord] {
    try lines("demo/requests.ndjson").map { try RequestRecord(logLine: $0.description) }
  }

  static func labelled() throws -> [RequestRecord] {
    try ["attacks", "benign"].flatMap { try lines("labelled/\($0).ndjson") }.map { request in
      let uri = (request["uri"]?.text ?? "").split(separator: "?", maxSplits: 1)
      let body = Data(base64Encoded: request["body_base64"]?.text ?? "") ?? Data()
      return try record([
        "httpMethod": request["method"] ?? .null, "uri": .string(uri.first.map(String.init) ?? ""),
        "args": .string(uri.count > 1 ? String(uri[1]) : ""),
        "body": .string(String(decoding: body, as: UTF8.self)),
        "headers": .array(
          (request["headers"]?.elements ?? []).map { header in
            .object(["name": header.elements[0], "value": header.elements[1]])
          }),
      ])
    }
  }

  /// The values of the detectors' sets, as they are and percent-encoded, in all places of a request.
  static func detectorValues() throws -> [RequestRecord] {
    let values = try ["sql-injection", "cross-site-scripting"].flatMap {
      try lines("detectors/\($0).jsonl")
    }.compactMap { $0["value"]?.text }
    return try values.enumerated().map { index, value in
      let encoded = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value
      func text(_ place: Int) -> String {
        index % 5 == place ? value : (index + 1) % 5 == place ? encoded : "plain"
      }
      return try record([
        "httpMethod": .string("POST"), "uri": .string("/p/" + text(0)),
        "args": .string("q=\(text(1))&page=1"), "body": .string(text(2)),
        "headers": .array(
          [
            ("host", "shop.example"), ("user-agent", "Mozilla/5.0 (X11) " + text(3)),
            ("cookie", "sid=1234567890; note=" + text(4)),
          ].map { .object(["name": .string($0.0), "value": .string($0.1)]) }),
      ])
    }
  }

  static func observations(of group: ManagedRuleGroup) throws -> [RequestRecord] {
    try ObservationCase.all.filter { $0.group.name == group.name }
      .map { try RequestRecord(logLine: $0.record.description) }
  }

  private static func record(_ request: [String: JSONValue]) throws -> RequestRecord {
    let common: [String: JSONValue] = [
      "clientIp": .string("192.0.2.10"), "country": .string("DE"),
      "httpVersion": .string("HTTP/1.1"), "requestId": .string("1"),
    ]
    let line = JSONValue.object([
      "timestamp": .number("1792047600000"), "formatVersion": .number("1"),
      "httpSourceName": .string("ALB"),
      "httpRequest": .object(common.merging(request) { $1 }),
    ])
    return try RequestRecord(logLine: line.description)
  }
}

extension RequestRecord {
  fileprivate init(logLine: String) throws {
    self.init()
    try WAFLogDecoder().decode(
      Array(logLine.utf8).span, position: RecordPosition(), into: &self)
  }
}

/// A file of cases.
struct ConformanceFile: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var cases: [ConformanceCase]

  static func all() throws -> [ConformanceFile] {
    try Dictionary(grouping: ConformanceCase.all()) { $0.file }
      .map { ConformanceFile(testDescription: $0, cases: $1) }
  }
}

extension ConformanceCase {
  /// The web ACL of the case; nil where it is to be refused.
  fileprivate func load() throws -> CompiledWebACL? {
    let directory = try TemporaryDirectory()
    var others: [String] = []
    for (index, document) in documents.enumerated() {
      others.append(try directory.write("document-\(index).json", document.description))
    }
    do throws(LoadFailure) {
      return try loadWebACL(
        bytes: Array(acl.description.utf8), file: "acl.json", with: others,
        options: try loadOptions())
    } catch {
      return nil
    }
  }
}
