import Bytes

extension RequestRecord {
  /// Decides what is known of the body; every adapter calls this last, once the record is filled.
  ///
  /// Before the call `body` is what the recording holds: bytes, `absent` or `empty` where it says
  /// that there is no body, `notRecorded` where it has no word. The rule is the design's, "A body
  /// is absent when…"; what the service observed counts for more than what headers announce.
  ///
  /// - Parameters:
  ///   - observedSize: `requestBodySize`; nil when not recorded.
  ///   - recordedSize: the number of body bytes that the recording states beside the headers; nil
  ///     where it states none. It counts for more than `content-length`.
  ///   - infersAbsence: whether the lack of framing headers may prove a body absent. Not where the
  ///     record itself states that the body was not recorded; a size of 0 proves it there too.
  package mutating func settleBody(
    observedSize: Int? = nil, recordedSize: Int? = nil, infersAbsence: Bool = true
  ) {
    let framing = BodyFraming(of: self)
    let declaredSize = recordedSize ?? framing.declaredSize
    switch body.state {
    case .known, .lossy, .prefix:
      settleRecordedBody(observedSize: observedSize, declaredSize: declaredSize)
    case .absent, .empty, .absentOrEmpty:
      bodyAbsence = .recorded
      if let observedSize, observedSize > 0 {
        body = .notRecorded
        bodySize = .observed(observedSize)
      } else {
        bodySize = observedSize.map { .observed($0) } ?? .recorded(0)
      }
    case .notRecorded, .redacted:
      bodySize =
        if let observedSize {
          .observed(observedSize)
        } else if let declaredSize, declaredSize > 0 {
          .recorded(declaredSize)
        } else {
          .unknown
        }
      if body.state == .notRecorded {
        settleAbsence(
          framing, observedSize: observedSize, declaredSize: declaredSize,
          infersAbsence: infersAbsence)
      }
    }
  }

  private mutating func settleRecordedBody(observedSize: Int?, declaredSize: Int?) {
    let count = Int(body.range.count)
    let size = observedSize ?? declaredSize ?? count
    guard size > count else {
      bodySize =
        body.state == .known ? .recorded(count) : observedSize.map { .observed($0) } ?? .unknown
      return
    }
    bodySize = observedSize.map { .observed($0) } ?? .recorded(size)
    // A re-encoded body that is also cut short has no state of its own: neither its bytes nor its
    // length can be relied on, so it counts as not recorded.
    body = body.state == .lossy ? .notRecorded : Component(.prefix, body.range)
  }

  private mutating func settleAbsence(
    _ framing: BodyFraming, observedSize: Int?, declaredSize: Int?, infersAbsence: Bool
  ) {
    if let size = observedSize ?? declaredSize {
      guard size == 0 else { return }
      body = .absent
      bodyAbsence = .recorded
      bodySize = observedSize == nil ? .recorded(0) : .observed(0)
    } else if infersAbsence, let absence = absence(framing) {
      body = .absent
      bodyAbsence = absence
    }
  }

  /// What an absent body would rest on if the recording had no word about the body and its size;
  /// nil where the headers prove nothing.
  package var impliedBodyAbsence: BodyAbsence? {
    let framing = BodyFraming(of: self)
    if let size = framing.declaredSize { return size == 0 ? .recorded : nil }
    return absence(framing)
  }

  /// What an absent body rests on where no size is known; nil where the headers prove nothing.
  private func absence(_ framing: BodyFraming) -> BodyAbsence? {
    guard headersAreComplete, !framing.hasContentLength, !framing.hasTransferEncoding,
      methodHasNoBody
    else { return nil }
    return isHTTP1 ? .framing : .assumedForHTTP2
  }

  /// Whether the method is one of those whose requests have no body unless a header announces it.
  private var methodHasNoBody: Bool {
    guard method.state == .known else { return false }
    let name = storage.span.extracting(method.range.bounds)
    for candidate in Self.bodylessMethods where name.equals(candidate.span) { return true }
    return false
  }

  private static let bodylessMethods = ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]
    .map { Array($0.utf8) }

  /// Whether the recorded version is HTTP/1.x (`HTTP/1.1`, `1.1`); unknown text is not.
  private var isHTTP1: Bool {
    guard httpVersion.state == .known else { return false }
    var version = storage.span.extracting(httpVersion.range.bounds)
    if version.count > 5, version.extracting(first: 5).equalsIgnoringASCIICase(Self.httpSlash.span)
    {
      version = version.extracting(droppingFirst: 5)
    }
    guard version.count > 0, version[0] == UInt8(ascii: "1") else { return false }
    return version.count == 1 || version[1] == UInt8(ascii: ".")
  }

  private static let httpSlash = Array("HTTP/".utf8)
}

/// What the header lines say of the length of the body.
package struct BodyFraming: Hashable, Sendable {
  /// Whether there is a `content-length`, readable or not.
  package private(set) var hasContentLength = false
  /// Whether there is a `transfer-encoding`.
  package private(set) var hasTransferEncoding = false
  /// The number of bytes that `content-length` announces: nil where there is none that is readable,
  /// where several disagree, and beside a `transfer-encoding`, which overrules it (RFC 9112, 6.3).
  package private(set) var declaredSize: Int?

  /// Reads the header lines of a record.
  package init(of record: borrowing RequestRecord) {
    let bytes = record.storage.span
    var isReadable = true
    // The length alone rules out nearly every header.
    for header in record.headers where header.name.count >= 14 {
      let name = RequestRecord.trimmed(header.name, in: bytes)
      if name.count == 14,
        bytes.extracting(name.bounds).equalsIgnoringASCIICase(Self.contentLength.span)
      {
        let length = Self.length(of: header.value, in: bytes)
        if length == nil || (hasContentLength && declaredSize != length) { isReadable = false }
        hasContentLength = true
        declaredSize = length
      } else if name.count == 17,
        bytes.extracting(name.bounds).equalsIgnoringASCIICase(Self.transferEncoding.span)
      {
        hasTransferEncoding = true
      }
    }
    if hasTransferEncoding || !isReadable { declaredSize = nil }
  }

  private static let contentLength = Array("content-length".utf8)
  private static let transferEncoding = Array("transfer-encoding".utf8)

  private static func length(of value: Component, in bytes: Span<UInt8>) -> Int? {
    guard value.state == .known else { return nil }
    let range = RequestRecord.trimmed(value.range, in: bytes)
    guard !range.isEmpty else { return nil }
    var length = 0
    for index in range.bounds {
      guard bytes[index].isASCIIDigit else { return nil }
      let (product, overflows) = length.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(Int(bytes[index] - 0x30))
      if overflows || overflowsToo { return nil }
      length = sum
    }
    return length
  }
}
