import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// The members of a prediction that tell of rates, inserted headers and custom responses: named in
/// `open` wherever another world fills them otherwise.
struct OpenHandlingTests {
  /// Whether the members named are open, given what was found of each rate.
  private func isOpen(
    _ field: OpenFields, _ findings: [RateFinding] = [], _ record: RequestRecord = .plain,
    _ build: (inout ProgramBuilder) -> Void
  ) -> Bool {
    var evaluator = Evaluator(sketch(build))
    for (index, finding) in findings.enumerated() { evaluator.rateFindings[index] = finding }
    return evaluator.evaluate(record).open.contains(field)
  }

  // MARK: Rates

  @Test(
    arguments: [
      (RateFinding.limited, false), (.notLimited, false), (.limitedIfAssumed, false),
      (.unknown, true),
    ])
  func aRateThatMayCount(_ finding: RateFinding, _ isOpen: Bool) {
    #expect(
      self.isOpen(.rateBasedRuleList, [finding]) { builder in
        builder.rate("rate", .count)
        builder.rule("end", .block, builder.match(at: .assumed))
      } == isOpen)
  }

  /// Where the verdict needs no approximation, the list of rates has one of its own.
  @Test func aRateThatDecidesNothing() {
    #expect(isOpen(.rateBasedRuleList, [.limited]) { $0.rate("rate", .count) })
  }

  @Test(arguments: [true, false])
  func aRateInAGroupThatMayCount(_ isOverridden: Bool) {
    #expect(
      isOpen(.rateBasedRuleList, [.unknown]) { builder in
        builder.group("group", counts: isOverridden)
        let leaf = builder.rate(limit: 10, windowSeconds: 300, keys: [], scopeDown: nil)
        builder.groupRule("rate", isOverridden ? .block : .count, .leaf(leaf))
      })
  }

  @Test func twoRatesThatMayEnd() {
    #expect(
      isOpen(.rateBasedRuleList, [.unknown, .limited]) { builder in
        builder.rate("first", .block)
        builder.rate("second", .block)
      })
  }

  @Test func aRateThatCountedBetweenTwoEnds() {
    #expect(
      isOpen(.rateBasedRuleList, [.limited]) { builder in
        builder.rule("maybe", .block, builder.unknown())
        builder.rate("rate", .count)
        builder.rule("end", .block, builder.match(at: .assumed))
      })
    #expect(
      !isOpen(.rateBasedRuleList, [.limited]) { builder in
        builder.rate("rate", .count)
        builder.rule("maybe", .block, builder.unknown())
        builder.rule("end", .block, builder.match(at: .assumed))
      })
  }

  // MARK: Responses

  private static func answering(_ body: LabelTemplate.Part) -> CustomHandling {
    CustomHandling(
      answer: CustomAnswer(
        code: 403, body: LabelTemplate(parts: [body]), contentType: "text/plain"))
  }

  @Test func twoResponses() {
    #expect(
      isOpen(.response) { builder in
        let unknown = builder.unknown()
        let match = builder.match(at: .exact)
        builder.rule("maybe", .block, unknown, handling: Self.answering(.text("a")))
        builder.rule("end", .block, match, handling: Self.answering(.text("b")))
      })
    #expect(
      !isOpen(.response) { builder in
        let match = builder.match(at: .exact)
        builder.rule("count", .count, builder.unknown())
        builder.rule("end", .block, match, handling: Self.answering(.text("b")))
      })
  }

  @Test(
    arguments: [
      (LabelTemplate.Part.text("a"), false), (.labels(namespace: "awswaf:1:webacl:acl:"), true),
      (.clientIP, false), (.ja3, true), (.requestID, true),
    ])
  func aResponseWithWhatIsNotKnown(_ part: LabelTemplate.Part, _ isOpen: Bool) {
    #expect(
      self.isOpen(.response) { builder in
        let unknown = builder.unknown()
        let match = builder.match(at: .exact)
        builder.rule("label", .count, unknown, labels: ["awswaf:1:webacl:acl:l"])
        builder.rule("end", .block, match, handling: Self.answering(part))
      } == isOpen)
  }

  // MARK: Inserted headers

  @Test(
    arguments: [
      (LabelTemplate.Part.text("a"), false), (.clientIP, false), (.ja4, true), (.requestID, true),
    ])
  func anInsertedHeaderWithWhatIsNotKnown(_ part: LabelTemplate.Part, _ isOpen: Bool) {
    let inserting = CustomHandling(
      inserted: [TemplateHeader(name: "x-amzn-waf-a", value: LabelTemplate(parts: [part]))])
    for (matches, expected) in [(true, isOpen), (false, false)] {
      #expect(
        self.isOpen(.requestHeadersInserted) { builder in
          let match = matches ? builder.match(at: .exact) : builder.miss(at: .exact)
          builder.rule("count", .count, match, handling: inserting)
        } == expected)
    }
  }
}

extension ProgramBuilder {
  fileprivate mutating func rate(_ name: String, _ action: Action) {
    let leaf = rate(limit: 10, windowSeconds: 300, keys: [], scopeDown: nil)
    beginTopRule(TopRule(name: name, kind: .rateBased))
    add(name, action, .leaf(leaf), .none)
  }

  fileprivate mutating func rule(
    _ name: String, _ action: Action, _ formula: Formula, handling: CustomHandling
  ) {
    beginTopRule(TopRule(name: name, kind: .plain))
    add(name, action, formula, handling)
  }

  private mutating func add(
    _ name: String, _ action: Action, _ formula: Formula, _ handling: CustomHandling
  ) {
    addRule(
      RuleInfo(
        name: name, path: name, ownAction: action, override: .none, formula: formula,
        managed: nil, handling: handling),
      action: action, labels: [], geo: [])
  }
}
