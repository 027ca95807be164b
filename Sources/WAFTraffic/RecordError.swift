/// Why a record, or bytes where a record belongs, could not be read.
package struct RecordError: Error, Hashable, Sendable {
  /// The kind of fault: a stable name that reports may count by.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// Bytes between records that begin no record.
    case notARecord = "not-a-record"
    /// The record's braces, quotes and commas do not fit together.
    case brokenRecord = "broken-record"
    /// The input ends inside the record.
    case truncatedRecord = "truncated-record"
    /// The record has more bytes than the limit.
    case recordTooLarge = "record-too-large"
    /// The record is nested too deep.
    case nestedTooDeep = "nested-too-deep"
    /// The record is no JSON.
    case invalidJSON = "invalid-json"
    /// A member has another JSON type than it must have.
    case wrongType = "wrong-type"
    /// A member stands twice.
    case repeatedKey = "repeated-key"
    /// A member's value is of the right type, and still none that can be used.
    case invalidValue = "invalid-value"
    /// The record has no `httpRequest`; the entry of a HAR no `request`.
    case noHTTPRequest = "no-http-request"
    /// The record is no HTTP/1.1 request.
    case invalidHTTP = "invalid-http"
    /// `wafcast.state` or `wafcast.masked` has a component or state that does not exist or fit.
    case invalidState = "invalid-state"
  }

  /// The kind of fault.
  package var code: Code
  /// The fault in words, beginning with the path of the member it is about.
  package var message: String
  /// The offset of the offending byte in the record (or in the bytes rejected).
  package var offset: Int

  package init(_ code: Code, _ message: String, offset: Int) {
    self.code = code
    self.message = message
    self.offset = offset
  }
}
