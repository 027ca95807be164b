/// How the requests of an input are written.
package enum TrafficFormat: String, Hashable, Sendable, CaseIterable {
  /// What the first bytes of the input say.
  case auto
  /// AWS WAF log records and native records, bare or in the documents that hold them.
  case wafLog = "waf-log"
  /// HAR 1.2.
  case har
  /// Raw HTTP/1.1 requests, one after the other.
  case rawHTTP = "raw-http"
}
