import Behaviour
import Bytes
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests
import WAFTraffic

/// A small web ACL: a Count rule, an own group, a managed group, a terminating rule.
enum TestProgram {
  static let arn =
    "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/a1b2c3d4-5678-90ab-cdef-111111111111"

  /// How the managed group of the program is used.
  struct Usage {
    var adminOverride = RuleInfo.Override.none
    var managedIsCounted = false
    var scopeDownPath: String?
    var hasGeo = false
    var unmodelled = false
    var defaultCode: UInt16 = 0
    var blockCode: UInt16 = 0
    var arn = TestProgram.arn
  }

  static func make(_ usage: Usage = Usage()) -> Program {
    var builder = ProgramBuilder()
    addWatch(&builder, usage)
    addOwnGroup(&builder)
    addAdminProtection(&builder, usage)
    if usage.unmodelled { addReputation(&builder) }
    addBodyRule(&builder, usage)
    return builder.finish { program in
      program.webACLARN = usage.arn
      program.webACLName = "shop"
    }
  }

  private static func addWatch(_ builder: inout ProgramBuilder, _ usage: Usage) {
    builder.beginTopRule(top("watch-logins"))
    var formula = starts(with: "/login", &builder)
    if usage.hasGeo {
      let germany = CountryCode("DE".utf8).map { [$0] } ?? []
      formula = .or([
        formula, .leaf(builder.leaf(.country(builder.countrySet(germany), source: 0))),
      ])
    }
    add(
      "watch-logins", "watch-logins", formula, .count,
      labels: ["awswaf:111122223333:webacl:shop:login"], hasGeo: usage.hasGeo, &builder)
  }

  private static func addOwnGroup(_ builder: inout ProgramBuilder) {
    builder.beginTopRule(
      top(
        "own", .ruleGroup,
        id: "arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/own/x"))
    let scanner = header("user-agent", contains: "sqlmap", &builder)
    add("scanner", "own/scanner", scanner, .block, &builder)
    let curl = header("user-agent", contains: "curl", &builder)
    add("count-curl", "own/count-curl", curl, .count, &builder)
  }

  private static func addAdminProtection(_ builder: inout ProgramBuilder, _ usage: Usage) {
    var rule = top("admin", .managedRuleGroup, id: "AWS#AWSManagedRulesAdminProtectionRuleSet")
    rule.isOverriddenToCount = usage.managedIsCounted
    if let path = usage.scopeDownPath {
      rule.scopeDownFormula = .not(starts(with: path, &builder))
    }
    builder.beginTopRule(rule)
    let branch = starts(with: "/admin", &builder)
    let managed = builder.managedRule(
      ManagedCondition(
        name: "AWSManagedRulesAdminProtectionRuleSet/AdminProtection_URIPATH",
        branches: [
          .init(
            entry: builder.code(branch), formula: branch, fidelity: .high,
            looksFor: "paths of administration")
        ], missLevel: .exact, assumption: nil),
      identity: "AWSManagedRulesAdminProtectionRuleSet/AdminProtection_URIPATH")
    let formula = Formula.leaf(builder.leaf(.managedRule(managed)))
    let info = RuleInfo(
      name: "AdminProtection_URIPATH", path: "admin/AdminProtection_URIPATH", ownAction: .block,
      override: usage.adminOverride, formula: formula, managed: managed)
    builder.addRule(
      info, action: usage.adminOverride == .none ? .block : .count,
      labels: ["awswaf:managed:aws:admin-protection:AdminProtection_URIPath"],
      geo: GeoSources(rawValue: 0))
  }

  static func addReputation(_ builder: inout ProgramBuilder) {
    builder.beginTopRule(
      top("reputation", .managedRuleGroup, id: "AWS#AWSManagedRulesAmazonIpReputationList"))
    let managed = builder.managedRule(
      ManagedCondition(
        name: "AWSManagedRulesAmazonIpReputationList/List", branches: [], missLevel: .assumed,
        assumption: .noMatch),
      identity: "AWSManagedRulesAmazonIpReputationList/List")
    let formula = Formula.leaf(builder.leaf(.managedRule(managed)))
    builder.addRule(
      RuleInfo(
        name: "List", path: "reputation/List", ownAction: .block, override: .none,
        formula: formula, managed: managed), action: .block, labels: [],
      geo: GeoSources(rawValue: 0))
  }

