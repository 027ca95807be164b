import Bytes
package import WAFRequests

/// A record, or bytes where a record belongs, that could not be read.
package struct RejectedRecord: Hashable, Sendable, Positioned {
  /// Where it begins.
  package var position: RecordPosition
  /// How many bytes it has.
  package var count: Int
  /// Why it was refused.
  package var reason: RejectReason
  /// The first of its bytes.
  package var bytes: [UInt8]

  package init(position: RecordPosition, count: Int, reason: RejectReason, bytes: [UInt8]) {
    self.position = position
    self.count = count
    self.reason = reason
    self.bytes = bytes
  }

  /// A record that could not be decoded.
  ///
  /// - Parameter keepsAll: whether somebody asks for all of its bytes; else a sample of them is kept.
  package init(
    _ record: Span<UInt8>, at position: RecordPosition, reason: RejectReason, keepsAll: Bool
  ) {
    let kept = keepsAll ? record.count : min(record.count, RejectReport.sampleBytes)
    self.init(
      position: position, count: record.count, reason: reason,
      bytes: [UInt8](record.extracting(0..<kept)))
  }
}

/// Why a record could not be read.
package struct RejectReason: Error, Hashable, Sendable {
  /// The kind of fault: a stable name.
  package var code: String
  /// The fault in words.
  package var message: String
  /// The offset of the offending byte in the record.
  package var offset: Int

  package init(code: String, message: String, offset: Int) {
    self.code = code
    self.message = message
    self.offset = offset
  }
}

/// What could not be read.
package struct RejectReport: Equatable, Sendable {
  /// The number of rejected records.
  package private(set) var count = 0
  /// The number of rejected records by the kind of fault.
  package private(set) var byCode: [String: Int] = [:]
  /// The first of them; bytes are cut to `sampleBytes`.
  package private(set) var samples = FirstSamples<RejectedRecord>(capacity: 20)

  /// How many bytes of a sample are kept.
  package static let sampleBytes = 200

  package init() {}

  mutating func add(_ reject: RejectedRecord) {
    count += 1
    byCode[reject.reason.code, default: 0] += 1
    guard samples.wants(reject.position) else { return }
    var sample = reject
    sample.bytes = Array(reject.bytes.prefix(Self.sampleBytes))
    samples.insert(sample)
  }

  mutating func merge(_ other: RejectReport) {
    count += other.count
    byCode.merge(other.byCode, uniquingKeysWith: +)
    samples.merge(other.samples)
  }
}
