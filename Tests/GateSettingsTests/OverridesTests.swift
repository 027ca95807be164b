import DocumentTree
import GateSettings
import Testing

@Suite struct OverridesTests {
  static let text = """
    acls:
      - file: waf/acl.json
        name: "evil\\e[31m"
        base: main
        corpora: logs/*
        budgets: [new_blocks == 0]
      - other.json
    minimum: 10
    assume: a/b=match
    fail-on: [newly-allowed, newly-blocked:possible]
    coverage: { fail-under: 75.5% }
    reports: json=r.json
    suppressions:
      - { rule: x, reason: r, owner: o, expires: 2026-12-31 }
    """

  static func overrides() throws -> SettingOverrides {
    var overrides = SettingOverrides()
    overrides.traffic = ["t.gz", "-"]
    overrides.base = "release"
    overrides.resourceType = "CLOUDFRONT"
    overrides.account = "123456789012"
    overrides.searchString = "plain"
    overrides.fidelity = "low"
    overrides.rate = "assume-none"
    overrides.format = "har"
    overrides.maxRecord = 7
    overrides.allowUnknown = true
    overrides.strict = true
    overrides.lenient = true
    overrides.minimum = 3
    overrides.maxRejects = Share(percent: 1)
    overrides.maxIndeterminate = .count(2)
    overrides.failOn = []
    overrides.failUnder = Share(percent: 90)
    overrides.baseline = "b.json"
    overrides.with = ["w"]
    overrides.assume = ["c/d=match"]
    overrides.rulesets = ["r"]
    overrides.geoip = ["g"]
    overrides.tests = ["t.yml"]
    overrides.budgets = [try Budget("blocks < 5")]
    overrides.reports = [ReportRequest(format: "text", path: nil)]
    return overrides
  }

  @Test func theCommandLineRules() throws {
    let project = try Project("waf/acl.json", "other.json", "logs/a")
    var configuration = try project.configuration(Self.text).overriding(Self.overrides())
    #expect(configuration.expandPaths(in: project.files) == [])
    let acl = configuration.acls[0]
    // In the place of the configuration's.
    #expect(acl.corpora.paths == ["t.gz", "-"])
    #expect(acl.corpora.entries.map(\.origin.text) == ["command line", "command line"])
    #expect(acl.base.value?.text == "release" && acl.base.origin.text == "--base")
    #expect(acl.resourceType == Setting("CLOUDFRONT", from: .option("--resource-type")))
    #expect(acl.account == Setting("123456789012", from: .option("--account")))
    #expect(acl.searchString == Setting("plain", from: .option("--search-string")))
    #expect(acl.fidelity == Setting("low", from: .option("--fidelity")))
    #expect(acl.rate == Setting("assume-none", from: .option("--rate")))
    #expect(acl.format == Setting("har", from: .option("--format")))
    #expect(acl.maxRecord == Setting(7, from: .option("--max-record")))
    #expect(acl.allowUnknown == Setting(true, from: .option("--allow-unknown")))
    #expect(acl.strict == Setting(true, from: .option("--strict")))
    #expect(acl.lenient == Setting(true, from: .option("--lenient")))
    #expect(acl.minimum == Setting(3, from: .option("--minimum")))
    #expect(acl.maxRejects == Setting(Share(percent: 1), from: .option("--max-rejects")))
    #expect(acl.maxIndeterminate == Setting(.count(2), from: .option("--max-indeterminate")))
    #expect(acl.failOn == Setting([], from: .option("--fail-on")))
    #expect(acl.failUnder == Setting<Share?>(Share(percent: 90), from: .option("--fail-under")))
    #expect(configuration.baseline == Setting("b.json", from: .option("--baseline")))
    // Beside the configuration's.
    #expect(acl.assume.map(\.value) == ["a/b=match", "c/d=match"])
    #expect(acl.assume.map(\.origin.text) == ["wafcast.yml:9", "--assume"])
    #expect(acl.budgets.map(\.origin.text) == ["wafcast.yml:6", "--budget"])
    #expect(acl.with.paths == ["w"] && acl.rulesets.paths == ["r"] && acl.geoip.paths == ["g"])
    #expect(acl.tests.paths == ["t.yml"])
    #expect(configuration.reports.map(\.value.text) == ["json=r.json", "text"])
    #expect(configuration.acls[1].base.value?.text == "release")
  }