  private static func addBodyRule(_ builder: inout ProgramBuilder, _ usage: Usage) {
    builder.beginTopRule(top("no-evil-bodies"))
    let slot = builder.slot(.body, [])
    let formula = Formula.leaf(
      builder.leaf(
        .bytes(slot, search: builder.search(Array("evil".utf8)), .contains, .inspectStart)))
    add(
      "no-evil-bodies", "no-evil-bodies", formula, .block, responseCode: usage.blockCode, &builder)
  }

  // MARK: Parts

  private static func top(
    _ name: String, _ kind: TopRule.Kind = .plain, id: String = ""
  ) -> TopRule {
    TopRule(
      name: name, kind: kind, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
      isOverriddenToCount: false, opaqueGroup: nil, groupID: id)
  }

  private static func add(
    _ name: String, _ path: String, _ formula: Formula, _ action: Action, labels: [String] = [],
    hasGeo: Bool = false, responseCode: UInt16 = 0, _ builder: inout ProgramBuilder
  ) {
    var info = RuleInfo(
      name: name, path: path, ownAction: action, override: .none, formula: formula, managed: nil)
    if responseCode != 0 { info.handling.answer = CustomAnswer(code: responseCode) }
    builder.addRule(
      info, action: action, labels: labels,
      geo: hasGeo ? .client : GeoSources(rawValue: 0))
  }

  private static func starts(with path: String, _ builder: inout ProgramBuilder) -> Formula {
    let slot = builder.slot(.uriPath, [])
    let search = builder.search(Array(path.utf8))
    return .leaf(builder.leaf(.bytes(slot, search: search, .startsWith, .inspectStart)))
  }

  private static func header(
    _ name: String, contains text: String, _ builder: inout ProgramBuilder
  ) -> Formula {
    let slot = builder.slot(.singleHeader(name: Array(name.utf8)), [])
    let search = builder.search(Array(text.utf8))
    return .leaf(builder.leaf(.bytes(slot, search: search, .contains, .inspectStart)))
  }
}

/// Decodes log records, as the doors do.
struct LogDecoder: RecordDecoder {
  private let decoder = WAFLogDecoder()

  func decode(
    _ bytes: Span<UInt8>, format: UInt8, position: RecordPosition, into record: inout RequestRecord
  ) throws(RejectReason) {
    do throws(RecordError) {
      try decoder.decode(bytes, position: position, into: &record)
    } catch {
      throw RejectReason(code: error.code.rawValue, message: error.message, offset: error.offset)
    }
  }
}

/// Records in memory, some to a batch; what is no JSON object in `lines` is a framing reject.
struct LineSource: RecordSource {
  var lines: [String]
  var batchSize: Int
  private var next = 0
  private var offset = 0

  init(_ lines: [String], batchSize: Int = 7) {
    self.lines = lines
    self.batchSize = batchSize
  }

  mutating func nextBatch() throws -> RecordBatch? {
    guard next < lines.count else { return nil }
    var batch = RecordBatch(file: 0, bytes: [], records: [])
    for line in lines[next..<min(next + batchSize, lines.count)] {
      let bytes = Array(line.utf8)
      if line.hasPrefix("{") {
        let start = batch.bytes.count
        batch.bytes += bytes
        batch.records.append(
          RecordBatch.Record(bounds: start..<batch.bytes.count, offset: offset))
      } else {
        batch.rejects.append(
          RejectedRecord(
            position: RecordPosition(file: 0, offset: offset), count: bytes.count,
            reason: RejectReason(code: "not-a-record", message: "no record", offset: 0),
            bytes: bytes))
      }
      offset += bytes.count + 1
    }
    next += batchSize
    return batch
  }
}
