/// A request in the few words that an explanation begins with; what is not recorded is `?`.
package struct ExplainedRequest: Hashable, Sendable {
  package var method: String
  /// Path and query.
  package var target: String
  package var host: String?
  package var client: String?
  package var country: String?
  package var requestID: String?

  package init(
    method: String, target: String, host: String? = nil, client: String? = nil,
    country: String? = nil, requestID: String? = nil
  ) {
    self.method = method
    self.target = target
    self.host = host
    self.client = client
    self.country = country
    self.requestID = requestID
  }
}
