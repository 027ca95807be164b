import Testing

@testable import WAFEngine
@testable import WAFProgram

struct LabelPatternTests {
  /// A row of the vector table: whether the key, read in its context, finds the label.
  struct Vector: CustomTestStringConvertible {
    var context = "awswaf:111122223333:webacl:testWebACL:"
    var scope = LabelPattern.Scope.label
    var key: String
    var label: String
    var matches: Bool
    /// By the other reading of Q15; nil where it says the same.
    var otherwise: Bool?
    var testDescription: String { "\(scope) \(key) in \(context) on \(label)" }

    var pattern: LabelPattern { LabelPattern(scope: scope, key: key, context: context) }
  }

  private static let own = "awswaf:111122223333:webacl:testWebACL:"

  /// The documented examples ("Label matching examples") and their neighbours.
  static let documented: [Vector] = [
    Vector(
      key: "header:encoding:utf8", label: own + "testNS1:testNS2:header:encoding:utf8",
      matches: true),
    Vector(key: "encoding:utf8", label: own + "header:encoding:utf8", matches: true),
    Vector(key: "utf8", label: own + "header:encoding:utf8", matches: true),
    Vector(key: "ncoding:utf8", label: own + "header:encoding:utf8", matches: false),
    Vector(key: "header:encoding:utf8", label: own + "header:encoding2:utf8", matches: false),
    Vector(
      key: "header:encoding:utf8",
      label: "awswaf:111122223333:rulegroup:productionRules:header:encoding:utf8",
      matches: false),
    Vector(key: "Header:encoding:utf8", label: own + "header:encoding:utf8", matches: false),
    Vector(
      scope: .namespace, key: "header:encoding:", label: own + "header:encoding:utf8",
      matches: true),
    Vector(
      scope: .namespace, key: "encoding:", label: own + "header:encoding:utf8", matches: true),
    Vector(
      scope: .namespace, key: "header:encoding:utf8:", label: own + "header:encoding:utf8",
      matches: false),
    Vector(
      scope: .namespace, key: "header:encoding:",
      label: "awswaf:444455556666:webacl:testWebACL:header:encoding:utf8", matches: false),
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:core-rule-set:",
      label: "awswaf:managed:aws:core-rule-set:NoUserAgent_Header", matches: true),
    Vector(
      key: "awswaf:clientip:geo:country:US", label: "awswaf:clientip:geo:country:US",
      matches: true),
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:managed-rule-set:header:",
      label: "awswaf:managed:aws:managed-rule-set:header:encoding:utf8", matches: true),
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:managed-rule-set:header:",
      label: "awswaf:managed:aws:managed-rule-set:query:badstring", matches: false),
    Vector(
      scope: .namespace, key: "header:encoding:",
      label: "awswaf:managed:aws:managed-rule-set:header:encoding:utf8", matches: false),
  ]

  static let corners: [Vector] = [
    // Fully qualified label keys find exactly one label.
    Vector(key: own + "a:b", label: own + "a:b", matches: true),
    Vector(key: own + "b", label: own + "a:b", matches: false),
    Vector(key: own + "a", label: own + "a:b", matches: false),
    Vector(key: "awswaf:managed:aws:x:Y", label: "awswaf:managed:aws:x:YZ", matches: false),
    // A part of the prefix of a namespace.
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:", label: "awswaf:managed:aws:x:Y",
      matches: true),
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:x:Y:", label: "awswaf:managed:aws:x:Y",
      matches: false),
    // Q15: without the colon.
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:core", label: "awswaf:managed:aws:core-rule:Y",
      matches: false, otherwise: true),
    Vector(
      scope: .namespace, key: "awswaf:managed:aws:x", label: "awswaf:managed:aws:x:Y",
      matches: true),
    Vector(
      scope: .namespace, key: "head", label: own + "header:encoding:utf8", matches: false,
      otherwise: true),
    Vector(scope: .namespace, key: "header", label: own + "header:encoding:utf8", matches: true),
    // Labels have no name of zero characters.
    Vector(key: "encoding:", label: own + "encoding:utf8", matches: false),
    // A label without a namespace of its own.
    Vector(key: "utf8", label: own + "utf8", matches: true),
    Vector(scope: .namespace, key: "utf8:", label: own + "utf8", matches: false),
    // Rule groups see their own labels only.
    Vector(
      context: "awswaf:111122223333:rulegroup:mine:", key: "a",
      label: "awswaf:111122223333:rulegroup:mine:a", matches: true),
    Vector(
      context: "awswaf:111122223333:rulegroup:mine:", key: "a",
      label: "awswaf:111122223333:rulegroup:other:a", matches: false),
    Vector(
      context: "awswaf:111122223333:rulegroup:mine:", key: "a", label: own + "a",
      matches: false),
  ]

  /// `*` stands for an account or a name that the documents do not tell.
  static let wildcards: [Vector] = [
    Vector(
      context: "awswaf:*:webacl:acl:", key: "a", label: "awswaf:*:webacl:acl:a", matches: true),
    Vector(
      context: "awswaf:*:webacl:*:", key: "a", label: "awswaf:1:webacl:acl:x:a", matches: true),
    Vector(
      context: "awswaf:*:webacl:*:", key: "a", label: "awswaf:*:rulegroup:acl:a",
      matches: false),
    Vector(
      context: "awswaf:*:rulegroup:mine:", key: "a", label: "awswaf:*:rulegroup:other:a",
      matches: false),
    Vector(
      key: "awswaf:111122223333:webacl:acl:a", label: "awswaf:*:webacl:acl:a", matches: true),
    Vector(
      key: "awswaf:111122223333:webacl:acl:ab", label: "awswaf:*:webacl:acl:a",
      matches: false),
    Vector(
      key: "awswaf:111122223333:webacl:acl:a", label: "awswaf:*:webacl:acl:a:b",
      matches: false),
    Vector(
      scope: .namespace, key: "awswaf:111122223333:rulegroup:mine:ns:",
      label: "awswaf:*:rulegroup:mine:ns:a", matches: true),
    Vector(
      scope: .namespace, key: "awswaf:111122223333:rulegroup:mine:ns:",
      label: "awswaf:*:rulegroup:mine:nsx:a", matches: false),
  ]

  @Test(arguments: documented + corners + wildcards)
  func finds(_ vector: Vector) {
    #expect(vector.pattern.matches(vector.label) == vector.matches)
    #expect(
      vector.pattern.matches(vector.label, asPlainPrefix: true)
        == vector.otherwise ?? vector.matches)
  }

  @Test
  func onlyNamespacesWithoutColonHaveAnotherReading() {
    let keys: [(LabelPattern.Scope, String, Bool)] = [
      (.namespace, "a", true), (.namespace, "a:", false), (.label, "a", false),
      (.label, "a:", false),
    ]
    for (scope, key, expected) in keys {
      let pattern = LabelPattern(scope: scope, key: key, context: Self.own)
      #expect(pattern.hasOtherReading == expected, "\(scope) \(key)")
    }
  }

  /// A label or namespace key against the namespace of a group that is not at hand.
  static let namespaces: [(LabelPattern.Scope, String, String, Bool)] = [
    (.label, "awswaf:managed:vendor:group:Rule", "awswaf:managed:vendor:", true),
    (.label, "awswaf:managed:Vendor:group:Rule", "awswaf:managed:vendor:", true),
    (.label, "awswaf:managed:aws:group:Rule", "awswaf:managed:vendor:", false),
    (.namespace, "awswaf:managed:", "awswaf:managed:vendor:", true),
    (.namespace, "awswaf:managed:vendor", "awswaf:managed:vendor:", true),
    (.namespace, "awswaf:managed:vendor:group:", "awswaf:managed:vendor:", true),
    (.namespace, "awswaf:managed:aws:", "awswaf:managed:vendor:", false),
    (.label, "awswaf:managed:token:absent", "awswaf:managed:", true),
    // A whole label that a group is known to add.
    (.label, "awswaf:managed:token:absent", "awswaf:managed:token:absent", true),
    (.label, "awswaf:managed:token:accepted", "awswaf:managed:token:absent", false),
    // Keys of one's own reach the labels of one's own context only.
    (.label, "a", "awswaf:managed:vendor:", false),
    (.label, "a", "awswaf:111122223333:webacl:testWebACL:", true),
    (.label, "a", "awswaf:", true),
    (.label, "a", "awswaf:111122223333:rulegroup:mine:", false),
    (.label, "awswaf:111122223333:rulegroup:mine:a", "awswaf:*:rulegroup:mine:", true),
    (.label, "awswaf:111122223333:rulegroup:other:a", "awswaf:*:rulegroup:mine:", false),
  ]

  @Test(arguments: namespaces)
  func couldMatch(_ row: (LabelPattern.Scope, String, String, Bool)) {
    let pattern = LabelPattern(scope: row.0, key: row.1, context: Self.own)
    #expect(pattern.couldMatch(namespace: row.2) == row.3)
  }
}
