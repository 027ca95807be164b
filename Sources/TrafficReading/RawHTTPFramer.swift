import Bytes
import WAFRequests
import WAFTraffic

/// Cuts the bytes of one input into raw HTTP/1.1 requests that follow one another.
///
/// A request ends where `content-length` or its last chunk says so. One with neither ends at its
/// head if its method has no body or another request line follows, empty lines aside; if anything
/// else follows, that is its body, to the end of the input. Bytes that are no request are rejected up to the next request
/// line, and so does a request that cannot be read end there: it is for the decoder to refuse. Bytes
/// on the line on which a body ends are ignored with a notice, as are the lines after it up to the
/// next request line.
struct RawHTTPFramer: Sendable {
  private enum Phase: Hashable {
    /// At a line that begins a request, which is in `line`.
    case begin
    /// Before a request line.
    case between(Gap)
    case head, unframed, rest, trailer, chunkSize, chunkEnd
    /// In a request that cannot be read.
    case unreadable
    /// In so many bytes of a body or of a chunk.
    case body(Int)
    case chunk(Int)
  }

  /// What came before, where no request is at hand.
  private enum Gap: Hashable {
    case lineEnd
    /// A body, on the line at hand.
    case body
    /// Bytes that follow a body and begin no request.
    case extraBytes
  }

  /// Longer lines begin no request.
  private static let maximumLine = 64 * 1024

  private let file: Int
  private let limits: FramingLimits
  private var phase = Phase.between(.lineEnd)
  /// The offset in the input of the next byte to come.
  private var offset = 0
  private var record: RecordAssembly
  /// The line at hand, as far as it is known, and the empty lines before it that may be body.
  private var line: [UInt8] = []
  /// Whether the line at hand goes on one that was too long.
  private var lineContinues = false
  private var emptyLines: [UInt8] = []
  private var reject: RejectedBytes?
  private var extraBytes = 0
  private var firstExtraByte = 0
  private var scratch = RequestRecord()

  init(file: Int, limits: FramingLimits) {
    self.file = file
    self.limits = limits
    record = RecordAssembly(limit: limits.maxRecordBytes)
  }

  func isFull(_ chunk: RecordChunk) -> Bool { limits.areReached(by: chunk) }

  /// Frames bytes until all are used or the chunk is full; returns the number of bytes used.
  mutating func frame(_ bytes: Span<UInt8>, into chunk: inout RecordChunk) -> Int {
    var index = 0
    while !isFull(chunk), index < bytes.count || phase == .begin {
      switch phase {
      case .begin: begin(into: &chunk)
      case .rest: index = keep(bytes, from: index, count: .max, into: &chunk)
      case .body(let left):
        let end = keep(bytes, from: index, count: left, into: &chunk)
        phase = .body(left - (end - index))
        index = end
        if phase == .body(0) { complete(into: &chunk) }
      case .chunk(let left):
        let end = keep(bytes, from: index, count: left, into: &chunk)
        phase = left == end - index ? .chunkEnd : .chunk(left - (end - index))
        index = end
      default:
        let feed = bytes.firstIndex(of: 0x0A, from: index)
        let end = min(feed.map { $0 + 1 } ?? bytes.count, index + Self.maximumLine - line.count)
        line.append(contentsOf: bytes.extracting(index..<end))
        offset += end - index
        index = end
        let isEnd = line.last == 0x0A
        if isEnd || line.count >= Self.maximumLine {
          endLine(into: &chunk)
          lineContinues = !isEnd
        }
      }
    }
    return index
  }

  /// Ends the input: what is there of a request counts as one.
  mutating func finish(into chunk: inout RecordChunk) {
    if !line.isEmpty { endLine(into: &chunk) }
    if phase == .begin { begin(into: &chunk) }
    switch phase {
    case .begin, .between: break
    default: complete(into: &chunk)
    }
    closeReject(into: &chunk)
    if extraBytes > 0 {
      chunk.notices.append(
        InputNotice(kind: .bytesAfterBodies(extraBytes), file: file, offset: firstExtraByte))
    }
  }

  private mutating func keep(
    _ bytes: Span<UInt8>, from start: Int, count: Int, into chunk: inout RecordChunk
  ) -> Int {
    let end = start + min(count, bytes.count - start)
    record.keep(bytes.extracting(start..<end), in: &chunk)
    offset += end - start
    return end
  }

  // MARK: Lines

  private var lineStart: Int { offset - line.count }

