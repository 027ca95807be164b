import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

extension RequestRecord {
  /// A request with a token of which nobody knows if it is good.
  fileprivate static let withToken = RequestRecord(
    uri: "/", headers: [("Host", "example.com"), ("Cookie", "a=b; aws-waf-token=x")])

  fileprivate static func evidence(
    _ finding: TokenEvidence.Finding, solved: Int64? = nil, at timestamp: Int64? = nil
  ) -> RequestRecord {
    var record = withToken
    record.captcha = TokenEvidence(finding: finding, solveTimestamp: solved)
    record.challenge = record.captcha
    record.timestamp = timestamp
    return record
  }
}

/// CAPTCHA and challenge: what is known of the client's token, and what follows from it.
struct TokenTests {
  struct Row: CustomTestStringConvertible {
    var record: RequestRecord
    var certainty: Certainty
    var isStopped: Bool
    var why: String

    var testDescription: String { why }
  }

  @Test(
    arguments: [Action.captcha, .challenge],
    [
      Row(
        record: RequestRecord(uri: "/", headers: [("Cookie", "a=b")]), certainty: .exact,
        isStopped: true, why: "no cookie of a token"),
      Row(
        record: RequestRecord(uri: "/", headers: [("X-Aws-Waf-Token", "x")]),
        certainty: .indeterminate, isStopped: false, why: "a token in a header"),
      Row(
        record: .evidence(.missing), certainty: .observed, isStopped: true,
        why: "the log says that it was missing"),
      Row(
        record: .evidence(.domainMismatch), certainty: .observed, isStopped: true,
        why: "another domain's token"),
      Row(
        record: .evidence(.valid), certainty: .observed, isStopped: false,
        why: "accepted, age not recorded"),
      Row(
        record: .evidence(.valid, solved: 1_000, at: 1_300_000), certainty: .observed,
        isStopped: false, why: "as old as the immunity time"),
      Row(
        record: .evidence(.valid, solved: 1_000, at: 1_301_000), certainty: .observed,
        isStopped: true, why: "a second too old"),
      Row(
        record: .evidence(.expired, solved: 1_000, at: 1_100_000), certainty: .observed,
        isStopped: false, why: "too old for the recorded immunity time, not for this one"),
      Row(
        record: .evidence(.expired), certainty: .indeterminate, isStopped: false,
        why: "too old then, age not recorded"),
    ])
  func theEvidenceDecides(_ action: Action, _ row: Row) {
    let program = sketch { builder in
      builder.rule("token", action, builder.match(at: .exact))
    }
    let verdict = verdict(program, row.record)
    #expect(verdict.certainty == row.certainty)
    guard row.certainty != .indeterminate else { return }
    #expect(verdict.action == (row.isStopped ? action : .allow))
  }

  /// The web ACL of then did not take the token's domain; one that lists domains may.
  @Test(arguments: [Action.captcha, .challenge], [true, false])
  func anotherDomainMayBeListed(_ action: Action, _ listsDomains: Bool) {
    let program = sketch { builder in
      builder.takesTokensOfOtherDomains = listsDomains
      builder.rule("token", action, builder.match(at: .exact))
    }
    let verdict = verdict(program, .evidence(.domainMismatch))
    #expect(verdict.certainty == (listsDomains ? .indeterminate : .observed))
  }

  @Test(
    arguments: [
      (nil, [("payment-signature", "x")], Certainty.indeterminate, Action.allow),
      (nil, [("Accept", "*/*")], .exact, .monetize),
      (true, [("payment-signature", "x")], .observed, .allow),
      (false, [("payment-signature", "x")], .observed, .monetize),
    ] as [(Bool?, [(String, String)], Certainty, Action)])
  func aPriceIsForThoseWhoDidNotPay(
    _ verified: Bool?, _ headers: [(String, String)], _ certainty: Certainty, _ action: Action
  ) {
    var record = RequestRecord(uri: "/", headers: headers.map { (name: $0.0, value: $0.1) })
    record.paymentVerified = verified
    let program = sketch { builder in
      builder.rule("price", .monetize, builder.match(at: .exact))
    }
    let verdict = verdict(program, record)
    #expect(verdict.certainty == certainty)
    #expect(verdict.action == action)
  }

  @Test(arguments: [Action.captcha, .challenge])
  func aMatchIsEitherTheActionOrGoesOn(_ action: Action) {
    let program = sketch { builder in
      builder.rule("token", action, builder.match(at: .exact), labels: ["awswaf:1:webacl:acl:l"])
      builder.rule("asks", .block, builder.label("awswaf:1:webacl:acl:l"))
    }
    let verdict = verdict(program, .withToken)
    #expect(verdict.certainty == .indeterminate)
    // The label is there wherever the evaluation goes on, so it blocks there for certain.
    #expect(verdict.possible == [ActionSet(action), ActionSet(.block)])
    #expect(verdict.action == .block)
    #expect(program.rulePath(of: verdict) == "asks")
    #expect(needs(program, .withToken) == ["token for token"])
  }

  @Test
  func anUnknownMatchNeedsBoth() {
    let program = sketch { builder in
      builder.rule(
        "token", .captcha, builder.unknown("x"), labels: ["awswaf:1:webacl:acl:l"])
    }
    let verdict = verdict(program, .withToken)
    #expect(verdict.possible == [ActionSet(.captcha), ActionSet(.allow)])
    #expect(needs(program, .withToken) == ["token for token", "x for token"])
  }

  @Test
  func aMissNeedsNoToken() {
    let program = sketch { builder in
      builder.rule("token", .challenge, builder.miss(at: .exact))
    }
    #expect(verdict(program, .withToken).certainty == .exact)
  }

  @Test
  func insideAGroupTheEvaluationGoesOnInTheGroup() {
    let program = sketch { builder in
      builder.group("g")
      builder.groupRule("token", .challenge, builder.match(at: .exact))
      builder.groupRule("ends", .block, builder.match(at: .exact))
      builder.rule("never", .captcha, builder.match(at: .exact))
    }
    let verdict = verdict(program, .withToken)
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
    let verdict = verdict(program, .withToken)
    #expect(verdict.possible == [ActionSet(.captcha), ActionSet(.block)])
    #expect(verdict.action == .block)
    #expect(program.rulePath(of: verdict) == "end")
  }
}
