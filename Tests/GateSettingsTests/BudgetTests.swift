import Findings
import GateSettings
import Testing

@Suite struct BudgetTests {
  /// 1,000 requests of 1,010 records; 42 newly blocked (30 exact on POST /checkout/pay of clients
  /// 1–3, 12 assumed on GET /users/{id} of clients 3 and 4), 5 that only may be, 7 newly allowed.
  static let metrics = Metrics(
    changes: [
      .init(.newlyBlocked, "POST /checkout/pay", by: "common/XSS", exact: 30, clients: [1, 2, 3]),
      .init(.newlyBlocked, "GET /users/{id}", by: "block-users", assumed: 12, clients: [3, 4]),
      .init(.newlyBlocked, "GET /api/v1/a", by: "common/LFI", possible: 5, clients: [5, 6]),
      .init(.newlyAllowed, "GET /api/v1/b", by: "allow", exact: 7, clients: [9]),
      .init(.ruleChanged, "GET /x", by: "r2", exact: 1),
    ],
    requests: 1000, records: 1010, rejects: 10,
    totals: ["blocks": 100, "possible_blocks": 130, "allows": 900, "indeterminate": 13])

  struct Case: CustomTestStringConvertible {
    var expression: String
    var holds: Bool
    /// What the outcome says behind the expression.
    var actual: String
    var testDescription: String { expression }

    init(_ expression: String, _ holds: Bool, _ actual: String) {
      self.expression = expression
      self.holds = holds
      self.actual = actual
    }
  }

  static let values = [
    Case("new_blocks == 0", false, "is 42"),
    Case("new_blocks == 42", true, "is 42"),
    Case("new_blocks != 42", false, "is 42"),
    Case("new_blocks < 42", false, "is 42"),
    Case("new_blocks <= 42", true, "is 42"),
    Case("new_blocks > 41", true, "is 42"),
    Case("new_blocks >= 43", false, "is 42"),
    Case("42 >= new_blocks", true, "is 42"),
    Case("new_blocks < 1_000", true, "is 42"),
    Case("new_blocks.certain == 30", true, "is 30"),
    Case("new_blocks.predicted == 42", true, "is 42"),
    Case("new_blocks.possible == 47", true, "is 47"),
    Case("new_blocks.requests == 42", true, "is 42"),
    Case("new_blocks.requests.possible == 47", true, "is 47"),
    Case("new_blocks.possible.requests == 47", true, "is 47"),
    Case("new_blocks(\"/checkout/*\") == 30", true, "is 30"),
    Case("new_blocks('/checkout/*') == 30", true, "is 30"),
    Case("new_blocks(\"POST /checkout/*\") == 30", true, "is 30"),
    Case("new_blocks(\"GET /checkout/*\") == 0", true, "is 0"),
    Case("new_blocks(path: \"/users/{id}\") == 12", true, "is 12"),
    Case("new_blocks(path=\"/users/*\") == 12", true, "is 12"),
    Case("new_blocks(rule: \"common/*\").possible == 35", true, "is 35"),
    Case("new_blocks(rule: \"common\") == 0", true, "is 0"),
    Case("new_blocks(path: \"/**\", method: \"POST\") == 30", true, "is 30"),
    Case("new_blocks(\"/api/**\").possible == 5", true, "is 5"),
    Case("new_blocks(\"/api/**\", rule: \"x\").possible == 5", false, "is 0"),
    Case("new_blocks.clients == 4", true, "is 4"),
    Case("new_blocks(\"/checkout/*\").clients < 3", false, "is 3"),
    Case("new_blocks.clients.possible == 6", true, "is 6"),
    Case("new_blocks.clients.certain == 3", true, "is 3"),
    Case("new_allows == 7 ", true, "is 7"),
    Case("new_challenges == 0", true, "is 0"),
    Case("new_counts == 0", true, "is 0"),
    Case("lost_counts == 0", true, "is 0"),
    Case("rule_changes == 1", true, "is 1"),
    Case("new_indeterminate == 0", true, "is 0"),
    Case("changes == 50", true, "is 50"),
    Case("changes(rule: \"r2\") == 1", true, "is 1"),
    Case("requests >= 1000", true, "is 1000"),
    Case("requests.requests >= 1000", true, "is 1000"),
    Case("records == 1010", true, "is 1010"),
    Case("rejects == 10", true, "is 10"),
    Case("blocks == 100", true, "is 100"),
    Case("possible_blocks <= 129", false, "is 130"),
    Case("allows == 900", true, "is 900"),
    Case("challenges == 0", true, "is 0"),
    Case("counts == 0", true, "is 0"),
    Case("indeterminate < 2%", true, "is 1.3% (13 of 1000 requests)"),
    Case("indeterminate < 1.3%", false, "is 1.3% (13 of 1000 requests)"),
    Case("indeterminate <= 1.3%", true, "is 1.3% (13 of 1000 requests)"),
    Case("indeterminate < 1.300001 %", true, "is 1.3% (13 of 1000 requests)"),
    Case("2% > indeterminate", true, "is 1.3% (13 of 1000 requests)"),
    Case("rejects < 1%", true, "is 0.99% (10 of 1010 records)"),
    Case("requests > 99%", true, "is 99% (1000 of 1010 records)"),
    Case("new_blocks <= new_allows", false, "new_blocks is 42, new_allows is 7"),
    Case("new_blocks(\"/checkout/*\").requests < 0.1%", false, "is 3% (30 of 1000 requests)"),
  ]

