import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Certainty, possible actions, the chosen action and the open fields of whole programs.
struct VerdictTests {
  // MARK: Levels

  @Test(arguments: EvidenceLevel.allCases)
  func aMatchHasItsLevel(_ level: EvidenceLevel) {
    let program = blocking { $0.match(at: level) }
    #expect(shown(program, .plain) == Shown(true, Certainty(level)))
  }

  @Test(arguments: EvidenceLevel.allCases)
  func aMissHasItsLevel(_ level: EvidenceLevel) {
    let program = blocking { $0.miss(at: level) }
    #expect(shown(program, .plain) == Shown(false, Certainty(level)))
  }

  @Test(arguments: EvidenceLevel.allCases, EvidenceLevel.allCases)
  func anAndIsAsWeakAsItsWeakestMatch(_ first: EvidenceLevel, _ second: EvidenceLevel) {
    let program = blocking { .and([$0.match(at: first), $0.match(at: second)]) }
    #expect(shown(program, .plain) == Shown(true, Certainty(max(first, second))))
  }

  @Test(arguments: EvidenceLevel.allCases, EvidenceLevel.allCases)
  func anAndIsAsStrongAsItsStrongestMiss(_ first: EvidenceLevel, _ second: EvidenceLevel) {
    let program = blocking { .and([$0.miss(at: first), $0.miss(at: second)]) }
    #expect(shown(program, .plain) == Shown(false, Certainty(min(first, second))))
  }

  @Test(arguments: EvidenceLevel.allCases, EvidenceLevel.allCases)
  func anOrIsAsStrongAsItsStrongestMatch(_ first: EvidenceLevel, _ second: EvidenceLevel) {
    let program = blocking { .or([$0.match(at: first), .not($0.miss(at: second))]) }
    #expect(shown(program, .plain) == Shown(true, Certainty(min(first, second))))
  }

  @Test
  func anUnknownConditionIsIndeterminate() {
    let verdict = verdict(blocking { $0.unknown() }, .plain)
    #expect(verdict.certainty == .indeterminate)
    #expect(verdict.possible == [ActionSet(.allow), ActionSet(.block)])
    // The member whose rule comes last: the default action.
    #expect(verdict.action == .allow)
    #expect(verdict.rule == nil)
  }

  @Test
  func anUnknownBesideAnAnswerThatDecidesDoesNotMatter() {
    #expect(shown(blocking { .and([$0.unknown(), $0.miss(at: .exact)]) }, .plain) == .no)
    #expect(shown(blocking { .or([$0.unknown(), $0.match(at: .exact)]) }, .plain) == .yes)
    #expect(shown(blocking { .and([$0.unknown(), $0.match(at: .exact)]) }, .plain) == .unknown)
    #expect(shown(blocking { .not($0.unknown()) }, .plain) == .unknown)
  }

  @Test
  func aWeakRuleOfTheSameActionLeavesTheActionExact() {
    let program = sketch { builder in
      builder.rule("guess", .block, builder.match(at: .approximate))
      builder.rule("sure", .block, builder.match(at: .exact))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.action == .block)
    #expect(verdict.certainty == .exact)
    #expect(verdict.open == .terminatingRuleID)
    // The record shows what is best known: the guess matches.
    #expect(program.rulePath(of: verdict) == "guess")
  }

  @Test
  func theFirstLevelWithOneActionCounts() {
    // Exact: both possible. Approximate: the rule does not match. Assumed: nothing more is asked.
    let program = sketch { builder in
      builder.rule("guess", .block, builder.miss(at: .approximate))
      builder.rule("allow", .allow, builder.match(at: .exact))
      builder.rule("assume", .block, builder.match(at: .assumed))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.action == .allow)
    #expect(verdict.certainty == .approximate)
    #expect(program.rulePath(of: verdict) == "allow")
    #expect(verdict.open == [])
  }

  @Test
  func indeterminateNamesWhatRemainsWithAllAssumptions() {
    let program = sketch(default: .block) { builder in
      builder.rule("assume", .allow, builder.miss(at: .assumed))
      builder.rule("open", .captcha, builder.unknown())
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.certainty == .indeterminate)
    #expect(verdict.level == .assumed)
    #expect(verdict.possible == [ActionSet(.block), ActionSet(.captcha)])
    #expect(verdict.action == .block)
  }

