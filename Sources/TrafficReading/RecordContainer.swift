import Bytes
import WAFTraffic

/// A document that holds records in an array.
///
/// Told by the path of the array: nothing else of the document needs to be known, so the records are
/// framed one by one however long the array is.
enum RecordContainer: Sendable {
  /// `events` of `aws logs filter-log-events` and `get-log-events`.
  case events
  /// `logEvents` of a CloudWatch Logs subscription.
  case logEvents
  /// `results` of `aws logs get-query-results`.
  case results
  /// `hits.hits` of a search in Elasticsearch or OpenSearch.
  case hits
  /// `log.entries` of a HAR.
  case entries

  /// The container whose array begins as the value of this path; nil for any other array.
  init?(_ outer: KeyName, _ inner: KeyName) {
    switch (outer, inner) {
    case (.events, .none): self = .events
    case (.logEvents, .none): self = .logEvents
    case (.results, .none): self = .results
    case (.hits, .hits): self = .hits
    case (.log, .entries): self = .entries
    default: return nil
    }
  }

  /// The format of the records in it.
  var format: TrafficFormat { self == .entries ? .har : .wafLog }
}

/// A key, to compare with the few keys that are known.
struct KeyName: Hashable, Sendable {
  /// The bytes after a leading 1, the last one lowest; 0 for a key that is too long to be known.
  private var packed: UInt128 = 1

  static let none = KeyName()
  static let events = KeyName("events")
  static let logEvents = KeyName("logEvents")
  static let results = KeyName("results")
  static let hits = KeyName("hits")
  static let log = KeyName("log")
  static let entries = KeyName("entries")

  private init() {}

  private init(_ text: String) {
    let bytes = Array(text.utf8)
    append(bytes.span, from: 0, to: bytes.count)
  }

  /// Appends bytes of a key that comes in pieces.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    // The longest known key has nine bytes.
    guard packed != 0, end - start < 10, packed >> 72 == 0 else {
      if end > start { packed = 0 }
      return
    }
    for index in start..<end { packed = packed << 8 | UInt128(bytes[index]) }
  }
}