  @Test(arguments: values) func value(_ test: Case) throws {
    let outcome = try Budget(test.expression).outcome(on: Self.metrics)
    #expect(outcome.holds == test.holds)
    #expect(outcome.isDecided)
    #expect(outcome.text == "\(test.expression): \(test.actual)")
  }

  /// `t` and `f` stand for comparisons that hold and do not.
  static let logic: [(String, Bool)] = [
    ("t and t", true), ("t and f", false), ("f or t", true), ("f or f", false),
    ("not f", true), ("not t", false), ("not not t", true),
    ("t or t and f", true), ("(t or t) and f", false),
    ("f and f or t", true), ("f and (f or t)", false),
    ("not f and f", false), ("not (f and f)", true), ("not f or t", true),
    ("((t))", true), ("not(t)and f", false), ("t\n  and t", true),
  ]

  @Test(arguments: logic) func precedence(_ expression: String, _ holds: Bool) throws {
    var text = ""
    for character in expression.replacing("and", with: "&").replacing("not", with: "!") {
      switch character {
      case "t": text += "blocks == 100"
      case "f": text += "blocks == 99"
      case "&": text += " and "
      case "!": text += " not "
      default: text.append(character)
      }
    }
    #expect(try Budget(text).outcome(on: Self.metrics).holds == holds)
  }

