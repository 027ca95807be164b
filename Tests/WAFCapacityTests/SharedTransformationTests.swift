import Diagnostics
import ManagedRules
import Testing
import WAFCapacity
import WAFModel

/// What is charged once, and what again.
@Suite struct SharedTransformationTests {
  struct Pair: CustomTestStringConvertible {
    var testDescription: String
    var first: Statement
    var second: Statement
    /// Whether the second LOWERCASE is the same work as the first.
    var isShared: Bool

    init(_ name: String, _ first: FieldToMatch, _ second: FieldToMatch, isShared: Bool) {
      testDescription = name
      self.first = Samples.byteMatch(first, [Samples.lowercase])
      self.second = Samples.byteMatch(second, [Samples.lowercase])
      self.isShared = isShared
    }
  }

  private static func headers(_ pattern: HeaderMatchPattern, _ handling: OversizeHandling)
    -> FieldToMatch
  {
    .headers(Headers(matchPattern: pattern, matchScope: .all, oversizeHandling: handling))
  }

  static let pairs = [
    Pair("paths", .uriPath, .uriPath, isShared: true),
    Pair("path and query", .uriPath, .queryString, isShared: false),
    Pair(
      "one header", .singleHeader(name: "Host"), .singleHeader(name: "host"), isShared: true),
    Pair(
      "two headers", .singleHeader(name: "host"), .singleHeader(name: "via"), isShared: false),
    Pair(
      "one argument", .singleQueryArgument(name: "Q"), .singleQueryArgument(name: "q"),
      isShared: true),
    Pair(
      "header and argument", .singleHeader(name: "q"), .singleQueryArgument(name: "q"),
      isShared: false),
    Pair(
      "bodies", .body(Body(oversizeHandling: .match)), .body(Body()), isShared: true),
    Pair(
      "headers", headers(.all, .match), headers(.all, .noMatch), isShared: true),
    Pair(
      "other headers", headers(.all, .match), headers(.includedHeaders(["a"]), .match),
      isShared: false),
    Pair(
      "fragments", .uriFragment(UriFragment(fallbackBehavior: .match)),
      .uriFragment(UriFragment()), isShared: true),
  ]

  private func estimate(_ rules: [Rule], _ groups: [Located<RuleGroup>] = []) -> CapacityEstimate {
    CapacityEstimate(
      of: Samples.webACL(rules), bundle: DocumentBundle(ruleGroups: groups),
      catalogue: .bundled())
  }

  @Test(arguments: pairs)
  func component(_ pair: Pair) {
    let found = estimate(Samples.rules([pair.first, pair.second]))
    #expect(found.capacity.upperBound == 24)
    #expect(found.capacity.estimate == (pair.isShared ? 14 : 24))
    let part = found.rules[1].parts.last
    #expect(part?.kind == .textTransformation)
    #expect(part?.sharedWith == (pair.isShared ? "r0" : nil))
    #expect(part?.capacity.upperBound == 10)
  }

  /// A transformation is shared whatever stands before it in the statement, and within one rule.
  @Test func chains() {
    let chain = Samples.byteMatch(.uriPath, [Samples.urlDecode, Samples.lowercase])
    let found = estimate(
      Samples.rules([chain, Samples.byteMatch(.uriPath, [Samples.lowercase]), chain]))
    #expect(found.rules.map(\.capacity.estimate) == [22, 2, 2])
    #expect(found.rules.map(\.capacity.upperBound) == [22, 12, 22])
    let nested = estimate(
      Samples.rules([.or(OrStatement(statements: [chain, .not(NotStatement(statement: chain))]))]))
    #expect(nested.capacity == Capacity(estimate: 24, upperBound: 44))
  }

  /// Arguments of a query string that was changed before it was split are others.
  @Test func preParsedArguments() {
    let found = estimate(
      Samples.rules([
        Samples.byteMatch(.allQueryArguments, [Samples.lowercase]),
        Samples.byteMatch(.allQueryArguments, [Samples.lowercase], preParse: [.urlDecode]),
        Samples.byteMatch(.allQueryArguments, [Samples.lowercase], preParse: [.none]),
      ]))
    #expect(found.rules.map(\.capacity.estimate) == [22, 32, 12])
    #expect(found.rules.map(\.capacity.upperBound) == [22, 32, 32])
  }

  /// The rule that is evaluated first is charged, wherever it stands in the document; scope-down
  /// statements share with rules.
  @Test func firstRuleIsCharged() {
    let match = Samples.byteMatch(.uriPath, [Samples.lowercase])
    let rate = Statement.rateBased(
      RateBasedStatement(limit: 10, aggregateKeyType: .ip, scopeDownStatement: match))
    let found = estimate([
      Samples.rule("late", 9, match), Samples.rule("first", 1, rate), Samples.rule("mid", 5, match),
    ])
    #expect(found.rules.map(\.name) == ["first", "mid", "late"])
    #expect(found.rules.map(\.pointer.description) == [1, 2, 0].map { "/WebACL/Rules/\($0)" })
    #expect(found.rules.map(\.capacity.estimate) == [14, 2, 2])
    #expect(
      found.rules[0].parts.last?.pointer.description
        == "/WebACL/Rules/1/Statement/RateBasedStatement/ScopeDownStatement/ByteMatchStatement"
        + "/TextTransformations/0")
  }

  /// A rule group costs its own capacity, and shares nothing with the web ACL.
  @Test func ruleGroupSharesNothing() {
    let match = Samples.byteMatch(.uriPath, [Samples.lowercase])
    let reference = Statement.ruleGroupReference(
      RuleGroupReferenceStatement(arn: Samples.groupARN))
    let found = estimate(
      Samples.rules([reference, match]),
      [Samples.ruleGroup(Samples.rules([match]), capacity: 50)])
    #expect(found.rules.map(\.capacity) == [Capacity(50), Capacity(12)])
  }
}
