import Bytes
package import WAFRequests

/// Decodes the records that a reader frames, of whatever format.
///
/// A log record that stands in a wrapper is taken out of it here, by the workers, and not while
/// framing: most logs have none, and then it costs nothing. Its position stays that of the wrapper.
package struct TrafficDecoder: Sendable {
  private let logs = WAFLogDecoder()
  private let har = HARDecoder()

  package init() {}

  /// Decodes one record into `request`, whose former content is dropped and whose memory is kept.
  ///
  /// `format` is that of the record's chunk. After an error `request` is empty.
  package func decode(
    _ record: Span<UInt8>, as format: TrafficFormat, position: RecordPosition = RecordPosition(),
    into request: inout RequestRecord
  ) throws(RecordError) {
    switch format {
    case .har: try har.decode(record, position: position, into: &request)
    case .rawHTTP: try decodeRaw(record, position: position, into: &request)
    case .wafLog, .auto:
      do throws(RecordError) {
        try logs.decode(record, position: position, into: &request)
      } catch {
        guard error.code == .noHTTPRequest, let wrapped = WrappedRecord(in: record) else {
          throw error
        }
        try decode(wrapped, of: record, position: position, into: &request)
      }
    }
  }

  private func decode(
    _ wrapped: WrappedRecord, of record: Span<UInt8>, position: RecordPosition,
    into request: inout RequestRecord
  ) throws(RecordError) {
    do throws(RecordError) {
      var scanner = JSONScanner(record, at: Int(wrapped.range.start))
      guard let text = try? scanner.string() else {
        let inner = record.extracting(wrapped.range.bounds)
        return try logs.decode(inner, position: position, into: &request)
      }
      var inner: [UInt8] = []
      inner.reserveCapacity(Int(text.range.count))
      JSONText.unescape(text, in: record, into: &inner)
      try logs.decode(inner.span, position: position, into: &request)
    } catch {
      // The offset inside of an escaped text would be that of no byte of the record.
      let offset = wrapped.isText ? 0 : error.offset
      throw RecordError(
        error.code, "\(wrapped.path): \(error.message)",
        offset: Int(wrapped.range.start) + offset)
    }
  }

  private func decodeRaw(
    _ record: Span<UInt8>, position: RecordPosition, into request: inout RequestRecord
  ) throws(RecordError) {
    do throws(RawHTTPError) {
      _ = try RawHTTPRequest.decode(record, into: &request)
      request.position = position
    } catch {
      request.reset()
      throw RecordError(
        .invalidHTTP, error.message, offset: Self.start(ofLine: error.line, in: record))
    }
  }

  private static func start(ofLine line: Int, in record: Span<UInt8>) -> Int {
    var start = 0
    for _ in 1..<max(1, line) {
      guard let feed = record.firstIndex(of: 0x0A, from: start) else { break }
      start = feed + 1
    }
    return start
  }
}
