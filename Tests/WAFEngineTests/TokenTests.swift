import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// CAPTCHA and challenge without evidence of the client's token.
struct TokenTests {
  @Test(arguments: [Action.captcha, .challenge])
  func aMatchIsEitherTheActionOrGoesOn(_ action: Action) {
    let program = sketch { builder in
      builder.rule("token", action, builder.match(at: .exact), labels: ["awswaf:1:webacl:acl:l"])
      builder.rule("asks", .block, builder.label("awswaf:1:webacl:acl:l"))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.certainty == .indeterminate)
    // The label is there wherever the evaluation goes on, so it blocks there for certain.
    #expect(verdict.possible == [ActionSet(action), ActionSet(.block)])
    #expect(verdict.action == .block)
    #expect(program.rulePath(of: verdict) == "asks")
    #expect(needs(program, .plain) == ["token for token"])
  }

  @Test
  func anUnknownMatchNeedsBoth() {
    let program = sketch { builder in
      builder.rule(
        "token", .captcha, builder.unknown("x"), labels: ["awswaf:1:webacl:acl:l"])
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.possible == [ActionSet(.captcha), ActionSet(.allow)])
    #expect(needs(program, .plain) == ["token for token", "x for token"])
  }

  @Test
  func aMissNeedsNoToken() {
    let program = sketch { builder in
      builder.rule("token", .challenge, builder.miss(at: .exact))
    }
    #expect(verdict(program, .plain).certainty == .exact)
  }

  @Test
  func insideAGroupTheEvaluationGoesOnInTheGroup() {
    let program = sketch { builder in
      builder.group("g")
      builder.groupRule("token", .challenge, builder.match(at: .exact))
      builder.groupRule("ends", .block, builder.match(at: .exact))
      builder.rule("never", .captcha, builder.match(at: .exact))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.possible == [ActionSet(.challenge), ActionSet(.block)])
    #expect(verdict.action == .block)
  }

  @Test
  func theRecordOfAChosenActionShowsTheRuleBehindIt() {
    let program = sketch { builder in
      builder.rule("block", .block, builder.unknown())
      builder.rule("token", .captcha, builder.match(at: .exact))
      builder.rule("last", .captcha, builder.match(at: .exact))
      builder.rule("end", .block, builder.match(at: .exact))
    }
    let verdict = verdict(program, .plain)
    #expect(verdict.possible == [ActionSet(.captcha), ActionSet(.block)])
    #expect(verdict.action == .block)
    #expect(program.rulePath(of: verdict) == "end")
  }
}