  @Test func severalValuesAreNamed() throws {
    let outcome = try Budget("new_blocks == 0 and indeterminate < 2% or new_blocks == 1")
      .outcome(on: Self.metrics)
    #expect(
      outcome.text == """
        new_blocks == 0 and indeterminate < 2% or new_blocks == 1: new_blocks is 42, \
        indeterminate is 1.3% (13 of 1000 requests)
        """)
  }

  // MARK: What is known by bounds only

  /// Of 10 requests of 5 clients 4 may not be blocked at all; a table of clients that overflowed.
  static func bounded(_ expression: String, estimate: Int? = nil) throws -> BudgetOutcome {
    var change = Metrics.Change(
      .newlyBlocked, "GET /a", exact: 6, possible: 4, clients: [1, 2, 3, 4, 5])
    if let estimate {
      change.clients = nil
      change.clientCount = BlastRadius.Count(estimate, isExact: false)
      change.requests = CertaintyCounts(exact: 100_000)
    }
    return try Budget(expression).outcome(on: Metrics(changes: [change], requests: 200_000))
  }

  static let undecided: [(String, Bool, Bool)] = [
    // Between 1 and 5 clients.
    ("new_blocks.clients <= 5", true, true), ("new_blocks.clients < 5", false, false),
    ("new_blocks.clients >= 1", true, true), ("new_blocks.clients == 3", false, false),
    ("new_blocks.clients == 6", false, true), ("new_blocks.clients != 6", true, true),
    ("not new_blocks.clients < 5", false, false),
    ("new_blocks.clients < 5 or requests > 0", true, true),
    ("new_blocks.clients < 5 and requests > 0", false, false),
    ("new_blocks.clients < 5 and requests == 0", false, true),
    ("new_blocks.clients.possible == 5", true, true),
  ]

  @Test(arguments: undecided)
  func bounds(_ expression: String, _ holds: Bool, _ isDecided: Bool) throws {
    let outcome = try Self.bounded(expression)
    #expect(outcome.holds == holds)
    #expect(outcome.isDecided == isDecided)
  }

  @Test func boundsAreTold() throws {
    #expect(
      try Self.bounded("new_blocks.clients < 5").text
        == "new_blocks.clients < 5: is between 1 and 5; not decided, so it does not hold")
    let estimated = try Self.bounded("new_blocks.clients < 2100", estimate: 2000)
    #expect(!estimated.holds && !estimated.isDecided)
    #expect(
      estimated.text == """
        new_blocks.clients < 2100: is ≈ 2000 (between 1727 and 2273); not decided, so it does \
        not hold
        """)
    #expect(try Self.bounded("new_blocks.clients < 2300", estimate: 2000).holds)
    #expect(try Self.bounded("new_blocks.clients > 1700", estimate: 2000).holds)
  }

  /// Clients that are counted twice where sets overlap are counted once; without sets nobody knows.
  @Test func unionsOfClients() throws {
    var first = Metrics.Change(.newlyBlocked, "GET /a", exact: 9, clients: nil)
    first.clientCount = BlastRadius.Count(4)
    let second = Metrics.Change(.newlyBlocked, "GET /b", exact: 3, clients: [1, 2])
    let metrics = Metrics(changes: [first, second], requests: 12)
    func outcome(_ text: String) throws -> BudgetOutcome { try Budget(text).outcome(on: metrics) }
    #expect(try outcome("new_blocks.clients >= 4").holds)
    #expect(try outcome("new_blocks.clients <= 6").holds)
    #expect(try !outcome("new_blocks.clients == 5").isDecided)
  }

  @Test func aShareOfNothingIsNotDecided() throws {
    let outcome = try Budget("indeterminate < 2%").outcome(on: Metrics())
    #expect(!outcome.holds && !outcome.isDecided)
    #expect(outcome.text.contains("a share of 0 requests"))
    #expect(try Budget("indeterminate < 2").outcome(on: Metrics()).holds)
  }

  @Test func hugeNumbersDoNotTrap() throws {
    var change = Metrics.Change(.newlyBlocked, "GET /a", exact: .max, possible: 0, clients: nil)
    change.clientCount = BlastRadius.Count(.max, isExact: false)
    let metrics = Metrics(changes: [change, change], requests: .max, records: .max)
    for text in [
      "new_blocks < 99.999999%", "new_blocks.clients > 999_999_999_999_999", "requests == 100%",
    ] {
      _ = try Budget(text).outcome(on: metrics)
    }
  }

  // MARK: Judging

  @Test func aBudgetThatIsExceeded() throws {
    let location = Finding.Location(file: "wafcast.yml", line: 7, column: 9)
    let setting = Setting(try Budget("new_blocks == 0"), from: .file(location))
    let check = setting.judge(Self.metrics, webACL: "shop")
    #expect(check.result.group == "budget")
    #expect(check.result.name == "new_blocks == 0")
    #expect(check.result.status == .failed)
    #expect(check.result.message == "new_blocks == 0: is 42")
    #expect(
      check.result.details == [
        "newly-blocked: 30 requests, POST /checkout/pay, by common/XSS",
        "newly-blocked: 12 requests, GET /users/{id}, by block-users",
      ])
    let finding = try #require(check.finding)
    #expect(finding.kind == .budgetExceeded)
    #expect(finding.isFailing && finding.severity == .error)
    #expect(finding.location == location)
    #expect(finding.webACL == "shop" && finding.subject == "new_blocks == 0")
  }

  @Test func aBudgetThatIsKept() throws {
    let check = Setting(try Budget("new_blocks < 100")).judge(Self.metrics, webACL: "shop")
    #expect(check.result.status == .passed && check.finding == nil)
  }

  @Test func aBudgetOfChangesNeedsAnOldSide() throws {
    let changes = Setting(try Budget("blocks > 0 and new_blocks == 0"))
    let check = changes.judge(Metrics(requests: 5), webACL: "shop", isCompared: false)
    #expect(check.result.status == .error)
    #expect(check.finding?.isFailing == true)
    let totals = Setting(try Budget("blocks == 0"))
    #expect(totals.judge(Metrics(), webACL: "shop", isCompared: false).finding == nil)
  }

  // MARK: Errors

  struct Mistake: CustomTestStringConvertible {
    /// With `¶` before the place that is meant.
    var expression: String
    var message: String
    var suggestion: String?
    var testDescription: String { expression }

    init(_ expression: String, _ message: String, _ suggestion: String? = nil) {
      self.expression = expression
      self.message = message
      self.suggestion = suggestion
    }
  }

  static let mistakes = [
    Mistake("¶", "a metric or a number is expected here, not the end"),
    Mistake("new_blocks¶", "a comparison is expected here, not the end"),
    Mistake("new_blocks ¶= 0", "a comparison is expected here, not '='", "=="),
    Mistake("new_blocks ¶: 0", "a comparison is expected here, not ':'"),
    Mistake("new_blocks ==¶", "a metric or a number is expected here, not the end"),
    Mistake("new_blocks == ¶and", "there is no metric 'and'"),
    Mistake("¶new_bloks == 0", "there is no metric 'new_bloks'", "new_blocks"),
    Mistake("¶new-blocks == 0", "there is no metric 'new-blocks'", "new_blocks"),
    Mistake("¶newly-blocked == 0", "there is no metric 'newly-blocked'", "new_blocks"),
    Mistake("¶frobnicate == 0", "there is no metric 'frobnicate'"),
    Mistake("new_blocks == 0 ¶&& blocks > 0", "'&&' is no operator", "and"),
    Mistake("new_blocks == 0 ¶|| blocks > 0", "'||' is no operator", "or"),
    Mistake("¶! (new_blocks == 0)", "'!' is no operator", "not"),
    Mistake("new_blocks ¶=> 0", "'=>' is no operator", ">="),
    Mistake("new_blocks ¶=< 0", "'=<' is no operator", "<="),
    Mistake("new_blocks ¶<> 0", "'<>' is no operator", "!="),
    Mistake("new_blocks ¶≤ 0", "'≤' is no operator"),
    Mistake("new_blocks == ¶-1", "there is no metric '-1'"),
    Mistake("new_blocks == ¶0x10", "this is no number"),
    Mistake(
      "new_blocks == ¶1000000000000000", "a number has 15 digits at most, and 6 behind the point"),
    Mistake("new_blocks < ¶0.0000001%", "a number has 15 digits at most, and 6 behind the point"),
    Mistake("new_blocks < ¶0.5", "a number of requests is whole"),
    Mistake("¶1 < 2", "both sides are numbers: no run can change the result"),
    Mistake("1 < new_blocks ¶< 3", "comparisons can't be chained"),
    Mistake(
      "new_blocks == 0 ¶new_allows == 0",
      "'and', 'or' or the end is expected here, not 'new_allows'"),
    Mistake("¶(new_blocks == 0", "this '(' is not closed"),
    Mistake("new_blocks == 0¶)", "nothing is open that ')' could close"),
    Mistake(
      "¶new_blocks.clients < 2%",
      "clients are compared with a number: how many there are in all is not counted"),
    Mistake("¶records < 2%", "'records' is what others are a share of"),
    Mistake("¶new_blocks < new_blocks.clients", "requests are compared with clients"),
    Mistake("new_blocks.¶client < 2", "there is no property 'client'", "clients"),
    Mistake("new_blocks.¶5 < 2", "a property is expected behind the dot, not a number"),
    Mistake("new_blocks.clients.¶requests < 2", "'.requests' contradicts what stands before it"),
    Mistake("new_blocks.certain.¶possible < 2", "'.possible' contradicts what stands before it"),
    Mistake("blocks.¶clients < 2", "'blocks' is a total of requests without '.clients'"),
    Mistake(
      "blocks.¶possible < 2", "'blocks' is a total of requests without '.possible'",
      "possible_blocks"),
    Mistake("blocks¶(\"/a\") < 2", "'blocks' is a total and can't be narrowed"),
    Mistake("new_blocks¶(\"/a\"", "this '(' is not closed"),
    Mistake("new_blocks(\"/a\" ¶\"/b\") < 2", "',' or ')' is expected here, not a string"),
    Mistake("new_blocks(¶) < 2", "a pattern in quotes is expected here, not ')'"),
    Mistake("new_blocks(¶paht: \"/a\") < 2", "there is no selector 'paht'", "path"),
    Mistake("new_blocks(path ¶\"/a\") < 2", "':' is expected here, not a string"),
    Mistake("new_blocks(rule: ¶common) < 2", "a pattern in quotes is expected here, not 'common'"),
    Mistake("new_blocks(¶\"checkout\") < 2", "'checkout' fits no path"),
    Mistake("new_blocks(path: ¶\"checkout\") < 2", "'checkout' fits no path"),
    Mistake("new_blocks(\"/a\", path: ¶\"/b\") < 2", "this is given twice"),
    Mistake("new_blocks(¶\"/a) < 2", "the string has no end"),
  ]

  @Test(arguments: mistakes) func mistake(_ test: Mistake) {
    let marked = MarkedText(test.expression)
    let error = #expect(throws: BudgetSyntaxError.self) { try Budget(marked.text) }
    #expect(error?.message == test.message)
    #expect(error?.suggestion == test.suggestion)
    let start = error.map {
      String(decoding: marked.text.utf8.prefix($0.range.lowerBound), as: UTF8.self)
    }
    #expect(start.map { "1:\($0.count + 1)" } == marked.place)
  }

  @Test func expressionsHaveLimits() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "blocks == 1" + String(repeating: ")", count: depth)
    }
    _ = try Budget(nested(30))
    #expect(throws: BudgetSyntaxError.self) { try Budget(nested(40)) }
    #expect(throws: BudgetSyntaxError.self) {
      try Budget(String(repeating: "not ", count: 1000) + "blocks == 1")
    }
    #expect(throws: BudgetSyntaxError.self) { try Budget(String(repeating: " ", count: 5000)) }
    #expect(throws: BudgetSyntaxError.self) {
      try Budget("blocks == 1" + String(repeating: " and blocks == 1", count: 1000))
    }
  }
}
