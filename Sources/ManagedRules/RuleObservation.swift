/// What a third party saw AWS do with a request.
package struct RuleObservation: Hashable, Sendable {
  /// How it was seen, best first.
  package enum Evidence: String, CaseIterable, Sendable {
    /// A WAF log names the rule.
    case log = "waf_log"
    /// A sampled request names the rule.
    case sampledRequests = "sampled_requests"
    /// Somebody says so and shows no log.
    case authorClaim = "author_claim"
    /// Only the status of the response was seen.
    case statusOnly = "status_only"
    /// Made-up data of a guide.
    case illustrative
  }

  /// A request, as far as the report tells it.
  package struct Request: Hashable, Sendable {
    package var method: String
    /// As sent: path, and query behind `?`.
    package var uri: String
    /// Names and values in order.
    package var headers: [Header]
    package var body: String?

    package struct Header: Hashable, Sendable {
      package var name: String
      package var value: String
    }
  }

  /// What became of the request.
  package enum Report: Hashable, Sendable {
    /// The rule matched, or did not. `disagrees` says why the model has it otherwise.
    case request(Request, matched: Bool, disagrees: String?)
    /// The request is not known well enough to be made again.
    case unusable(outcome: String, why: String)
  }

  package var report: Report
  package var evidence: Evidence
  /// As exact as the source tells it.
  package var date: String?
  package var source: String
  /// What had to be filled in.
  package var note: String?
}