  private var lineIsEmpty: Bool {
    !lineContinues && line.allSatisfy { $0 == 0x0A || $0 == 0x0D }
  }

  private var lineBeginsRequest: Bool {
    guard !lineContinues else { return false }
    let end = line.last == 0x0A ? line.count - 1 : line.count
    return RawHTTPRequest.isRequestLine(line.span.extracting(first: end))
  }

  private mutating func keepLine(in chunk: inout RecordChunk) {
    record.keep(line, in: &chunk)
    line.removeAll(keepingCapacity: true)
  }

  /// Judges a line that has come to its end, or that is too long to be judged as a whole.
  private mutating func endLine(into chunk: inout RecordChunk) {
    switch phase {
    case .between where lineBeginsRequest:
      closeReject(into: &chunk)
      phase = .begin
    case .between(let gap): passOver(after: gap)
    case .head:
      let isEnd = lineIsEmpty
      keepLine(in: &chunk)
      if isEnd { endHead(into: &chunk) }
    case .unframed where lineIsEmpty:
      emptyLines += line
      line.removeAll(keepingCapacity: true)
    case .unframed where lineBeginsRequest, .unreadable where lineBeginsRequest,
      .chunkSize where lineBeginsRequest, .trailer where lineBeginsRequest:
      complete(into: &chunk)
      phase = .begin
    case .unframed:
      record.keep(emptyLines, in: &chunk)
      emptyLines.removeAll()
      keepLine(in: &chunk)
      phase = .rest
    case .chunkSize:
      let size = chunkSize
      keepLine(in: &chunk)
      phase = size.map { $0 == 0 ? .trailer : .chunk($0) } ?? .unreadable
    case .chunkEnd:
      phase = lineIsEmpty ? .chunkSize : .unreadable
      keepLine(in: &chunk)
    case .trailer:
      let isEnd = lineIsEmpty
      keepLine(in: &chunk)
      if isEnd { complete(into: &chunk) }
    default: keepLine(in: &chunk)
    }
  }

  /// The size that the line at hand announces.
  private var chunkSize: Int? {
    var end = line.count
    while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
    return RawHTTPRequest.chunkSize(line.span.extracting(first: end))
  }

  // MARK: Requests

  private mutating func begin(into chunk: inout RecordChunk) {
    record.begin(at: lineStart, in: chunk)
    chunk.format = .rawHTTP
    keepLine(in: &chunk)
    phase = .head
  }

  private mutating func endHead(into chunk: inout RecordChunk) {
    guard let start = record.startInChunk,
      let framing = RawHTTPRequest.framing(
        ofHead: chunk.bytes.span.extracting(start..<chunk.bytes.count), &scratch)
    else {
      phase = .unreadable
      return
    }
    switch framing {
    case .none: phase = .unframed
    case .chunked: phase = .chunkSize
    case .length(0): complete(into: &chunk)
    case .length(let count): phase = .body(count)
    }
  }

  /// Ends the request at hand; the line at hand is not of it.
  private mutating func complete(into chunk: inout RecordChunk) {
    let hasBody = phase == .body(0) || phase == .trailer
    emptyLines.removeAll()
    if record.startInChunk == nil {
      reject = record.reject(
        RecordError(.recordTooLarge, "too large", offset: 0), file: file, from: &chunk)
      closeReject(into: &chunk)
    } else {
      record.complete(into: &chunk)
    }
    phase = .between(hasBody ? .body : .lineEnd)
  }

  // MARK: What is no request

  /// Passes over the line at hand: an empty one, what follows a body, or what is no request.
  private mutating func passOver(after gap: Gap) {
    if lineIsEmpty, reject == nil {
      if gap == .body { phase = .between(.lineEnd) }
    } else if gap != .lineEnd {
      phase = .between(.extraBytes)
      if extraBytes == 0 { firstExtraByte = lineStart }
      extraBytes += line.count
    } else {
      var bytes =
        reject
        ?? RejectedBytes(
          position: RecordPosition(file: file, offset: lineStart), count: 0,
          error: RecordError(.notARecord, "expected METHOD TARGET HTTP/1.1", offset: 0), bytes: [])
      reject = nil  // so that its bytes are not shared while they grow
      bytes.append(line.span)
      reject = bytes
    }
    line.removeAll(keepingCapacity: true)
  }

  private mutating func closeReject(into chunk: inout RecordChunk) {
    guard var closed = reject else { return }
    reject = nil
    closed.trimEnd()
    chunk.weight += closed.bytes.count
    chunk.rejects.append(closed)
  }
}
