import Diagnostics
import Findings
import ReportText

// SARIF 2.1.0 as GitHub's code scanning takes it: one run a web ACL, one result a finding.

extension GateReport {
  /// GitHub shows no more than this many results of a run.
  private static let mostResults = 5_000
  /// GitHub refuses a file with more runs than this.
  private static let mostRuns = 20

  var sarif: JSONValue {
    var members: [JSONMember] = []
    members.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    members.add("version", "2.1.0")
    members.add("runs", .array(runs))
    return .object(members)
  }

  private var runs: [JSONValue] {
    // A report of nothing has a run too: it may tell that nothing could be done.
    guard !sections.isEmpty else { return [run([], id: "wafcast/")] }
    let own = sections.count > Self.mostRuns ? Self.mostRuns - 1 : sections.count
    var uses: [String: Int] = [:]
    var runs = sections.prefix(own).map { section in
      // Two runs of one category are refused.
      let count = (uses[section.name] ?? 0) + 1
      uses[section.name] = count
      let name = printable(short(section.name)) + (count > 1 ? "#\(count)" : "")
      return run([section], id: "wafcast/\(name)/")
    }
    if own < sections.count { runs.append(run(Array(sections[own...]), id: "wafcast/#others/")) }
    return runs
  }

  private func run(_ sections: [GateSection], id: String) -> JSONValue {
    var driver: [JSONMember] = []
    driver.add("name", "wafcast")
    if let version = stamp.first(where: { $0.name == "version" })?.value {
      driver.add("semanticVersion", version)
    }
    driver.add("rules", .array(FindingKind.allCases.map(\.sarifRule)))
    var invocation: [JSONMember] = []
    invocation.add("executionSuccessful", .bool(outcome == .passed || outcome == .failed))
    var told = notices.prefix(20).map { (level: outcome == .error ? "error" : "warning", text: $0) }
    if isPartial {
      told.insert(("error", "interrupted: the results are on a part of the traffic"), at: 0)
    }
    if !told.isEmpty {
      invocation.add(
        "toolExecutionNotifications",
        .array(
          told.map {
            .object([
              JSONMember("level", .string($0.level)), JSONMember("message", sarifMessage($0.text)),
            ])
          }))
    }
    var members: [JSONMember] = []
    members.add("tool", .object([JSONMember("driver", .object(driver))]))
    members.add(
      "automationDetails",
      .object([JSONMember("id", .string(id))]))
    members.add("invocations", .array([.object(invocation)]))
    members.add("columnKind", "utf16CodeUnits")
    // What fails is not cut off.
    let found = sections.flatMap { section in
      section.findings.map { finding in
        var finding = finding
        // A result without a place is not shown.
        finding.location = finding.location ?? Finding.Location(file: section.file)
        return finding
      }
    }.failingFirst
    members.add(
      "results",
      .array(found.prefix(Self.mostResults).map(\.sarifResult)))
    var properties: [JSONMember] = []
    properties.add("outcome", outcome.rawValue)
    properties.add("verdict", printable(verdict))
    properties.add("webACLs", .strings(sections.map { printable(short($0.name)) }))
    if found.count > Self.mostResults {
      properties.add("omittedResults", found.count - Self.mostResults)
    }
    members.add("properties", .object(properties))
    return .object(members)
  }
}

extension FindingKind {
  /// `WAFCAST001`, …: stable, as code scanning knows an alert by it.
  var sarifID: String {
    let number = (Self.allCases.firstIndex(of: self) ?? 0) + 1
    return "WAFCAST" + String(repeating: "0", count: number < 10 ? 2 : 1) + "\(number)"
  }

