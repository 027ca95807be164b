import WAFProgram
import WAFRequests

// What labels say of the client's token, as a condition.

extension Evaluator {
  /// Whether the token is as the test asks.
  ///
  /// Source: "ATP labels" of the developer guide, on token status labels (documented). A token that is
  /// carried and of which the log has no word is taken to be accepted and, in its CAPTCHA part, not
  /// solved: named assumptions.
  func tokenAnswer(_ test: TokenTest, _ record: borrowing RequestRecord) -> Answer {
    let evidence = test.part == .challenge ? record.challenge : record.captcha
    switch evidence.finding {
    case .valid: return observed(test, [.accepted])
    case .missing: return observed(test, [.absent])
    case .expired: return observed(test, [.rejected, .expired])
    case .domainMismatch: return observed(test, [.rejected, .domainMismatch])
    case .invalid:
      // The log tells a puzzle that was not solved from an unreadable token in labels alone.
      if test.state == .invalid || test.state == .notSolved { return .unknown(.notRecorded) }
      return observed(test, [.rejected])
    case .notRecorded:
      let other = test.part == .challenge ? record.captcha : record.challenge
      if other.finding == .missing { return observed(test, [.absent]) }
    }
    let assumed: [TokenTest.State] =
      test.part == .challenge ? [.accepted] : [.rejected, .notSolved]
    let reason: Answer.Reason = test.part == .challenge ? .acceptedToken : .unsolvedCaptcha
    switch carriesToken(record) {
    case .no: return Answer(Ternary(test.state == .absent))
    case .match: return Answer(Ternary(assumed.contains(test.state)), .assumed, reason)
    case .unknown:
      if test.state == .absent || assumed.contains(test.state) { return .unknown(.notRecorded) }
      return Answer(.no, .assumed, reason)
    }
  }

  private func observed(_ test: TokenTest, _ states: [TokenTest.State]) -> Answer {
    Answer(Ternary(states.contains(test.state)), .observed, .serviceFinding)
  }

  func resourceAnswer(_ type: ResourceType) -> Answer {
    let answer = Answer(Ternary(resourceType == type))
    return isResourceTypeAssumed ? answer.weakened(to: .assumed, .resourceType) : answer
  }
}
