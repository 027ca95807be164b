import Bytes
import WAFRequests
import WAFTraffic

/// The record that a framer is gathering at the end of a chunk's bytes.
///
/// Of a record above the limit only the first bytes are kept, beside the chunk.
struct RecordAssembly: Sendable {
  private let limit: Int
  /// The offset in the input of the record's first byte.
  private(set) var offset = 0
  /// The number of bytes so far.
  private(set) var count = 0
  private var start = 0
  private var oversized: [UInt8]?

  init(limit: Int) {
    self.limit = limit
  }

  /// Where the record begins in the bytes of the chunk; nil where it is above the limit.
  var startInChunk: Int? { oversized == nil ? start : nil }

  /// The fault of a record above the limit.
  var limitError: RecordError? {
    guard oversized != nil else { return nil }
    return RecordError(
      .recordTooLarge, "the record is larger than \(limit) bytes", offset: limit)
  }

  mutating func begin(at offset: Int, in chunk: RecordChunk) {
    self.offset = offset
    count = 0
    start = chunk.bytes.count
    oversized = nil
  }

  mutating func keep(_ piece: Span<UInt8>, in chunk: inout RecordChunk) {
    count += piece.count
    if var kept = oversized {
      oversized = nil  // so that the array is not shared while it grows
      kept.append(upTo: RejectedBytes.keptBytes, piece)
      oversized = kept
    } else if count > limit {
      var kept = Array(chunk.bytes[start...].prefix(RejectedBytes.keptBytes))
      kept.append(upTo: RejectedBytes.keptBytes, piece)
      oversized = kept
      chunk.bytes.removeLast(chunk.bytes.count - start)
    } else {
      chunk.bytes.append(contentsOf: piece)
    }
  }

  mutating func keep(_ piece: [UInt8], in chunk: inout RecordChunk) {
    keep(piece.span, in: &chunk)
  }

  /// Takes the record, which is not a large one, into the chunk.
  func complete(into chunk: inout RecordChunk) {
    chunk.records.append(FramedRecord(start: start, count: count, offset: offset))
    chunk.weight += count
  }

  /// Takes the record out of the chunk; returns its first bytes.
  func remove(from chunk: inout RecordChunk) -> [UInt8] {
    if let oversized { return oversized }
    let taken = Array(chunk.bytes[start...].prefix(RejectedBytes.keptBytes))
    chunk.bytes.removeLast(chunk.bytes.count - start)
    return taken
  }

  /// Takes the record out of the chunk, as a reject.
  func reject(_ error: RecordError, file: Int, from chunk: inout RecordChunk) -> RejectedBytes {
    RejectedBytes(
      position: RecordPosition(file: file, offset: offset), count: count,
      error: limitError ?? error, bytes: remove(from: &chunk))
  }
}

extension RejectedBytes {
  /// Appends bytes that follow.
  mutating func append(_ piece: Span<UInt8>) {
    count += piece.count
    bytes.append(upTo: Self.keptBytes, piece)
  }

  /// Appends a reject that follows, which is of the same fault.
  mutating func append(_ other: RejectedBytes) {
    count += other.count
    bytes.append(upTo: Self.keptBytes, other.bytes.span)
  }

  /// Leaves out white space at the end, where that was kept.
  mutating func trimEnd() {
    guard bytes.count == count else { return }
    while let last = bytes.last, last.isASCIIWhitespace {
      bytes.removeLast()
      count -= 1
    }
  }
}

extension [UInt8] {
  /// Appends as much of a piece as fits into a limit.
  fileprivate mutating func append(upTo limit: Int, _ piece: Span<UInt8>) {
    guard count < limit else { return }
    append(contentsOf: piece.extracting(first: limit - count))
  }
}
