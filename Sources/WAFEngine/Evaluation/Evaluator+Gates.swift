import Behaviour
import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// Whether the client fails a gate at the walk's level.
  mutating func gateValue(_ gate: Int32, _ record: borrowing RequestRecord) -> Ternary {
    let answer = gateAnswer(program.gates[Int(gate)], record)
    if mode == .worlds { noteOpenResponse(program.gates[Int(gate)], answer, record) }
    if answer.value.isKnown {
      if answer.level <= level { return answer.value }
      if walk.nextLevel.map({ answer.level < $0 }) ?? true { walk.nextLevel = answer.level }
    }
    walk.metUnknown = true
    let choice = UnknownChoice.gate(gate)
    metUnknowns.append(choice)
    guard mode != .worlds else { return .unknown }
    return Ternary(chosenUnknowns.contains(choice))
  }

  /// Marks the member of the log that tells what became of the token, where that is not all known.
  private mutating func noteOpenResponse(
    _ gate: Gate, _ answer: Answer, _ record: borrowing RequestRecord
  ) {
    let isSettled = answer.value.isKnown && answer.level <= level
    switch gate.action {
    case .captcha where !isSettled || !record.captcha.isComplete:
      walk.open.insert(.captchaResponse)
    case .challenge where !isSettled || !record.challenge.isComplete:
      walk.open.insert(.challengeResponse)
    case .captcha, .challenge, .monetize, .allow, .block, .count: break
    }
  }

  /// Match: the client does not pass.
  ///
  /// Source: "CAPTCHA and Challenge action behavior", "Token immunity times", "Monetize" of the
  /// developer guide (documented).
  func gateAnswer(_ gate: Gate, _ record: borrowing RequestRecord) -> Answer {
    switch gate.action {
    case .captcha: tokenAnswer(record.captcha, gate, record)
    case .challenge: tokenAnswer(record.challenge, gate, record)
    case .monetize, .allow, .block, .count: paymentAnswer(record)
    }
  }

  /// What the log tells of a token; without a word of it, whether the request carries one at all.
  private func tokenAnswer(
    _ evidence: TokenEvidence, _ gate: Gate, _ record: borrowing RequestRecord
  ) -> Answer {
    switch evidence.finding {
    case .domainMismatch where gate.takesOtherDomains:
      // The web ACL of then did not take the domain; this one may.
      return .unknown(.notRecorded)
    case .missing, .invalid, .domainMismatch:
      return Answer(.match, .observed, .serviceFinding)
    case .valid, .expired:
      if let solved = evidence.solveTimestamp, let now = record.timestamp {
        let age = now / 1000 - solved
        return Answer(Ternary(age > Int64(gate.immunitySeconds)), .observed, .serviceFinding)
      }
      // Too old for the recorded immunity time, perhaps not for this one.
      return evidence.finding == .valid
        ? Answer(.no, .observed, .serviceFinding) : .unknown(.notRecorded)
    case .notRecorded:
      return carriesToken(record) == .no ? Answer(.match) : .unknown(.notRecorded)
    }
  }

  /// Whether the request has the cookie or the header of a token; `no` also rules out that one lies
  /// in what is not recorded.
  func carriesToken(_ record: borrowing RequestRecord) -> Ternary {
    guard record.headersAreComplete else { return .unknown }
    var carries = Ternary(false)
    if record.hiddenHeaders.contains(.cookie) { carries = .unknown }
    for header in record.headers {
      if isNamed(header, Self.tokenHeader, record) { return .match }
      guard isNamed(header, Self.tokenCookieLine, record) else { continue }
      switch header.value.state {
      case .redacted, .notRecorded, .prefix, .lossy: return .unknown
      case .known, .empty, .absent, .absentOrEmpty:
        if record.storage.span.extracting(header.value.range.bounds)
          .contains(Self.tokenCookie.span)
        {
          return .match
        }
      }
    }
    return carries
  }

  private func paymentAnswer(_ record: borrowing RequestRecord) -> Answer {
    if let isVerified = record.paymentVerified {
      return Answer(Ternary(!isVerified), .observed, .serviceFinding)
    }
    for header in record.headers where isNamed(header, Self.paymentHeader, record) {
      return .unknown(.notRecorded)
    }
    return record.headersAreComplete ? Answer(.match) : .unknown(.notRecorded)
  }

  private static let tokenCookieLine = Array("cookie".utf8)
  private static let tokenCookie = Array("aws-waf-token".utf8)
  private static let tokenHeader = Array("x-aws-waf-token".utf8)
  private static let paymentHeader = Array("payment-signature".utf8)
}

extension TokenEvidence {
  /// Whether it gives all that the log says of a token: of a good or an old one also its age.
  fileprivate var isComplete: Bool {
    switch finding {
    case .valid, .expired: solveTimestamp != nil
    case .notRecorded, .missing, .invalid, .domainMismatch: true
    }
  }
}
