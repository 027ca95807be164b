import Findings
import TestSupport
import Testing
import WAFDocuments
import WAFModel

/// IP sets, regex pattern sets and rule groups that differ under the same ARN.
@Suite struct DocumentTests {
  typealias S = Samples

  private static let acl = S.acl(
    S.rule("office", 0, #"{"IPSetReferenceStatement": {"ARN": "arn:ip"}}"#),
    S.rule(
      "bots", 1,
      #"{"RegexPatternSetReferenceStatement": {"ARN": "arn:regex", "FieldToMatch": {"UriPath": {}}, "#
        + #""TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}"#),
    S.rule(
      "own", 2, #"{"RuleGroupReferenceStatement": {"ARN": "arn:group"}}"#, action: S.noOverride))

  private static func ipSet(_ addresses: String, arn: String = "arn:ip") -> String {
    #"{"IPSet": {"Name": "office", "ARN": "\#(arn)", "IPAddressVersion": "IPV4", "#
      + #""Addresses": [\#(addresses)]}}"#
  }

  private static func patterns(_ list: String) -> String {
    #"{"RegexPatternSet": {"ARN": "arn:regex", "RegularExpressionList": [\#(list)]}}"#
  }

  private static func group(_ rules: String..., with members: String = "") -> String {
    #"{"RuleGroup": {"Name": "g", "ARN": "arn:group", "Capacity": 5, "#
      + members + #""Rules": [\#(rules.joined(separator: ", "))]}}"#
  }

  struct Case: CustomTestStringConvertible {
    var testDescription: String { "\(old) → \(new)" }
    var old: [String]
    var new: [String]
    var lines: [String]

    init(_ old: [String], _ new: [String], _ lines: String...) {
      self.old = old
      self.new = new
      self.lines = lines
    }
  }

  static let cases: [Case] = [
    Case(
      [ipSet(#""192.0.2.0/24""#)], [ipSet(#""198.51.100.7/32", "203.0.113.0/24""#)],
      #"changed IP set "office": Addresses: +2 (198.51.100.7/32, 203.0.113.0/24), "#
        + #"-1 (192.0.2.0/24); used by rule "office""#),
    Case(
      [ipSet(#""192.0.2.0/24", "198.51.100.7/32""#)],
      [ipSet(#""198.51.100.7/32", "192.0.2.0/24""#)]),
    Case([ipSet(#""192.0.2.0/24""#, arn: "arn:x")], [ipSet("", arn: "arn:x")]),
    Case(
      [], [ipSet("")], #"added IP set "office": the old side has no document for it"#),
    Case(
      [ipSet("")], [], #"removed IP set "office": the new side has no document for it"#),
    Case(
      [patterns(#"{"RegexString": "a"}, {"RegexString": "b"}"#)],
      [patterns(#"{"RegexString": "b"}, {"RegexString": "c"}"#)],
      #"changed regex pattern set "arn:regex": RegularExpressionList: +1 ("c"), -1 ("a"); "#
        + #"used by rule "bots""#),
    Case(
      [patterns(#"{"RegexString": "a"}, {"RegexString": "b"}"#)], [patterns(#""b", "a""#)]),
    Case(
      [group(S.rule("a"), S.rule("b", 1, S.geo(#""DE""#)))],
      [group(S.rule("a", 5, action: #""Action": {"Count": {}}"#), S.rule("b", 1, S.geo(#""DE""#)))],
      #"moved rule "a" in rule group "g": now after "b", was first"#,
      #"changed rule "a" in rule group "g": Action: Block → Count"#),
    Case(
      [group(S.rule("a"))],
      [
        group(
          S.rule("a"),
          with: #""CustomResponseBodies": {"x": {"ContentType": "TEXT_PLAIN", "Content": "y"}}, "#
        )
      ],
      #"added custom response body "x" in rule group "g": {ContentType: TEXT_PLAIN, Content: "y"}"#),
    Case([group(S.rule("a", 1))], [group(S.rule("a", 7), with: #""Description": "one","#)]),
  ]

  private func changes(_ old: [String], _ new: [String]) throws -> [StructuralChange] {
    let folder = try TemporaryDirectory()
    func load(_ documents: [String], _ side: String) throws -> LoadedDocuments {
      let files = try documents.enumerated().map { index, text in
        try folder.write("\(side)-\(index).json", text)
      }
      return try loaded(Self.acl, file: "\(side).json", with: files)
    }
    return try compared(load(old, "old"), load(new, "new"))
  }

  @Test(arguments: cases) func content(_ test: Case) throws {
    #expect(try changes(test.old, test.new).map(line) == test.lines)
  }

  @Test func rulesAndPlaces() throws {
    let found = try changes(
      [Self.ipSet(""), Self.group(S.rule("a"), "\n" + S.rule("gone", 1, S.geo(#""DE""#)))],
      [
        Self.ipSet(#""192.0.2.0/24""#),
        Self.group("\n\n" + S.rule("a", action: #""Action": {"Allow": {}}"#)),
      ])
    let places = found.map { change in
      let name = change.location?.file.split(separator: "/").last ?? "-"
      return "\(change.rule) \(name):\(change.location?.line ?? 0)"
    }
    #expect(places == [" new-0.json:1", "own new-1.json:3", "own old-1.json:2"])
  }
}