  fileprivate var sarifRule: JSONValue {
    let words = explanation
    func text(_ value: String) -> JSONValue { .object([JSONMember("text", .string(value))]) }
    var members: [JSONMember] = []
    members.add("id", sarifID)
    members.add(
      "name",
      rawValue.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
    members.add("shortDescription", text(words.short))
    members.add("fullDescription", text(words.full))
    members.add(
      "help",
      .object([
        JSONMember("text", .string(words.help)), JSONMember("markdown", .string(words.help)),
      ]))
    members.add("defaultConfiguration", .object([JSONMember("level", .string(defaultLevel))]))
    members.add(
      "properties",
      .object([
        JSONMember("tags", .strings(["waf", isChange ? "availability" : "configuration"])),
        JSONMember("precision", .string("high")),
        JSONMember(
          "problem.severity", .string(defaultLevel == "note" ? "recommendation" : defaultLevel)),
      ]))
    return .object(members)
  }

  private var defaultLevel: String {
    switch self {
    case .newlyBlocked, .newlyChallenged, .expectationFailed, .budgetExceeded, .noReadableRequest,
      .suppressionExpired, .unreadableTraffic, .tooFewRequests, .noRuleReached:
      "error"
    case .newlyAllowed, .engineMismatch, .otherWebACL, .tooManyIndeterminate, .lowCoverage,
      .unreadableRecord, .suppressionUnused:
      "warning"
    case .newlyCounted, .noLongerCounted, .ruleChanged, .newlyIndeterminate: "note"
    }
  }

  /// What it is, what it means, and what to do.
  var explanation: (short: String, full: String, help: String) {
    switch self {
    case .newlyBlocked:
      (
        "Recorded requests would newly be blocked",
        "The new web ACL blocks requests that the old one lets pass or challenges.",
        "Look at the examples. If the requests are wanted, override the rule's action to Count or "
          + "narrow it by a scope-down statement; the finding has the override to paste."
      )
    case .newlyAllowed:
      (
        "Recorded requests would newly be allowed",
        "The new web ACL lets requests pass that the old one stops.",
        "Look whether the requests are attacks; the finding names the rule that stopped them."
      )
    case .newlyChallenged:
      (
        "Recorded requests would newly be challenged",
        "The new web ACL answers requests with a CAPTCHA, a challenge or a price.",
        "Clients without a browser can't answer: look at the user agents of the finding."
      )
    case .newlyCounted:
      (
        "Recorded requests would newly be counted", "A rule counts requests that it did not count.",
        "See what the rule would do if it acted before you let it."
      )
    case .noLongerCounted:
      (
        "Recorded requests would no longer be counted",
        "A rule does not count requests any more that it counted.",
        "Nothing is to be done where that is what the change is for."
      )
    case .ruleChanged:
      (
        "Another rule ends the same requests",
        "The action stays, by another rule: logs, metrics and labels change.",
        "Alarms and dashboards on the rule that ended the requests will not see them any more."
      )
    case .newlyIndeterminate:
      (
        "What is recorded does not decide any more",
        "The new web ACL asks for evidence that the recording does not have.",
        "The finding lists what would settle it, such as the body."
      )
    case .expectationFailed:
      (
        "An expectation is not met", "A test, or a recorded expectation, comes out otherwise.",
        "The finding tells what was expected and what came, with the rules on the way."
      )
    case .budgetExceeded:
      (
        "A budget is exceeded", "A number in wafcast.yml is exceeded.",
        "Change the web ACL, or the budget where it is too narrow."
      )
    case .engineMismatch:
      (
        "The old web ACL is not what was recorded",
        "What the old web ACL is predicted to do is not what the recording says.",
        "The web ACL may have changed since the recording, or the prediction is wrong."
      )
    case .unreadableRecord:
      (
        "Records could not be read", "More records than allowed could not be read.",
        "`wafcast replay --rejects FILE` writes them aside with the reason."
      )
    case .unreadableTraffic:
      (
        "A recording could not be read", "A file or stream of traffic could not be read.",
        "The message says what is wrong with it."
      )
    case .noReadableRequest:
      (
        "Not one request could be read", "Without requests nothing is checked.",
        "Look at the paths of the corpora, and at the format of the files."
      )
    case .noRuleReached:
      (
        "No rule matched any request", "The traffic does not touch the rules of the web ACL.",
        "Use a recording of the service that the web ACL protects, with requests that rules are for."
      )
    case .tooFewRequests:
      (
        "Fewer requests than asked for", "The corpus is smaller than `minimum`.",
        "Record more traffic, or lower `minimum`."
      )
    case .otherWebACL:
      (
        "Recorded under another web ACL", "The records name another web ACL than the one checked.",
        "Use a recording of the resource that the web ACL protects."
      )
    case .tooManyIndeterminate:
      (
        "Too much is undecided", "More requests than allowed are indeterminate.",
        "Record what the finding asks for, such as bodies, or raise the limit."
      )
    case .lowCoverage:
      (
        "Tests cover too little", "Rules or statements were never seen at work by a test.",
        "The report lists what is not covered: write tests for it."
      )
    case .suppressionExpired:
      (
        "A suppression has expired", "The date of a suppression is over.",
        "Cure the finding, or ask its owner whether it still is accepted."
      )
    case .suppressionUnused:
      (
        "A suppression suppresses nothing", "No finding fits the suppression any more.",
        "Remove it from wafcast.yml."
      )
    }
  }
}

extension Finding {
  fileprivate var sarifResult: JSONValue {
    var members: [JSONMember] = []
    members.add("ruleId", kind.sarifID)
    members.add("ruleIndex", FindingKind.allCases.firstIndex(of: kind) ?? 0)
    members.add("level", severity.rawValue)
    members.add("message", sarifMessage(message))
    members.add("locations", .array(location.map { [$0.sarif] } ?? []))
    members.add(
      "partialFingerprints", .object([JSONMember("wafcastFinding/v1", .string(id))]))
    if let acceptance {
      members.add(
        "suppressions",
        .array([
          .object([
            JSONMember("kind", .string("external")), JSONMember("status", .string("accepted")),
            JSONMember("justification", .string(printable(short(acceptance.inWords, 1000)))),
          ])
        ]))
    }
    var properties: [JSONMember] = []
    properties.add("kind", kind.rawValue)
    properties.add("failing", .bool(isFailing))
    properties.add("rule", printable(short(rule)))
    if let radius {
      properties.add("requests", printable(radius.requests.inWords))
      properties.add("clients", radius.clients.text)
    }
    properties.add("details", .strings(detailLines.map { printable($0) }))
    members.add("properties", .object(properties))
    return .object(members)
  }
}

/// Braces are placeholders in messages of SARIF, and `[text](address)` is a link even in plain
/// text: a blank of no width keeps what a request holds from being one.
private func sarifMessage(_ text: String) -> JSONValue {
  var before: Unicode.Scalar = " "
  let escaped = printable(short(text, 1000)).escaping { scalar in
    defer { before = scalar }
    switch scalar {
    case "{": return "{{"
    case "}": return "}}"
    case "(" where before == "]": return "\u{200B}("
    default: return nil
    }
  }
  return .object([JSONMember("text", .string(escaped))])
}

extension Finding.Location {
  fileprivate var sarif: JSONValue {
    var region: [JSONMember] = []
    region.add("startLine", max(1, line ?? 1))
    if let column, line != nil { region.add("startColumn", max(1, column)) }
    return .object([
      JSONMember(
        "physicalLocation",
        .object([
          JSONMember(
            "artifactLocation",
            .object([
              JSONMember("uri", .string(percentEncoded(relativePath))),
              JSONMember("uriBaseId", .string("%SRCROOT%")),
            ])), JSONMember("region", .object(region)),
        ]))
    ])
  }

  /// Without what code review tools don't know: a revision, a leading `./`, an absolute path, more
  /// than a path has.
  var relativePath: String {
    var path = file
    if !path.hasPrefix("/"), let colon = path.firstIndex(of: ":"), colon != path.startIndex {
      path = String(path[path.index(after: colon)...])
    }
    while path.hasPrefix("./") { path.removeFirst(2) }
    while path.hasPrefix("/") { path.removeFirst() }
    return path.isEmpty ? "." : short(path, 1024)
  }
}

/// A path as a URI reference (RFC 3986).
private func percentEncoded(_ path: String) -> String {
  var result = ""
  for byte in path.utf8 {
    let scalar = Unicode.Scalar(byte)
    let isPlain =
      (scalar.properties.isAlphabetic && byte < 0x80) || (0x30...0x39).contains(byte)
      || "-._~/".utf8.contains(byte)
    if isPlain {
      result.unicodeScalars.append(scalar)
    } else {
      let digits = String(byte, radix: 16, uppercase: true)
      result += "%" + (digits.count < 2 ? "0" : "") + digits
    }
  }
  return result
}
