import Diagnostics
import DocumentTree
import TestSupport
import Testing

/// How a document is written makes no difference.
@Suite struct NoiseTests {
  private static let rich = RichDocument.text
  private static let tree: Node? = try? JSONParser.parse(Array(rich.utf8), file: "rich.json")

  /// Lists whose order means something; all others are shuffled.
  private static let ordered: Set = ["TextTransformations"]

  /// The same document with members and elements in another order.
  private func shuffled(_ node: Node, of member: String, _ random: inout SplitMix) -> Node {
    switch node.kind {
    case .object(let members):
      let parts = members.map { part in
        Node.Member(key: part.key, value: shuffled(part.value, of: part.key, &random))
      }
      return Node(.object(parts.shuffled(using: &random)))
    case .array(let elements):
      return Node(
        .array(
          elements.map { shuffled($0, of: member, &random) }.shuffled(using: &random)))
    case .number(let number) where member == "Priority":
      // Other numbers in the same order.
      return Node(.number(String((Int(number) ?? 0) * 7 + 3)))
    case .string, .number, .bool, .null: return node
    }
  }

  @Test func anotherOrder() throws {
    let tree = try #require(Self.tree)
    var random = SplitMix(state: 11)
    for round in 0..<20 {
      let node = shuffled(tree, of: "", &random)
      for text in [JSONWriter.compact(node), JSONWriter.pretty(node)] {
        let found = try lines(Self.rich, text)
        #expect(found == [], "seed 11, round \(round)")
      }
    }
  }

  @Test func otherFormats() throws {
    #expect(try lines(Self.rich, Self.rich, file: "new.yaml") == [])
    let output = #"{"WebACL": \#(Self.rich), "LockToken": "1"}"#
    // The service writes search strings in base64.
    let spelled =
      output.replacing("/admin?", with: "L2FkbWluPw==").replacing("bad bot", with: "YmFkIGJvdA==")
      .replacing(#"SearchString": "/api""#, with: #"SearchString": "L2FwaQ==""#)
      .replacing(#""Description": "the shop","#, with: #""Id": "1", "Capacity": 99, "#)
    #expect(try lines(Self.rich, spelled) == [])
    let base64 = Self.rich.replacing(
      #""SearchString": "/api""#, with: #""SearchStringBase64": "L2FwaQ==""#)
    #expect(try lines(Self.rich, base64) == [])
  }

  @Test(arguments: [
    (
      #"{"Name": "NoUserAgent_HEADER"}], "RuleActionOverrides": ["#,
      #"], "RuleActionOverrides": [{"Name": "NoUserAgent_HEADER", "ActionToUse": {"Count": {}}}, "#
    ),
    (#""Name": "user-agent""#, #""Name": "User-Agent""#),
    (#"["referer", "host"]"#, #"["Host", "REFERER"]"#),
    (
      #"{"GeoMatchStatement": {"CountryCodes": ["US", "DE"]}}"#,
      #"{"GeoMatchStatement": {"CountryCodes": ["DE", "US"]}}"#
    ),
    (
      #"{"CLOUDFRONT": {"DefaultSizeInspectionLimit": "KB_64"}}"#,
      #"{"CLOUDFRONT": "KB_64", "API_GATEWAY": "KB_16"}"#
    ),
    (
      #""Action": "SUBSTITUTION""#,
      #""Action": "SUBSTITUTION", "ExcludeRateBasedDetails": false"#
    ),
    (
      #"[{"Priority": 0, "Type": "LOWERCASE"}]}}, {"HTTPM"#,
      #"[{"Priority": 4, "Type": "LOWERCASE"}, {"Priority": 2, "Type": "NONE"}]}}, {"HTTPM"#
    ),
  ]) func whatMeansTheSame(_ change: (from: String, to: String)) throws {
    let new = Self.rich.replacing(change.from, with: change.to)
    #expect(new != Self.rich)
    let found = try lines(Self.rich, new)
    #expect(found == [])
  }
}
