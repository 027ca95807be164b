package import IPAddressing
import WAFEngine
package import WAFProgram
package import WAFRequests

/// One request, to show: enough to find it again and to see what it asked for.
///
/// Texts are raw bytes of the client; whoever prints them makes them safe. Secrets in path and
/// query are masked already.
package struct RequestExample: Hashable, Sendable, Positioned {
  /// Where the record stands in the input.
  package var position: RecordPosition
  /// `requestId`; empty when not recorded.
  package var requestID: [UInt8]
  /// Milliseconds since 1970-01-01 UTC.
  package var timestamp: Int64?
  /// The method; empty when not recorded.
  package var method: [UInt8]
  /// The `Host` header; empty when not recorded.
  package var host: [UInt8]
  /// The path; empty when not recorded.
  package var path: [UInt8]
  /// The query without `?`, secrets masked; nil where there is none or it is not recorded.
  package var query: [UInt8]?
  /// The client's address.
  package var client: IPAddress?
  /// What the web ACL would do.
  package var action: Action
  /// How far that can be trusted.
  package var certainty: Certainty
  /// What is possible at that certainty.
  package var possible: ActionSet
  /// The rule's name in the web ACL, then `/` and its name inside the group.
  package var rule: String
}
