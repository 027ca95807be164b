import Diagnostics
import DocumentTree
import Findings
import Foundation
import GateSettings
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  /// Every setting, beside `acls` or in an entry.
  static let complete = """
    version: 1
    acls:
      - file: waf/shop.json
        name: shop
        account: "012345678901"
        scope: REGIONAL
        with: [waf/ip-sets, "waf/groups/*.json"]
        resource-type: CLOUDFRONT
        search-string: plain
        allow-unknown: true
        strict: true
        lenient: true
        assume: [bots/*=no-match]
        rulesets: rules
        fidelity: high
        geoip: geo.mmdb
        corpora:
          - logs/**
        format: waf-log
        rate: assume-none
        max-record: 1_000_000
        recorded-under: shop-*
        base: main
        tests: tests/*.yml
        budgets:
          - new_blocks == 0
          - 'new_blocks(rule: "common/*").clients < 3'
        minimum: 100
        max-rejects: 5%
        max-indeterminate: 20
        fail-on: [newly-blocked:possible, newly-allowed, engine-mismatch]
        coverage: { fail-under: 80 }
      - waf/api.json
    corpora: [extra.ndjson]
    assume: x/*=unknown
    max-rejects: 2
    baseline: accepted.json
    suppressions:
      - kind: newly-blocked
        rule: common/*
        path: /checkout/*
        webacl: shop
        reason: known
        owner: team-shop
        expires: 2026-12-31
    reports: [sarif=out/waf.sarif, text, json=-]
    """

  static func completeProject() throws -> Project {
    try Project(
      "waf/shop.json", "waf/api.json", "waf/ip-sets/a.json", "waf/groups/b.json",
      "waf/groups/a.json", "rules/aws/x.json", "geo.mmdb", "logs/2026/b.gz", "logs/a.ndjson",
      "extra.ndjson", "tests/b.yml", "tests/a.yml")
  }

  @Test func everySettingIsRead() throws {
    let project = try Self.completeProject()
    var configuration = try project.configuration(Self.complete)
    #expect(configuration.expandPaths(in: project.files) == [])
    #expect(configuration.file == "wafcast.yml" && configuration.directory == "")
    #expect(configuration.acls.map(\.file.value) == ["waf/shop.json", "waf/api.json"])
    let shop = configuration.acls[0]
    #expect(shop.name.value == "shop")
    #expect(shop.account.value == "012345678901")
    #expect(shop.scope.value == "REGIONAL")
    #expect(shop.with.paths == ["waf/ip-sets", "waf/groups/a.json", "waf/groups/b.json"])
    #expect(shop.resourceType.value == "CLOUDFRONT")
    #expect(shop.searchString.value == "plain")
    #expect(shop.allowUnknown.value && shop.strict.value && shop.lenient.value)
    // What stands beside `acls` comes first: of several assumptions that fit, the last counts.
    #expect(shop.assume.map(\.value) == ["x/*=unknown", "bots/*=no-match"])
    #expect(shop.rulesets.paths == ["rules"])
    #expect(shop.fidelity.value == "high")
    #expect(shop.geoip.paths == ["geo.mmdb"])
    #expect(shop.corpora.paths == ["extra.ndjson", "logs/2026/b.gz", "logs/a.ndjson"])
    #expect(shop.format.value == "waf-log")
    #expect(shop.rate.value == "assume-none")
    #expect(shop.maxRecord.value == 1_000_000)
    #expect(shop.recordedUnder.map(\.value) == ["shop-*"])
    #expect(shop.base.value?.target(in: project.files) == .revision("main"))
    #expect(shop.tests.paths == ["tests/a.yml", "tests/b.yml"])
    #expect(
      shop.budgets.map(\.value.text)
        == ["new_blocks == 0", "new_blocks(rule: \"common/*\").clients < 3"])
    #expect(shop.minimum.value == 100)
    #expect(shop.maxRejects.value == Share(percent: 5))
    #expect(shop.maxIndeterminate.value == .count(20))
    #expect(
      shop.failOn.value
        == [FailOn(.newlyBlocked, .possible), FailOn(.newlyAllowed), FailOn(.engineMismatch)])
    #expect(shop.failUnder.value == Share(percent: 80))
    #expect(configuration.baseline.value == "accepted.json")
    #expect(configuration.suppressions.map(\.owner) == ["team-shop"])
    #expect(configuration.suppressions.first?.location?.line == 39)
    #expect(
      configuration.reports.map(\.value) == [
        ReportRequest(format: "sarif", path: "out/waf.sarif"),
        ReportRequest(format: "text", path: nil), ReportRequest(format: "json", path: "-"),
      ])
  }

  @Test func defaultsAndWhatIsCommon() throws {
    let api = try Self.completeProject().configuration(Self.complete).acls[1]
    #expect(api.maxRejects == Setting(Share(percent: 2), from: .file(location(36, 14))))
    #expect(api.assume.map(\.origin.text) == ["wafcast.yml:35"])
    #expect(api.corpora.entries.map(\.pattern) == ["extra.ndjson"])
    #expect(api.minimum == Setting(1))
    #expect(api.failOn == Setting([FailOn(.newlyBlocked)]))
    #expect(api.fidelity == Setting("medium"))
    #expect(api.rate == Setting("simulate"))
    #expect(api.searchString == Setting("auto"))
    #expect(api.base == Setting(nil) && api.failUnder == Setting(nil))
    let usual = ACLSettings(file: Setting("x"))
    #expect(usual.maxRejects == Setting(Share(percent: 10)))
    #expect(usual.maxIndeterminate == Setting(nil))
  }

  private func location(_ line: Int, _ column: Int) -> Finding.Location {
    Finding.Location(file: "wafcast.yml", line: line, column: column)
  }

  @Test func jsonSaysTheSame() throws {
    let project = try Project("a.json")
    let text = """
      {"acls": [{"file": "a.json", "budgets": ["new_blocks(\\"/a\\") == 0"]}], "minimum": 5}
      """
    let configuration = try project.configuration(text, as: "wafcast.json")
    #expect(configuration.acls[0].budgets.map(\.value.text) == ["new_blocks(\"/a\") == 0"])
    #expect(configuration.acls[0].minimum.value == 5)
  }

  @Test func failOnOfAnEntryReplaces() throws {
    let configuration = try Project().configuration(
      """
      fail-on: any
      acls:
        - file: a.json
          fail-on: none
        - file: b.json
          fail-on: newly-allowed
        - c.json
      """)
    #expect(configuration.acls[0].failOn.value == [])
    #expect(configuration.acls[0].failOn.origin.text == "wafcast.yml:4")
    #expect(configuration.acls[1].failOn.value == [FailOn(.newlyAllowed)])
    #expect(configuration.acls[2].failOn.value.count == 7)
  }

  @Test func pathsAreRelativeToTheFile() throws {
    let project = try Project("conf/acl.json", "logs/a")
    let text =
      "acls: [acl.json]\ncorpora: [../logs/*, ./../logs/a, /nowhere/x]\nreports: json=r.json"
    var configuration = try project.configuration(text, as: "conf/wafcast.yml")
    #expect(configuration.directory == "conf/")
    #expect(configuration.acls[0].file.value == "conf/acl.json")
    #expect(configuration.reports.first?.value.path == "conf/r.json")
    _ = configuration.expandPaths(in: project.files)
    #expect(
      configuration.acls[0].corpora.entries.map(\.pattern) == ["logs/*", "logs/a", "/nowhere/x"])
    #expect(configuration.acls[0].corpora.paths == ["logs/a"])
  }

  // MARK: Errors

  struct Mistake: CustomTestStringConvertible {
    /// With `¶` before the place that is meant.
    var text: String
    var expected: String
    var testDescription: String { text }

    init(_ text: String, _ expected: String) {
      self.text = text
      self.expected = expected
    }

    /// A setting beside a right `acls`.
    static func setting(_ text: String, _ expected: String) -> Mistake {
      Mistake("acls: [a.json]\n" + text, expected)
    }
  }

  static let shapeMistakes = [
    Mistake("¶[a.json]", "wrong-type: the document must be an object, not an array"),
    Mistake("¶version: 1", "missing-member: the configuration has no 'acls': no web ACL to check"),
    Mistake("acls: ¶[]", "invalid-setting: 'acls' is empty: no web ACL to check"),
    Mistake("acls: [¶5]", "wrong-type: an element of 'acls' must be an object, not a number"),
    Mistake("acls:\n  - ¶name: x", "missing-member: an element of 'acls' has no 'file'"),
    Mistake("acls: [¶'']", "invalid-setting: an element of 'acls' is empty"),
    .setting("version: ¶2", "invalid-setting: this wafcast reads version 1 of the configuration"),
    .setting(
      "¶minimun: 2",
      "unknown-setting: the configuration has no setting 'minimun'; did you mean 'minimum'?"),
    .setting(
      "¶traffic: x",
      "unknown-setting: the configuration has no setting 'traffic'; did you mean 'corpora'?"),
    .setting(
      "¶failOn: x",
      "unknown-setting: the configuration has no setting 'failOn'; did you mean 'fail-on'?"),
    .setting(
      "¶max_rejects: 5",
      "unknown-setting: the configuration has no setting 'max_rejects'; did you mean 'max-rejects'?"
    ),
    .setting("¶frobnicate: 5", "unknown-setting: the configuration has no setting 'frobnicate'"),
    .setting("¶name: x", "unknown-setting: the configuration has no setting 'name'"),
    Mistake(
      "acls:\n  - file: a.json\n    ¶baseline: x",
      "unknown-setting: a web ACL has no setting 'baseline'"),
    Mistake(
      "acls:\n  - file: a.json\n    ¶budget: x",
      "unknown-setting: a web ACL has no setting 'budget'; did you mean 'budgets'?"),
    Mistake(
      "acls:\n  - file: a.json\n    name: ¶{}", "wrong-type: 'name' must be a string, not an object"
    ),
  ]

  static let valueMistakes: [Mistake] = [
    .setting("account: ¶123", "invalid-setting: an AWS account is a number of 12 digits"),
    .setting(
      "scope: ¶regional",
      "invalid-setting: 'scope' has no value 'regional'; did you mean 'REGIONAL'?"),
    .setting("with: [a, ¶{}]", "wrong-type: an element of 'with' must be a string, not an object"),
    .setting("resource-type: ¶ALB", "invalid-setting: 'resource-type' has no value 'ALB'"),
    .setting(
      "resource-type: ¶CLOUDFORNT",
      "invalid-setting: 'resource-type' has no value 'CLOUDFORNT'; did you mean 'CLOUDFRONT'?"),
    .setting(
      "search-string: ¶base46",
      "invalid-setting: 'search-string' has no value 'base46'; did you mean 'base64'?"),
    .setting(
      "allow-unknown: ¶\"true\"", "wrong-type: 'allow-unknown' must be true or false, not a string"),
    .setting("strict: ¶1", "wrong-type: 'strict' must be true or false, not a number"),
    .setting("lenient: ¶yes", "wrong-type: 'lenient' must be true or false, not a string"),
    .setting(
      "assume: ¶bots=match",
      "invalid-setting: 'bots=match' has not the form GROUP/RULE=match, =no-match or =unknown"),
    .setting(
      "assume: [a/b=match, ¶a/b=yes]",
      "invalid-setting: 'a/b=yes' has not the form GROUP/RULE=match, =no-match or =unknown"),
    .setting(
      "ip-list: ¶AnonymousIPList",
      "invalid-setting: 'AnonymousIPList' has not the form RULE=FILE or GROUP/RULE=FILE"),
    .setting("rulesets: ¶5", "wrong-type: 'rulesets' must be a string, not a number"),
    .setting("fidelity: ¶best", "invalid-setting: 'fidelity' has no value 'best'"),
    .setting("geoip: [¶true]", "wrong-type: an element of 'geoip' must be a string, not a boolean"),
    .setting(
      "corpora: [¶'-']", "invalid-setting: standard input can be named on the command line only"),
    .setting(
      "format: ¶waflog", "invalid-setting: 'format' has no value 'waflog'; did you mean 'waf-log'?"),
    .setting("rate: ¶none", "invalid-setting: 'rate' has no value 'none'"),
    .setting("max-record: ¶0", "invalid-setting: 'max-record' must be a whole number from 1 on"),
    .setting("recorded-under: ¶[]\nrate: ¶no", "invalid-setting: 'rate' has no value 'no'"),
    .setting("base: ¶-x", "invalid-setting: '-x' is neither a revision nor a file"),
    .setting("base: ¶\"a b\"", "invalid-setting: 'a b' is neither a revision nor a file"),
    .setting("base: ¶[main]", "wrong-type: 'base' must be a string, not an array"),
    .setting("tests: ¶{}", "wrong-type: 'tests' must be a string, not an object"),
    .setting("minimum: ¶-1", "invalid-setting: 'minimum' must be a whole number from 0 on"),
    .setting("minimum: ¶1.5", "invalid-setting: 'minimum' must be a whole number from 0 on"),
    .setting(
      "max-rejects: ¶101%", "invalid-setting: 'max-rejects' must be a share from 0% to 100%"),
    .setting("max-rejects: ¶inf", "invalid-setting: 'max-rejects' must be a share from 0% to 100%"),
    .setting(
      "max-indeterminate: ¶some",
      "invalid-setting: 'max-indeterminate' must be a number of requests or a share of them"),
    .setting(
      "fail-on: [¶newly-bloked]",
      "invalid-setting: there is no finding 'newly-bloked'; did you mean 'newly-blocked'?"),
    .setting(
      "fail-on: ¶newly-blocked:posible",
      "invalid-setting: there is no certainty 'posible'; did you mean 'possible'?"),
    .setting(
      "fail-on: ¶engine-mismatch:possible",
      "invalid-setting: 'engine-mismatch' is no change: it has no certainty"),
    .setting("coverage: ¶80", "wrong-type: 'coverage' must be an object, not a number"),
    .setting(
      "coverage: { ¶fail_under: 80 }",
      "unknown-setting: 'coverage' has no setting 'fail_under'; did you mean 'fail-under'?"),
    .setting(
      "coverage: { fail-under: ¶all }",
      "invalid-setting: 'fail-under' must be a share from 0% to 100%"),
    .setting("baseline: ¶5", "wrong-type: 'baseline' must be a string, not a number"),
    .setting(
      "reports: ¶sarf=x",
      "invalid-setting: there is no form 'sarf' of a report; did you mean 'sarif'?"),
    .setting("reports: [¶json=]", "invalid-setting: the file of the report is missing"),
    .setting(
      "suppressions: ¶5",
      "wrong-type: 'suppressions' must be an array, or the path of a file, not a number"),
    .setting("suppressions: ¶none.yml", "invalid-setting: there is no file 'none.yml'"),
  ]

  /// The place is inside the string, quoted or not.
  static let budgetMistakes: [Mistake] = [
    .setting(
      "budgets: ¶new_bloks == 0",
      "invalid-budget: there is no metric 'new_bloks'; did you mean 'new_blocks'?"),
    .setting(
      "budgets:\n  - new_blocks ¶= 0 # no",
      "invalid-budget: a comparison is expected here, not '='; did you mean '=='?"),
    .setting("budgets: ['new_blocks(¶\"a\") == 0']", "invalid-budget: 'a' fits no path"),
    .setting(
      "budgets: ['new_blocks(''/a'') == ¶1.5']", "invalid-budget: a number of requests is whole"),
    .setting(
      "budgets: [\"new_blocks(\\\"/ä\\\") == ¶1.5\"]",
      "invalid-budget: a number of requests is whole"),
    .setting(
      "budgets: [\"new_blocks == ¶\"]",
      "invalid-budget: a metric or a number is expected here, not the end"),
    // Folded over lines: the string as a whole.
    .setting(
      "budgets:\n  - ¶new_blocks ==\n    1.5", "invalid-budget: a number of requests is whole"),
    .setting("budgets: [¶{ new_blocks: 0 }]", "invalid-setting: a budget must be a string"),
    .setting("budgets: [¶'']", "invalid-setting: an element of 'budgets' is empty"),
  ]

  @Test(arguments: shapeMistakes + valueMistakes + budgetMistakes)
  func mistake(_ test: Mistake) throws {
    let marked = MarkedText(test.text)
    let reading = try Project().read(marked.text)
    #expect(reading.lines == ["\(marked.place) error \(test.expected)"])
  }

  @Test func everythingIsFoundAtOnce() throws {
    let reading = try Project().read(
      "acls:\n  - file: a.json\n    rat: x\n    minimum: no\nminimun: 5\nbudgets: [x, y]\n")
    #expect(
      reading.lines.map { String($0.prefix { $0 != " " }) } == [
        "3:5", "4:14", "5:1", "6:11", "6:14",
      ])
    #expect(reading.configuration != nil)
  }

  @Test func filesThatAreNoDocument() throws {
    let project = try Project()
    #expect(
      GateConfiguration.read("nothing.yml", in: project.files).diagnostics.map(\.code)
        == ["file-not-found"])
    #expect(try project.read("").lines == ["1:1 error syntax: the document is empty"])
    #expect(try project.read("acls: [").lines.count == 1)
    let repeated = try project.read("{\"acls\": [\"a\"], \"acls\": []}", as: "wafcast.json")
    #expect(repeated.lines == ["1:17 error repeated-member: 'acls' appears twice in one object"])
  }

  /// YAML takes the colon for that of a member.
  @Test func aBudgetWithAColonAndNoQuotes() throws {
    let reading = try Project().read("acls: [a]\nbudgets:\n  - new_blocks(rule: \"x\") == 0\n")
    #expect(reading.lines.map { String($0.prefix(4)) } == ["3:25"])
    #expect(reading.diagnostics.first?.notes.first?.contains("single quotes") == true)
    #expect(try Project().read("acls: [a]\nbudgets: {").diagnostics.map(\.notes) == [[]])
  }

  @Test func hostileBytesDoNotTrap() throws {
    let project = try Project()
    let bytes = Array(Self.complete.utf8)
    var random = SplitMix(state: 7)
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<3 {
        changed[Int(random.next() % UInt64(changed.count))] = UInt8(
          truncatingIfNeeded: random.next())
      }
      try project.directory.write("wafcast.yml", changed)
      var configuration = GateConfiguration.read("wafcast.yml", in: project.files).configuration
      _ = configuration?.expandPaths(in: project.files)
    }
  }
}
