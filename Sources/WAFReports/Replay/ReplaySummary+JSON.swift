import IPAddressing
package import ReportText
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

extension ReplaySummary {
  /// The version of the JSON form: raised when a reader could misunderstand it.
  package static let schema = "wafcast.replay/1"

  /// The whole report; the order of members and elements depends on the input alone.
  package var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", Self.schema)
    members.add("stamp", stamp.json)
    members.add("webACL", webACLName)
    members.add("records", records)
    members.add("outcomes", outcomes(report.outcomes))
    members.add("rules", .array(report.rules.map { json($0) }))
    members.add("undecided", undecided)
    members.add("routes", table(report.routes, "route") { outcomes($0) })
    members.add("clients", clients)
    members.add("countries", table(report.countries, "country") { outcomes($0) })
    members.add(
      "assumptions",
      .array(
        report.assumptions.map {
          .object([
            JSONMember("assumption", .string($0.name)),
            JSONMember("verdicts", .integer($0.verdicts)),
          ])
        }))
    if report.expectations.stated > 0 { members.add("expectations", expectations) }
    if let cure { members.add("cure", cure.json) }
    return .object(members)
  }

  // MARK: Records

  private var records: JSONValue {
    var members: [JSONMember] = []
    members.add("evaluated", report.evaluated)
    members.add("rejected", report.rejects.count)
    members.add("predictions", report.predictions)
    members.add("otherWebACL", report.recordedUnderOtherWebACL)
    if !report.otherWebACLs.isEmpty {
      members.add(
        "otherWebACLs", table(report.otherWebACLs, "arn") { count($0.requests) })
    }
    add(report.times, to: &members)
    if report.rejects.count > 0 { members.add("rejects", rejects) }
    return .object(members)
  }

  private var rejects: JSONValue {
    let kinds = report.rejects.byCode.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let samples = report.rejects.samples.samples.map { sample in
      var members: [JSONMember] = []
      members.add("input", name(ofInput: sample.position.file))
      members.add("offset", sample.position.offset)
      members.add("bytes", sample.count)
      members.add("code", sample.reason.code)
      members.add("message", sample.reason.message)
      members.add("begins", shown(sample.bytes))
      return JSONValue.object(members)
    }
    return .object([
      JSONMember("byCode", .object(kinds.map { JSONMember($0.key, .integer($0.value)) })),
      JSONMember("samples", .array(samples)),
    ])
  }

  private func add(_ times: TimeSpan, to members: inout [JSONMember]) {
    members.add("firstTimestamp", ifPresent: times.first.map { Int($0) })
    members.add("lastTimestamp", ifPresent: times.last.map { Int($0) })
  }

  // MARK: Counts

  private func outcomes(_ counts: OutcomeCounts) -> JSONValue {
    var members: [JSONMember] = []
    members.add("requests", counts.requests)
    members.add(
      "blocked",
      .object([
        JSONMember("forCertain", .integer(counts.blockedForCertain)),
        JSONMember("predicted", .integer(counts.predictedBlocked)),
        JSONMember("possibly", .integer(counts.possiblyBlocked)),
      ]))
    members.add("challenged", challenged(counts))
    if counts.possiblyMonetized > 0 {
      members.add(
        "monetized",
        .object([
          JSONMember("forCertain", .integer(counts.certain(.monetize))),
          JSONMember("predicted", .integer(counts.predicted(.monetize))),
          JSONMember("possibly", .integer(counts.possiblyMonetized)),
        ]))
    }
    members.add(
      "allowed",
      .object([
        JSONMember("forCertain", .integer(counts.certain(.allow))),
        JSONMember("predicted", .integer(counts.predictedAllowed)),
      ]))
    members.add("counted", counts.counted)
    members.add("indeterminate", counts.indeterminate)
    members.add(
      "byCertainty",
      .object(Certainty.allCases.map { JSONMember($0.name, .integer(counts.count($0))) }))
    return .object(members)
  }

  private func challenged(_ counts: OutcomeCounts) -> JSONValue {
    var members: [JSONMember] = []
    members.add("forCertain", counts.challengedForCertain)
    members.add("predicted", counts.predictedChallenged)
    members.add("possibly", counts.possiblyChallenged)
    if counts.predictedChallenged > 0 {
      members.add("byCaptcha", counts.predicted(.captcha))
      members.add("byChallenge", counts.predicted(.challenge))
    }
    return .object(members)
  }

  private func count(_ requests: Int) -> JSONValue {
    .object([JSONMember("requests", .integer(requests))])
  }

  /// A table, largest first; `isExact` tells whether all keys are counted.
  private func table<Value>(
    _ table: BoundedTable<Value>, _ keyName: String, limit: Int = 1000,
    _ value: (Value) -> JSONValue
  ) -> JSONValue {
    let entries = table.top(limit).map { entry in
      Self.entry(keyName, .string(shown(entry.key)), value(entry.value))
    }
    return .object([
      JSONMember("distinct", .integer(table.distinctKeys)),
      JSONMember("isExact", .bool(table.isExact)),
      JSONMember("top", .array(entries)),
    ])
  }

  private static func entry(
    _ keyName: String, _ key: JSONValue, _ value: JSONValue
  ) -> JSONValue {
    guard case .object(let members) = value else { return value }
    return .object([JSONMember(keyName, key)] + members)
  }

  private var clients: JSONValue {
    let entries = report.topClients(1000).map {
      Self.entry("client", .string($0.address.description), outcomes($0.outcomes))
    }
    return .object([
      JSONMember("distinct", .integer(report.distinctClients)),
      JSONMember("isExact", .bool(report.clientCount.isExact && report.clients.isExact)),
      JSONMember("top", .array(entries)),
    ])
  }

  // MARK: Rules

  private func json(_ rule: RuleReport) -> JSONValue {
    var members: [JSONMember] = []
    members.add("rule", rule.rule.path)
    members.add("kind", String(describing: rule.rule.kind))
    members.add("group", ifPresent: rule.rule.groupName)
    members.add("action", ifPresent: rule.rule.action?.logName)
    if rule.rule.ownAction != rule.rule.action {
      members.add("ownAction", ifPresent: rule.rule.ownAction?.logName)
    }
    if rule.rule.groupIsOverriddenToCount { members.add("groupOverride", "COUNT") }
    let facts = facts[rule.rule.path]
    if rule.rule.action == .block { members.add("responseCode", ifPresent: facts?.responseCode) }
    if let rate = facts?.rate {
      members.add("limit", rate.limit)
      members.add("windowSeconds", rate.windowSeconds)
    }
    members.add("ended", rule.ended)
    members.add("counted", rule.counted)
    members.add("possible", rule.possible)
    guard rule.isTouched else { return .object(members) }
    members.add(
      "endedByCertainty",
      .object(Certainty.allCases.map { JSONMember($0.name, .integer(rule.ended($0))) }))
    let fidelities = BranchFidelity.allCases.map {
      JSONMember($0.name, .integer(rule.matchesByFidelity[Int($0.rawValue)]))
    }
    if rule.weakestFidelity != nil { members.add("matchesByFidelity", .object(fidelities)) }
    guard rule.matches > 0 else { return .object(members) }
    members.add("clients", rule.distinctClients)
    members.add("clientsAreExact", .bool(rule.clients.isExact))
    add(rule.times, to: &members)
    members.add(
      "routes",
      table(rule.routes, "route", limit: 100) { tally in
        var members: [JSONMember] = [JSONMember("requests", .integer(tally.requests))]
        if let first = tally.first { members.add("first", json(first)) }
        return .object(members)
      })
    members.add("countries", table(rule.countries, "country") { count($0.requests) })
    members.add("examples", .array(rule.examples.samples.map { json($0) }))
    return .object(members)
  }

  private func json(_ example: RequestExample) -> JSONValue {
    var members: [JSONMember] = []
    members.add("input", name(ofInput: example.position.file))
    members.add("offset", example.position.offset)
    if !example.requestID.isEmpty { members.add("requestId", shown(example.requestID)) }
    members.add("timestamp", ifPresent: example.timestamp.map { Int($0) })
    members.add("method", shown(example.method))
    if !example.host.isEmpty { members.add("host", shown(example.host)) }
    members.add("path", shown(example.path))
    members.add("query", ifPresent: example.query.map { shown($0) })
    members.add("client", ifPresent: example.client?.description)
    members.add("action", example.action.logName)
    members.add("certainty", example.certainty.name)
    if example.certainty == .indeterminate {
      members.add("possible", .strings(example.possible.actions.map(\.logName)))
    }
    members.add("rule", example.rule)
    return .object(members)
  }

  // MARK: What cannot be decided

  private var undecided: JSONValue {
    let needs = report.sortedNeeds.map { entry -> JSONValue in
      var members: [JSONMember] = []
      members.add("evidence", entry.need.evidence)
      members.add("rule", entry.need.rule)
      add(entry.report, to: &members)
      return .object(members)
    }
    let evidence = report.sortedEvidence.map { entry -> JSONValue in
      var members: [JSONMember] = []
      members.add("evidence", entry.evidence)
      add(entry.report, to: &members)
      return .object(members)
    }
    var members: [JSONMember] = []
    members.add("requests", report.outcomes.indeterminate)
    members.add("evidence", .array(evidence))
    members.add("needs", .array(needs))
    members.add(
      "routes", table(report.indeterminateRoutes, "route", limit: 100) { outcomes($0) })
    members.add("examples", .array(report.indeterminateExamples.samples.map { json($0) }))
    return .object(members)
  }

  private func add(_ need: NeedReport, to members: inout [JSONMember]) {
    members.add("requests", need.requests)
    members.add("possiblyBlocked", need.possiblyBlocked)
    members.add("routes", table(need.routes, "route", limit: 100) { count($0.requests) })
    members.add("examples", .array(need.examples.samples.map { json($0) }))
  }

  private var expectations: JSONValue {
    var members: [JSONMember] = []
    members.add("held", report.expectations.held)
    members.add("failed", report.expectations.failed)
    members.add("undecided", report.expectations.undecided)
    let failures = report.expectations.failures.samples.map { failure -> JSONValue in
      var members: [JSONMember] = []
      members.add("expectedAction", failure.expectedAction)
      members.add("expectedRule", failure.expectedRule)
      members.add("request", json(failure.request))
      return .object(members)
    }
    members.add("failures", .array(failures))
    return .object(members)
  }
}

extension Stamp {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("program", "wafcast")
    members.add("version", version)
    members.add("command", .strings(command))
    members.add("webACL", webACL.json)
    members.add("documents", .array(documents.map(\.json)))
    members.add("rulesetsSha256", rulesetsSHA256)
    members.add("traffic", .array(traffic.map(\.json)))
    members.add("assumptions", .strings(assumptions))
    return .object(members)
  }
}

extension Stamp.Input {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("name", name)
    members.add("sha256", ifPresent: sha256)
    return .object(members)
  }
}

extension Cure {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("rule", topName)
    members.add("statement", statementName)
    members.add("place", ifPresent: place)
    members.add("frees", requests)
    members.add("labelsStillAdded", .strings(labels))
    members.add("member", .object([JSONMember("RuleActionOverrides", .array(overrides))]))
    return .object(members)
  }
}