  @Test func nothingSaidChangesNothing() throws {
    let configuration = try Project().configuration(Self.text)
    #expect(configuration.overriding(SettingOverrides()) == configuration)
  }

  @Test func withoutAFile() {
    let configuration = GateConfiguration(webACLs: ["a.json"])
    #expect(configuration.acls.map(\.file.origin.text) == ["command line"])
    #expect(configuration.shownText.hasPrefix("no configuration file\n"))
  }

  // MARK: --show-config

  @Test func shownText() throws {
    let project = try Project("waf/acl.json", "other.json", "logs/a", "logs/b")
    var overrides = SettingOverrides()
    overrides.base = "release"
    overrides.failOn = []
    var configuration = try project.configuration(Self.text).overriding(overrides)
    #expect(configuration.expandPaths(in: project.files) == [])
    let shown = configuration.shownText
    for line in [
      #"^  baseline +- +default$"#, #"^  reports +json=r.json +wafcast.yml:12$"#,
      #"^  suppressions +findings by x until 2026-12-31, o +wafcast.yml:14$"#,
      #"^waf/acl.json$"#, #"^  name +evil\\u\{1B\}\[31m +wafcast.yml:3$"#,
      #"^  base +release +--base$"#, #"^  corpora +logs/a +wafcast.yml:5$"#,
      #"^ +logs/b +wafcast.yml:5$"#, #"^  minimum +10 +wafcast.yml:8$"#,
      #"^  fail-on +- +--fail-on$"#, #"^  rate +simulate +default$"#,
      #"^  coverage +fail-under: 75.5% +wafcast.yml:11$"#, #"^  scope +- +default$"#,
    ] {
      let pattern = try Regex(line).anchorsMatchLineEndings()
      #expect(shown.contains(pattern), "\(line)")
    }
  }

  /// Every setting is shown, with its name, once a web ACL.
  @Test func everySettingIsShown() throws {
    let configuration = try Project().configuration(Self.text)
    let root = try JSONParser.parse(Array(configuration.shownJSON.utf8), file: "shown")
    func names(_ node: Node?) -> [String] {
      node?["settings"]?.elements?.compactMap { $0["name"]?.text } ?? []
    }
    let own = SettingKey.allCases.filter { $0.level == .top && $0 != .acls && $0 != .version }
    #expect(Set(names(root)) == Set(own.map(\.rawValue)))
    for acl in root["acls"]?.elements ?? [] {
      #expect(names(acl).sorted() == SettingKey.inEntry.map(\.rawValue).sorted())
    }
    #expect(root["acls"]?.elements?.count == 2)
  }

  @Test func shownJSON() throws {
    let configuration = try Project().configuration("acls: [a.json]\nminimum: 4\nassume: a/b=match")
    let root = try JSONParser.parse(Array(configuration.shownJSON.utf8), file: "shown")
    #expect(root["schema"]?.text == "wafcast.config/1")
    #expect(root["file"]?.text == "wafcast.yml")
    let settings = try #require(root["acls"]?.elements?.first?["settings"]?.elements)
    func shown(_ name: String) -> String? {
      settings.first { $0["name"]?.text == name }.map { JSONWriter.compact($0) }
    }
    #expect(shown("minimum") == #"{"name":"minimum","value":"4","origin":"wafcast.yml:2"}"#)
    #expect(shown("scope") == #"{"name":"scope","value":null,"origin":"default"}"#)
    #expect(
      shown("assume")
        == #"{"name":"assume","values":[{"value":"a/b=match","origin":"wafcast.yml:3"}]}"#)
    #expect(shown("tests") == #"{"name":"tests","values":[],"origin":"default"}"#)
    #expect(
      shown("fail-on")
        == #"{"name":"fail-on","values":[{"value":"newly-blocked","origin":"default"}]}"#)
  }
}
