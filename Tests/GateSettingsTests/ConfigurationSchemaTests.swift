import DocumentTree
import Findings
import Foundation
import GateSettings
import TestSupport
import Testing

@Suite struct ConfigurationSchemaTests {
  static let file = packageRoot.appendingPathComponent("docs/schemas/wafcast-config.schema.json")

  static func schema() throws -> Node {
    try JSONParser.parse(Array(try Data(contentsOf: file)), file: "schema")
  }

  private static func names(_ node: Node?) -> [String] {
    node?["properties"]?.members?.map(\.key).sorted() ?? []
  }

  private static func words(_ node: Node?) -> [String] {
    node?["enum"]?.elements?.compactMap(\.text) ?? []
  }

  /// What editors offer is what is read.
  @Test func keysAreThose() throws {
    let schema = try Self.schema()
    #expect(Self.names(schema) == SettingKey.atTop.map(\.rawValue).sorted())
    #expect(Self.names(schema["$defs"]?["acl"]) == SettingKey.inEntry.map(\.rawValue).sorted())
    #expect(Self.names(schema["$defs"]?["suppression"]) == Suppression.keys.sorted())
    let coverage = schema["properties"]?["coverage"]
    #expect(Self.names(coverage) == ACLSettings.coverageKeys)
  }

  /// A setting is the same beside `acls` and in an entry.
  @Test func bothLevelsAreDescribedAlike() throws {
    let schema = try Self.schema()
    for key in SettingKey.allCases where key.level == .both {
      let top = schema["properties"]?[key.rawValue]?.withoutPositions()
      let entry = schema["$defs"]?["acl"]?["properties"]?[key.rawValue]?.withoutPositions()
      #expect(top != nil && top == entry, "\(key.rawValue)")
    }
  }

  @Test func wordsAreThose() throws {
    let schema = try Self.schema()
    let properties = schema["properties"]
    #expect(Self.words(properties?["scope"]) == SettingWords.scopes)
    #expect(Self.words(properties?["search-string"]) == SettingWords.searchStrings)
    #expect(Self.words(properties?["fidelity"]) == SettingWords.fidelities)
    #expect(Self.words(properties?["format"]) == SettingWords.formats)
    #expect(Self.words(properties?["rate"]) == SettingWords.rates)
    #expect(Self.words(properties?["resource-type"]) == SettingWords.resourceTypes)
    #expect(
      Set(Self.words(schema["$defs"]?["kind"]))
        == Set(FindingKind.allCases.filter(\.canBeSuppressed).map(\.rawValue)))
    let failOn = Self.words(schema["$defs"]?["failOn"])
    for word in failOn { _ = try FailOn.kinds(word) }
    #expect(Set(failOn).isSuperset(of: FindingKind.allCases.map(\.rawValue)))
  }

  /// The complete configuration of the tests, in JSON: the checker knows no YAML.
  @Test func theCompleteConfigurationFits() throws {
    let schema = try JSONSchema(contentsOf: Self.file)
    let json = """
      {"version": 1, "minimum": 5, "corpora": "logs/**", "fail-on": "none", "baseline": "b.json",
       "reports": ["sarif=x"], "acls": ["a.json", {"file": "b.json", "account": "012345678901",
       "budgets": ["new_blocks == 0"], "max-rejects": 5, "max-indeterminate": "2%",
       "fail-on": ["newly-blocked:possible", "low-coverage"], "coverage": {"fail-under": 80}}],
       "suppressions": [{"kind": "newly-blocked", "path": "/a", "reason": "r", "owner": "o",
       "expires": "2026-12-31"}]}
      """
    #expect(try schema.findings(in: json) == [])
    let project = try Project()
    _ = try project.configuration(json, as: "wafcast.json")
    #expect(try schema.findings(in: #"{"acls": []}"#) != [])
    #expect(try schema.findings(in: #"{"acls": ["a"], "minimun": 5}"#) != [])
  }
}
