import ManagedRules
import ReportText

/// The observations of a rule or a group, each with what the model makes of it.
func observations(_ observations: [RuleObservation], of subject: String) -> [PageBlock] {
  observations.flatMap { observation -> [PageBlock] in
    var blocks: [PageBlock] = []
    switch observation.report {
    case .request(let request, let matched, let disagrees):
      let outcome = "\(subject) \(matched ? "matched" : "did not match") "
      blocks.append(.entry(mark: "observed", role: .plain, Words(outcome) + request.words))
      blocks.append(
        .detail(
          "the model", Words(disagrees.map { "says otherwise: \($0)" } ?? "agrees")))
    case .unusable(let outcome, let why):
      blocks.append(
        .entry(mark: "observed", role: .plain, Words("\(outcome) (no request to try: \(why))")))
    }
    blocks.append(
      .detail(
        "evidence",
        Words(
          [observation.evidence.words, observation.date, observation.source].compactMap(\.self)
            .joined(separator: ", "))))
    if let note = observation.note { blocks.append(.detail("note", Words(note))) }
    return blocks
  }
}

extension RuleObservation.Request {
  /// The request as far as it is told: `GET /admin`, its headers, its body.
  var words: Words {
    var words = Words.code("\(method) \(uri)")
    if !headers.isEmpty {
      words =
        words + " with " + .list(headers.map { .code("\($0.name): \($0.value)") })
    }
    if let body {
      words = words + (headers.isEmpty ? " with" : " and") + " the body " + .code(body)
    }
    return words
  }
}

extension RuleObservation.Evidence {
  var words: String {
    switch self {
    case .log: "a WAF log names the rule"
    case .sampledRequests: "a sampled request names the rule"
    case .authorClaim: "somebody says so and shows no log"
    case .statusOnly: "only the status of the response was seen"
    case .illustrative: "made-up data of a guide"
    }
  }
}