  @Test
  func ofSeveralPossibleActionsThatOfTheLastRuleIsGiven() {
    let program = sketch { builder in
      builder.rule("first", .block, builder.unknown("one"))
      builder.rule("last", .allow, builder.match(at: .exact))
    }
    let first = verdict(program, .plain)
    #expect(first.action == .allow)
    #expect(program.rulePath(of: first) == "last")

    let other = sketch { builder in
      builder.rule("first", .allow, builder.unknown("one"))
      builder.rule("last", .block, builder.match(at: .exact), responseCode: 429)
    }
    let second = verdict(other, .plain)
    #expect(second.possible == [ActionSet(.allow), ActionSet(.block)])
    #expect(second.action == .block)
    #expect(other.rulePath(of: second) == "last")
    #expect(second.responseCode == 429)
  }

  // MARK: Default action, order

  @Test
  func theDefaultActionComesWithItsResponseCode() {
    let program = sketch(default: .block, defaultResponseCode: 418) { builder in
      builder.rule("never", .allow, builder.miss(at: .exact))
      builder.rule("count", .count, builder.match(at: .exact))
    }
    let (verdict, _, events) = details(program, .plain)
    #expect(verdict.action == .block)
    #expect(verdict.certainty == .exact)
    #expect(verdict.responseCode == 418)
    #expect(program.rulePath(of: verdict) == "Default_Action")
    #expect(events == [.topCount(1)])
    #expect(verdict.open == [])
  }

  @Test
  func theFirstMatchEndsTheEvaluation() {
    let program = sketch { builder in
      builder.rule("no", .block, builder.path("/other"))
      builder.rule("yes", .allow, builder.path("/"))
      builder.rule("later", .block, builder.path("/"))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.action == .allow)
    #expect(program.rulePath(of: verdict) == "yes")
  }

  @Test
  func aProgramWithoutRulesGivesTheDefaultAction() {
    #expect(verdict(sketch { _ in }, RequestRecord()).action == .allow)
    #expect(verdict(sketch(default: .block) { _ in }, RequestRecord()).certainty == .exact)
  }

  // MARK: Labels

  private static let own = "awswaf:111122223333:webacl:acl:"

  @Test
  func labelsAreSeenByLaterRulesOnly() {
    let program = sketch { builder in
      builder.rule(
        "itself", .block, .and([builder.match(at: .exact), builder.label("a")]),
        labels: [Self.own + "a"])
      builder.rule("before", .block, builder.label("a"))
      builder.rule("adds", .count, builder.match(at: .exact), labels: [Self.own + "a"])
      builder.rule("after", .block, builder.label("a"), labels: [Self.own + "b"])
    }
    let (verdict, labels, events) = details(program, .plain)
    #expect(program.rulePath(of: verdict) == "after")
    #expect(verdict.certainty == .exact)
    #expect(labels == [Self.own + "a", Self.own + "b"])
    #expect(events == [.topCount(2)])
    #expect(verdict.open == [])
  }

  @Test(arguments: EvidenceLevel.allCases)
  func aLabelIsAsSureAsTheRuleThatAddsIt(_ level: EvidenceLevel) {
    let program = sketch { builder in
      builder.rule("adds", .count, builder.match(at: level), labels: [Self.own + "a"])
      builder.rule("asks", .block, builder.label("a"))
    }
    #expect(shown(program, .plain) == Shown(true, Certainty(level)))
    let negated = sketch { builder in
      builder.rule("adds", .count, builder.miss(at: level), labels: [Self.own + "a"])
      builder.rule("asks", .block, .not(builder.label("a")))
    }
    #expect(shown(negated, .plain) == Shown(true, Certainty(level)))
  }

  @Test
  func anUnknownCountRuleLeavesItsLabelsMaybe() {
    let program = sketch { builder in
      builder.rule("adds", .count, builder.unknown(), labels: [Self.own + "a"])
      builder.rule("other", .block, builder.label("b"))
      builder.rule("asks", .block, builder.label("a"))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.certainty == .indeterminate)
    #expect(verdict.open.contains(.labels))
    #expect(verdict.open.contains(.nonTerminatingMatchingRules))
  }

  @Test
  func aLabelThatAnotherRuleAddsForSureIsSure() {
    let program = sketch { builder in
      builder.rule("maybe", .count, builder.unknown(), labels: [Self.own + "a"])
      builder.rule("sure", .count, builder.match(at: .exact), labels: [Self.own + "a"])
      builder.rule("asks", .block, builder.label("a"))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.certainty == .exact)
    #expect(verdict.action == .block)
  }

  @Test
  func anUnknownTerminatingRuleTakesItsLabelsAway() {
    // In the worlds that go on the rule has not matched, so its label is not there.
    let program = sketch { builder in
      builder.rule("ends", .block, builder.unknown(), labels: [Self.own + "a"])
      builder.rule("asks", .allow, builder.label("a"))
      builder.rule("rest", .block, builder.match(at: .exact))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.certainty == .exact)
    #expect(verdict.action == .block)
    #expect(verdict.open == [.terminatingRuleID, .labels])
  }

