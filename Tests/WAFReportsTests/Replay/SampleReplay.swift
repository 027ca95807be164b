import ReportText
import WAFEngine
import WAFProgram
import WAFReplay
import WAFReports
import WAFRequests

/// A small web ACL in front of a shop, and requests to run it over.
enum SampleReplay {
  static let adminGroup = "AWSManagedRulesAdminProtectionRuleSet"
  static let commonGroup = "AWSManagedRulesCommonRuleSet"

  // MARK: The program

  static let program: Program = {
    var builder = ProgramBuilder()
    addPlain("monitoring", .allow, path: "/health", .startsWith, to: &builder)
    addPlain(
      "block-login-probe", .block, path: "/wp-login.php", .endsWith, responseCode: 404,
      to: &builder)
    addPlain("watch-api", .count, path: "/api/", .startsWith, labels: ["shop:api"], to: &builder)
    beginGroup("admin-protection", adminGroup, to: &builder)
    addManaged(
      "admin-protection", adminGroup, "AdminProtection_URIPATH",
      .bytes(
        builder.slot(.uriPath, []), search: builder.search(Array("/admin".utf8)), .startsWith,
        .inspectStart), .high, .approximate,
      label: "awswaf:managed:aws:admin-protection:AdminProtection_URIPath", to: &builder)
    beginGroup("common-rules", commonGroup, to: &builder)
    addManaged(
      "common-rules", commonGroup, "SizeRestrictions_BODY",
      .size(builder.slot(.body, []), .greater, 8192, .match), .exact, .exact,
      label: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body", to: &builder)
    for rule in ["BODY", "COOKIE", "QUERYARGUMENTS", "URIPATH"] {
      addManaged(
        "common-rules", commonGroup, "CrossSiteScripting_\(rule)", nil, .exact, .assumed,
        label: "awswaf:managed:aws:core-rule-set:CrossSiteScripting_\(rule)", to: &builder)
    }
    return builder.finish { program in
      program.webACLName = "shop"
      program.webACLARN = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1"
    }
  }()

  private static func addPlain(
    _ name: String, _ action: Action, path: String, _ position: Position, labels: [String] = [],
    responseCode: UInt16 = 0, to builder: inout ProgramBuilder
  ) {
    let leaf = builder.leaf(
      .bytes(
        builder.slot(.uriPath, []), search: builder.search(Array(path.utf8)), position,
        .inspectStart))
    builder.beginTopRule(
      TopRule(
        name: name, kind: .plain, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
        isOverriddenToCount: false, opaqueGroup: nil, groupID: ""))
    builder.addRule(
      RuleInfo(
        name: name, path: name, ownAction: action, override: .none, formula: .leaf(leaf),
        managed: nil,
        handling: CustomHandling(
          answer: responseCode == 0 ? nil : CustomAnswer(code: responseCode))),
      action: action, labels: labels, geo: [])
  }

  private static func beginGroup(
    _ name: String, _ group: String, to builder: inout ProgramBuilder
  ) {
    builder.beginTopRule(
      TopRule(
        name: name, kind: .managedRuleGroup, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
        isOverriddenToCount: false, opaqueGroup: nil,
        groupID: "AWS#\(group)"))
  }

  private static func addManaged(
    _ top: String, _ group: String, _ name: String, _ condition: Condition?,
    _ fidelity: BranchFidelity, _ missLevel: EvidenceLevel, label: String,
    to builder: inout ProgramBuilder
  ) {
    var branches: [ManagedCondition.Branch] = []
    if let condition {
      let formula = Formula.leaf(builder.leaf(condition))
      branches.append(
        ManagedCondition.Branch(
          entry: builder.code(formula), formula: formula, fidelity: fidelity, looksFor: "it"))
    }
    let managed = builder.managedRule(
      ManagedCondition(
        name: "\(group)/\(name)", branches: branches, missLevel: missLevel,
        assumption: branches.isEmpty ? .noMatch : nil), identity: "\(group)/\(name)")
    let leaf = builder.leaf(.managedRule(managed))
    builder.addRule(
      RuleInfo(
        name: name, path: "\(top)/\(name)", ownAction: .block, override: .none,
        formula: .leaf(leaf), managed: managed), action: .block, labels: [label], geo: [])
  }

  // MARK: The requests

  /// Requests as a shop sees them.
  static let requests: [RequestRecord] = {
    var records: [RequestRecord] = []
    let countries = ["DE", "DE", "FR", "AT"]
    func add(_ method: String, _ uri: String, _ times: Int, body: [UInt8]? = nil) {
      for index in 0..<times {
        var record = RequestRecord(
          method: method, uri: uri, headers: [("Host", "shop.example")], body: body,
          clientIP: "203.0.113.\(index % 7 + 1)", country: countries[index % 4])
        record.timestamp = 1_792_047_605_802 + Int64(records.count) * 60_000
        record.position = RecordPosition(file: 0, offset: records.count * 1000)
        records.append(record)
      }
    }
    add("GET", "/", 60)
    add("GET", "/health", 12)
    add("GET", "/products/42?page=2", 80)
    add("GET", "/admin/", 20)
    add("POST", "/admin/login/?next=/admin/&token=s3cret", 12, body: Array("user=x".utf8))
    add("GET", "/admin/shop/order/1234/change/", 9)
    add("GET", "/wp-login.php", 3)
    add("GET", "/api/stock", 6)
    add("POST", "/api/orders", 5, body: [UInt8](repeating: 0x61, count: 9000))
    let undecided = records.count
    add("POST", "/api/orders", 14)
    add("POST", "/upload", 8)
    for index in undecided..<records.count {
      records[index].body = .notRecorded
      records[index].bodySize = .unknown
    }
    return records
  }()

  static func report(
    _ records: [RequestRecord] = requests, rejects: [RejectedRecord] = []
  ) async throws -> ReplayReport {
    try await ReplayRun(program, options: ReplayOptions(workers: 1)).report(
      on: PreparedSource(count: records.count, rejects: rejects),
      decoder: PreparedDecoder(records: records))
  }

  static func summary(_ report: ReplayReport, cure: Bool = true) -> ReplaySummary {
    let facts = RuleFacts.all(of: program)
    var found: Cure?
    if cure, let rule = Cure.usualRule(of: report) {
      found = Cure(
        topName: rule.topName, ruleName: rule.innerName,
        statementName: "ManagedRuleGroupStatement",
        existing: [
          .object([
            JSONMember("Name", .string("Other_RULE")),
            JSONMember("ActionToUse", .object([JSONMember("Block", .object([]))])),
          ])
        ], place: "acl.json:56", labels: facts[rule.path]?.labels ?? [],
        requests: report.rules.first { $0.rule == rule }?.ended ?? 0)
    }
    return ReplaySummary(
      report: report, webACLName: "shop", webACLFile: "acl.json", inputs: ["requests.ndjson"],
      facts: facts, cure: found,
      stamp: Stamp(
        version: "0.0.0", command: ["replay", "acl.json", "requests.ndjson"],
        webACL: Stamp.Input(name: "acl.json", sha256: "00ff"), rulesetsSHA256: "11ee",
        traffic: [Stamp.Input(name: "requests.ndjson", sha256: nil)]))
  }
}

/// Records that need no reading: each is its number.
struct PreparedSource: RecordSource {
  var count: Int
  var rejects: [RejectedRecord]
  private var isDone = false

  init(count: Int, rejects: [RejectedRecord]) {
    self.count = count
    self.rejects = rejects
  }

  mutating func nextBatch() -> RecordBatch? {
    guard !isDone else { return nil }
    isDone = true
    var bytes: [UInt8] = []
    var records: [RecordBatch.Record] = []
    for index in 0..<count {
      let text = Array(String(index).utf8)
      records.append(
        RecordBatch.Record(
          bounds: bytes.count..<bytes.count + text.count, offset: index * 1000))
      bytes += text
    }
    return RecordBatch(file: 0, bytes: bytes, records: records, rejects: rejects)
  }
}

struct PreparedDecoder: RecordDecoder {
  var records: [RequestRecord]

  func decode(
    _ bytes: Span<UInt8>, format: UInt8, position: RecordPosition, into record: inout RequestRecord
  ) throws(RejectReason) {
    var number = 0
    for index in bytes.indices { number = number * 10 + Int(bytes[index] - 0x30) }
    record = records[number]
    record.position = position
  }
}
