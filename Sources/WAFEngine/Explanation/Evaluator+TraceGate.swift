import WAFProgram
import WAFRequests

extension Evaluator {
  /// What is known of the client at a rule whose action has a way through.
  func traced(gate index: Int32, _ record: borrowing RequestRecord) -> TraceGate {
    let gate = program.gates[Int(index)]
    let answer = gateAnswer(gate, record)
    let outcome: TraceGate.Outcome =
      switch answer.value {
      case .match: .stopped
      case .no: .passes
      case .unknown: .unknown
      }
    switch gate.action {
    case .captcha, .challenge:
      let token = gate.action == .captcha ? record.captcha : record.challenge
      let age = age(of: token, record)
      return TraceGate(
        evidence: "token", outcome: outcome, level: answer.level,
        finding: finding(token, age: age, gate, record),
        immunitySeconds: gate.immunitySeconds, tokenAgeSeconds: age)
    case .monetize, .allow, .block, .count:
      return TraceGate(
        evidence: "payment", outcome: outcome, level: answer.level,
        finding: paymentFinding(answer, record))
    }
  }

  private func age(of token: TokenEvidence, _ record: borrowing RequestRecord) -> Int? {
    guard let solved = token.solveTimestamp, let now = record.timestamp else { return nil }
    return max(0, Int(truncatingIfNeeded: now / 1000 &- solved))
  }

  private func finding(
    _ token: TokenEvidence, age: Int?, _ gate: Gate, _ record: borrowing RequestRecord
  ) -> String {
    switch token.finding {
    case .missing: return "the service found no token"
    case .invalid: return "the service found the token invalid"
    case .domainMismatch:
      return "the service found the token to be another domain's"
        + (gate.takesOtherDomains ? "; this web ACL takes tokens of further domains" : "")
    case .valid, .expired: break
    case .notRecorded:
      switch carriesToken(record) {
      case .no: return "the request carries no token"
      case .match: return "the request carries a token; whether it is good is not recorded"
      case .unknown: return "whether the request carries a good token is not recorded"
      }
    }
    if let age {
      let immunity = gate.immunitySeconds
      let limit = "the immunity time of \(immunity) s"
      return "the token is \(age) s old, " + (age > immunity ? "above " : "within ") + limit
    }
    return token.finding == .valid
      ? "the service accepted the token; its age is not recorded"
      : "the token was too old for the immunity time of then; its age is not recorded"
  }

  private func paymentFinding(
    _ answer: Answer, _ record: borrowing RequestRecord
  ) -> String {
    if let isVerified = record.paymentVerified {
      return isVerified ? "the service verified the payment" : "the service refused the payment"
    }
    if answer.value == .match { return "the request carries no payment" }
    return record.headersAreComplete
      ? "the request carries a payment; whether it is good is not recorded"
      : "whether the request carries a good payment is not recorded"
  }
}