  @Test
  func aNamespaceKeyWithoutColonThatReadsBothWaysIsApproximate() {
    let program = sketch { builder in
      builder.rule("adds", .count, builder.match(at: .exact), labels: [Self.own + "ns:a"])
      builder.rule("asks", .block, builder.label("n", .namespace))
    }
    #expect(shown(program, .plain) == Shown(false, .approximate))
    let same = sketch { builder in
      builder.rule("adds", .count, builder.match(at: .exact), labels: [Self.own + "ns:a"])
      builder.rule("asks", .block, builder.label("ns", .namespace))
    }
    #expect(shown(same, .plain) == .yes)
  }

  // MARK: Open fields

  /// Two ways to be blocked, of which the first is unknown, and the fields that then differ.
  struct OpenCase: CustomTestStringConvertible {
    var name: String
    var open: OpenFields
    var build: @Sendable (inout ProgramBuilder) -> Void
    var testDescription: String { name }
  }

  static let openCases: [OpenCase] = [
    OpenCase(name: "nothing unknown", open: []) {
      $0.rule("a", .block, $0.match(at: .exact))
    },
    OpenCase(name: "another rule", open: .terminatingRuleID) {
      $0.rule("a", .block, $0.unknown())
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(name: "another response code", open: [.terminatingRuleID, .responseCodeSent]) {
      $0.rule("a", .block, $0.unknown(), responseCode: 429)
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(name: "a label of the rule", open: [.terminatingRuleID, .labels]) {
      $0.rule("a", .block, $0.unknown(), labels: ["awswaf:1:webacl:acl:l"])
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(
      name: "a count between", open: [.terminatingRuleID, .nonTerminatingMatchingRules]
    ) {
      $0.rule("a", .block, $0.unknown())
      $0.rule("c", .count, $0.match(at: .exact))
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(
      name: "a count before is on both", open: .terminatingRuleID
    ) {
      $0.rule("c", .count, $0.match(at: .exact))
      $0.rule("a", .block, $0.unknown())
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(name: "an unknown count", open: .nonTerminatingMatchingRules) {
      $0.rule("c", .count, $0.unknown())
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(
      name: "an unknown count with a label", open: [.nonTerminatingMatchingRules, .labels]
    ) {
      $0.rule("c", .count, $0.unknown(), labels: ["awswaf:1:webacl:acl:l"])
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(
      name: "an unknown rule in a group",
      open: [.terminatingRuleID, .terminatingRuleType, .ruleGroupList]
    ) {
      $0.group("g")
      $0.groupRule("a", .block, $0.unknown())
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(name: "another rule of the same group", open: .ruleGroupList) {
      $0.group("g")
      $0.groupRule("a", .block, $0.unknown())
      $0.groupRule("b", .block, $0.match(at: .exact))
    },
    OpenCase(name: "an unknown count in a group", open: .ruleGroupList) {
      $0.group("g")
      $0.groupRule("a", .count, $0.unknown())
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(
      name: "a group that may or may not be evaluated", open: .ruleGroupList
    ) {
      $0.group("g", scopeDown: $0.unknown())
      $0.groupRule("a", .count, $0.miss(at: .exact))
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(
      name: "a group turned into Count", open: [.ruleGroupList, .nonTerminatingMatchingRules]
    ) {
      $0.group("g", counts: true)
      $0.groupRule("a", .block, $0.unknown())
      $0.rule("b", .block, $0.match(at: .exact))
    },
    OpenCase(name: "a geo match without a recorded region", open: .labels) {
      $0.rule("a", .count, $0.countries(["US"]), hasGeo: true)
      $0.rule("b", .block, $0.match(at: .exact))
    },
  ]

  @Test(arguments: openCases)
  func openFields(_ item: OpenCase) {
    let verdict = verdict(sketch(item.build), .plain)
    #expect(verdict.action == .block)
    #expect(verdict.certainty == .exact)
    #expect(verdict.open.names == item.open.names)
  }

  @Test
  func namesOfOpenFieldsAreThoseOfTheLog() {
    #expect(
      OpenFields.all.names == [
        "terminatingRuleId", "terminatingRuleType", "ruleGroupList", "rateBasedRuleList",
        "nonTerminatingMatchingRules", "requestHeadersInserted", "responseCodeSent", "labels",
        "captchaResponse", "challengeResponse", "oversizeFields", "wafcast.response",
      ])
  }
}
