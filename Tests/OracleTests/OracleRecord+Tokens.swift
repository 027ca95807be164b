import ManagedRules
import WAFModel
import WAFProgram
import WAFRequests

/// What a rule with a way through asks of the client.
struct OracleGate: Hashable {
  var action: Action
  /// How long a token is good for; 0 for payments.
  var immunitySeconds: Int
}

extension OracleRecord {
  /// Whether a client is stopped at a gate, and why where that is known.
  struct GateAnswer {
    var stops: Answer
    /// `failureReason` in the log.
    var reason: String?
  }

  func gate(_ gate: OracleGate) -> GateAnswer {
    if let answer = gateAnswers[gate] { return answer }
    let answer =
      switch gate.action {
      case .captcha: token(record.captcha, gate.immunitySeconds)
      case .challenge: token(record.challenge, gate.immunitySeconds)
      default: GateAnswer(stops: payment())
      }
    gateAnswers[gate] = answer
    return answer
  }

  private func token(_ evidence: TokenEvidence, _ immunitySeconds: Int) -> GateAnswer {
    func observed(_ stops: Bool, _ reason: String? = nil) -> GateAnswer {
      GateAnswer(stops: Answer(truth: Truth(stops), level: .observed), reason: reason)
    }
    switch evidence.finding {
    case .missing: return observed(true, "TOKEN_MISSING")
    case .invalid: return observed(true, "TOKEN_INVALID")
    case .domainMismatch: return observed(true, "TOKEN_DOMAIN_MISMATCH")
    case .valid, .expired:
      if let solved = evidence.solveTimestamp, let now = record.timestamp {
        let isExpired = now / 1000 - solved > Int64(immunitySeconds)
        return observed(isExpired, isExpired ? "TOKEN_EXPIRED" : nil)
      }
      return evidence.finding == .valid ? observed(false) : GateAnswer(stops: .unknown)
    case .notRecorded:
      let answer = hasNoToken
      return GateAnswer(
        stops: answer, reason: answer.truth == .yes ? "TOKEN_MISSING" : nil)
    }
  }

  /// Whether a label that reports on the token would be there.
  func tokenAnswer(_ state: ManagedRuleRequirement.TokenState, isCaptcha: Bool) -> Answer {
    func answer(_ there: ManagedRuleRequirement.TokenState..., at level: EvidenceLevel) -> Answer {
      Answer(truth: Truth(there.contains(state)), level: level)
    }
    let (own, other) =
      isCaptcha ? (record.captcha, record.challenge) : (record.challenge, record.captcha)
    switch own.finding {
    case .valid: return answer(.accepted, at: .observed)
    case .expired: return answer(.rejected, .expired, at: .observed)
    case .domainMismatch: return answer(.rejected, .domainMismatch, at: .observed)
    case .invalid where state == .invalid || state == .notSolved: return .unknown
    case .invalid: return answer(.rejected, at: .observed)
    case .missing: return answer(.absent, at: .observed)
    case .notRecorded where other.finding == .missing: return answer(.absent, at: .observed)
    case .notRecorded: break
    }
    let absence = hasNoToken
    if absence.truth == .yes { return answer(.absent, at: absence.level) }
    let isThere =
      record.headersAreComplete
      && (!lines("x-aws-waf-token").isEmpty
        || lines("cookie").contains {
          [.known, .empty].contains($0.value.state)
            && record.text($0.value.range).contains("aws-waf-token")
        })
    let assumed =
      isCaptcha ? answer(.rejected, .notSolved, at: .assumed) : answer(.accepted, at: .assumed)
    // Where there may be no token at all, only what a token is not is an assumption.
    return isThere || (assumed.truth == .no && state != .absent) ? assumed : .unknown
  }

  /// Whether the headers prove that there is no token.
  private var hasNoToken: Answer {
    guard record.headersAreComplete, lines("x-aws-waf-token").isEmpty else { return .unknown }
    var level = EvidenceLevel.exact
    for line in lines("cookie") {
      switch line.value.state {
      case .known, .empty: break
      case .lossy: level = .approximate
      default: return .unknown
      }
      if record.text(line.value.range).contains("aws-waf-token") { return .unknown }
    }
    return Answer(truth: .yes, level: level)
  }

  private func payment() -> Answer {
    if let isVerified = record.paymentVerified {
      return Answer(truth: Truth(!isVerified), level: .observed)
    }
    guard record.headersAreComplete, lines("payment-signature").isEmpty else { return .unknown }
    return Answer(truth: .yes, level: .exact)
  }
}
