import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Rule groups: overrides, scope-down statements, groups that are not at hand.
struct RuleGroupTests {
  private static let group = "awswaf:111122223333:rulegroup:g:"

  private static func asks(_ builder: inout ProgramBuilder, _ label: String) {
    builder.rule("asks", .block, builder.label(group + label))
  }

  // MARK: Plain groups

  @Test
  func aRuleOfAGroupEndsTheEvaluation() {
    let program = sketch { builder in
      builder.group("g")
      builder.groupRule("counts", .count, builder.match(at: .exact), labels: [Self.group + "a"])
      builder.groupRule("ends", .block, builder.label(Self.group + "a"))
      builder.groupRule("later", .block, builder.match(at: .exact), labels: [Self.group + "b"])
      builder.rule("asks", .allow, builder.match(at: .exact))
    }
    let (verdict, labels, events) = details(program, .plain)
    #expect(program.rulePath(of: verdict) == "g/ends")
    #expect(verdict.certainty == .exact)
    #expect(labels == [Self.group + "a"])
    #expect(
      events == [
        .groupEvaluated(0), .innerCount(RuleIndex(0)), .innerTerminating(RuleIndex(1)),
      ])
  }

  @Test
  func anAllowInsideAGroupEndsTheEvaluation() {
    let program = sketch(default: .block) { builder in
      builder.group("g")
      builder.groupRule("allows", .allow, builder.match(at: .exact))
      builder.rule("blocks", .block, builder.match(at: .exact))
    }
    #expect(verdict(program, .plain).action == .allow)
  }

  // MARK: Override action Count

  @Test
  func aGroupTurnedIntoCountStopsAtItsFirstTerminatingRule() {
    let program = sketch { builder in
      builder.group("g", counts: true)
      builder.groupRule("ends", .block, builder.match(at: .exact), labels: [Self.group + "a"])
      builder.groupRule("later", .count, builder.match(at: .exact), labels: [Self.group + "b"])
      builder.rule("b", .block, builder.label(Self.group + "b"))
      builder.rule("a", .block, builder.label(Self.group + "a"))
    }
    let (verdict, labels, events) = details(program, .plain)
    #expect(program.rulePath(of: verdict) == "a")
    #expect(verdict.certainty == .exact)
    #expect(labels == [Self.group + "a"])
    #expect(
      events == [.groupEvaluated(0), .innerTerminating(RuleIndex(0)), .topCount(0)])
  }

  @Test
  func behindAnUnknownTerminatingRuleLabelsAreMaybe() {
    for asked in ["a", "b"] {
      let program = sketch { builder in
        builder.group("g", counts: true)
        builder.groupRule("ends", .block, builder.unknown("x"), labels: [Self.group + "a"])
        builder.groupRule("later", .count, builder.match(at: .exact), labels: [Self.group + "b"])
        Self.asks(&builder, asked)
        builder.rule("other", .block, builder.unknown("y"))
      }
      let verdict = verdict(program, .plain)
      // No action of the group is possible; the rule that asks may or may not match.
      #expect(verdict.possible == [ActionSet(.allow), ActionSet(.block)], "\(asked)")
      #expect(verdict.certainty == .indeterminate)
      #expect(needs(program, .plain) == ["x for g/ends", "y for other"], "\(asked)")
    }
  }

  @Test
  func theGroupsOwnActionsAreNotPossibleUnderOverrideCount() {
    let program = sketch { builder in
      builder.group("g", counts: true)
      builder.groupRule("ends", .block, builder.unknown(), labels: [Self.group + "a"])
      builder.groupRule("captcha", .captcha, builder.match(at: .exact))
      builder.groupRule("later", .block, builder.match(at: .exact), labels: [Self.group + "b"])
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.possible == ActionSet(.allow))
    #expect(verdict.certainty == .exact)
    #expect(verdict.open == [.ruleGroupList, .nonTerminatingMatchingRules, .labels])
  }

  @Test
  func aTokenIsNoNeedUnderOverrideCount() {
    let program = sketch { builder in
      builder.group("g", counts: true)
      builder.groupRule("captcha", .captcha, builder.match(at: .exact))
      builder.rule("open", .block, builder.unknown("x"))
    }
    #expect(needs(program, .plain) == ["x for open"])
  }

  @Test
  func anApproximateRuleUnderCountShowsItsLabelWhileTheActionIsExact() {
    let program = sketch { builder in
      builder.group("g")
      builder.groupRule(
        "guess", .count, builder.match(at: .approximate), labels: [Self.group + "a"])
    }
    let (verdict, labels, events) = details(program, .plain)
    #expect(verdict.certainty == .exact)
    #expect(verdict.action == .allow)
    #expect(labels == [Self.group + "a"])
    #expect(events == [.groupEvaluated(0), .innerCount(RuleIndex(0))])
    #expect(verdict.open == [.labels, .ruleGroupList])
  }

  // MARK: Scope-down statements

  @Test
  func aGroupOutOfScopeIsNotEvaluated() {
    let program = sketch { builder in
      builder.group("g", scopeDown: builder.miss(at: .exact))
      builder.groupRule("ends", .block, builder.match(at: .exact), labels: [Self.group + "a"])
      Self.asks(&builder, "a")
    }
    let (verdict, labels, events) = details(program, .plain)
    #expect(verdict.action == .allow)
    #expect(verdict.certainty == .exact)
    #expect(labels == [])
    #expect(events == [])
  }

  @Test
  func anUnknownScopeAddsTheGroupsActionsAndMakesItsLabelsMaybe() {
    let ends = sketch { builder in
      builder.group("g", scopeDown: builder.unknown("scope"))
      builder.groupRule("ends", .block, builder.match(at: .exact))
    }
    #expect(verdict(ends, .plain).possible == [ActionSet(.allow), ActionSet(.block)])
    #expect(needs(ends, .plain) == ["scope for g"])

    let counts = sketch { builder in
      builder.group("g", scopeDown: builder.unknown("scope"))
      builder.groupRule("counts", .count, builder.match(at: .exact), labels: [Self.group + "a"])
      Self.asks(&builder, "a")
    }
    #expect(verdict(counts, .plain).possible == [ActionSet(.allow), ActionSet(.block)])
    #expect(needs(counts, .plain) == ["scope for g"])
  }

  @Test
  func behindAKnownMatchOfAnUnknownScopeNothingOfTheGroupIsReached() {
    let program = sketch { builder in
      builder.group("g", scopeDown: builder.unknown())
      builder.groupRule("ends", .block, builder.match(at: .exact))
      builder.groupRule("captcha", .captcha, builder.match(at: .exact))
    }
    #expect(verdict(program, .plain).possible == [ActionSet(.allow), ActionSet(.block)])
  }

  // MARK: Groups that are not at hand

  @Test
  func aGroupAssumedIdleIsAnAssumption() {
    let program = sketch { builder in
      builder.group("g", opaque: OpaqueGroup("Vendor", idle: true))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.action == .allow)
    #expect(verdict.certainty == .assumed)
    #expect(assumptions(program, .plain) == ["Vendor/*=no-match"])
  }

  @Test
  func aGroupThatMayDoAnythingAddsEveryAction() {
    let program = sketch { builder in
      builder.group("g", opaque: OpaqueGroup("Mine", idle: false))
    }
    let regional = verdict(program, .plain)
    #expect(regional.certainty == .indeterminate)
    #expect(regional.possible.actions == [.allow, .block, .captcha, .challenge])
    // The default action, whose place is after all rules.
    #expect(regional.action == .allow)
    #expect(regional.top == nil)
    #expect(needs(program, .plain) == ["managedRuleGroup:Mine for Mine"])

    let global = sketch(cloudFront: true) { builder in
      builder.group("g", opaque: OpaqueGroup("Mine", idle: false))
    }
    #expect(
      verdict(global, .plain).possible.actions == [
        .allow, .block, .captcha, .challenge, .monetize,
      ])
  }

  @Test
  func underOverrideCountSuchAGroupAddsLabelsOnly() {
    for (key, certainty) in [
      ("awswaf:managed:vendor:x", Certainty.indeterminate), ("awswaf:managed:aws:x", .exact),
    ] {
      let program = sketch { builder in
        builder.group("g", counts: true, opaque: OpaqueGroup("Mine", idle: false))
        builder.rule("asks", .block, builder.label(key))
      }
      #expect(verdict(program, .plain).certainty == certainty, "\(key)")
    }
    let program = sketch { builder in
      builder.group("g", counts: true, opaque: OpaqueGroup("Mine", idle: false))
      builder.rule("asks", .block, builder.label("awswaf:managed:vendor:x"))
    }
    #expect(
      needs(program, .plain) == ["managedRuleGroup:Mine for Mine"] + [
        "managedRuleGroup:Mine for asks"
      ])
  }

  @Test
  func anAbsentLabelOfAnIdleGroupIsAssumed() {
    let program = sketch { builder in
      builder.group("g", counts: true, opaque: OpaqueGroup("Vendor", idle: true))
      builder.rule("asks", .block, builder.label("awswaf:managed:vendor:x"))
    }
    #expect(shown(program, .plain) == Shown(false, .assumed))
  }

  @Test
  func labelsThatNobodyCanModelAreAssumedAbsent() {
    let source = OpaqueGroup("Bots", namespace: "awswaf:managed:token:", idle: true)
    let program = sketch { builder in
      builder.group("g", labelSources: [source])
      builder.groupRule("never", .block, builder.miss(at: .exact))
      builder.rule("asks", .block, builder.label("awswaf:managed:token:absent"))
    }
    #expect(shown(program, .plain) == Shown(false, .assumed))
    #expect(assumptions(program, .plain) == ["Bots/*=no-match"])

    let unasked = sketch { builder in
      builder.group("g", labelSources: [source])
      builder.groupRule("never", .block, builder.miss(at: .exact))
    }
    let verdict = verdict(unasked, .plain)
    #expect(verdict.certainty == .exact)
    #expect(verdict.open == .labels)
  }

  @Test
  func labelsThatNobodyCanModelAndNobodyAssumesAreANeed() {
    let source = OpaqueGroup("Bots", namespace: "awswaf:managed:token:", idle: false)
    let program = sketch { builder in
      builder.group("g", labelSources: [source])
      builder.groupRule("never", .block, builder.miss(at: .exact))
      builder.rule("asks", .block, builder.label("awswaf:managed:token:absent"))
    }
    #expect(verdict(program, .plain).certainty == .indeterminate)
    #expect(needs(program, .plain) == ["managedRuleGroup:Bots for asks"])
  }
}
