/// What a run found out about its traffic.
package struct TrafficFacts: Hashable, Sendable {
  /// An input, or the rest of one, that could not be read.
  package struct Unreadable: Hashable, Sendable {
    /// The input's name.
    package var input: String
    package var message: String

    package init(input: String, message: String) {
      self.input = input
      self.message = message
    }
  }

  package var records: Int
  /// Requests evaluated.
  package var requests: Int
  package var rejects: Int
  /// Requests for which the new web ACL's action is not decided.
  package var indeterminate: Int
  /// Rules, of the old or the new web ACL, that matched a request at least.
  package var rulesMatched: Int
  /// Requests by the web ACL they were recorded under: an ARN, or a name.
  package var recordedUnder: [String: Int]
  package var unreadable: [Unreadable]

  package init(
    records: Int = 0, requests: Int = 0, rejects: Int = 0, indeterminate: Int = 0,
    rulesMatched: Int = 0, recordedUnder: [String: Int] = [:], unreadable: [Unreadable] = []
  ) {
    self.records = records
    self.requests = requests
    self.rejects = rejects
    self.indeterminate = indeterminate
    self.rulesMatched = rulesMatched
    self.recordedUnder = recordedUnder
    self.unreadable = unreadable
  }

  /// The name of a web ACL in its ARN: `arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID`; what
  /// is no such ARN stands for itself.
  ///
  /// Source: resource types defined by AWS WAF V2, service authorization reference (documented).
  package static func webACLName(in recorded: String) -> String {
    guard recorded.hasPrefix("arn:") else { return recorded }
    let parts = recorded.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1] == "webacl", !parts[2].isEmpty else { return recorded }
    return String(parts[2])
  }
}
