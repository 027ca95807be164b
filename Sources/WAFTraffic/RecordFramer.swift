import Bytes
import WAFRequests

/// Limits of framing.
package struct FramingLimits: Hashable, Sendable {
  /// The largest record, in bytes.
  package var maxRecordBytes: Int
  /// A chunk is full when it has this many bytes...
  package var chunkBytes: Int
  /// ...or this many records and rejects.
  package var chunkRecords: Int

  package init(
    maxRecordBytes: Int = 16 * 1024 * 1024, chunkBytes: Int = 1024 * 1024, chunkRecords: Int = 512
  ) {
    // A record's ranges are 32-bit, and its decoded strings come on top of its bytes.
    self.maxRecordBytes = min(max(1, maxRecordBytes), 1 << 30)
    self.chunkBytes = max(1, chunkBytes)
    self.chunkRecords = max(1, chunkRecords)
  }
}

/// Cuts the bytes of one input into records: JSON objects with any white space, or nothing,
/// between.
///
/// The brackets and commas of an array of records (`[{…}, {…}]`) are passed over like white space,
/// and so is a byte order mark at the start. The framer keeps no more than the record at hand, and
/// of a record above the limit only the first bytes. What it makes of an input does not depend on
/// the pieces that the input comes in.
///
/// What is no record is rejected, and reading goes on:
/// - at the next `{` of the same line, or at the next line, if the bytes rejected are on one line;
/// - if a record that spans lines breaks off, at the first later `{` that only closing brackets and
///   commas precede on its line, indented no deeper than the broken record, so that objects inside
///   the broken one are not taken for records.
package struct RecordFramer: Sendable {
  private enum Phase {
    case between, record, rejecting
  }

  private let file: Int
  private let limits: FramingLimits
  private var phase = Phase.between
  /// The offset in the input of the next byte to come.
  private var offset = 0
  private var line = LinePosition()
  private var markBytes = 0

  // The record at hand.
  private var grammar = RecordGrammar()
  private var recordOffset = 0
  private var recordCount = 0
  private var recordStart = 0
  private var recordIndentation = 0
  /// The first bytes of a record above the limit.
  private var oversized: [UInt8]?

  // The reject at hand. It may wait for the end of a record that follows it on its line.
  private var reject: RejectedBytes?
  private var rejectSpansLines = false
  private var onlyClosersOnLine = false

  /// A framer for the input of that index.
  package init(file: Int, limits: FramingLimits = FramingLimits()) {
    self.file = file
    self.limits = limits
  }

  /// Whether a chunk takes no further record.
  package func isFull(_ chunk: RecordChunk) -> Bool {
    chunk.weight >= limits.chunkBytes
      || chunk.records.count + chunk.rejects.count >= limits.chunkRecords
  }

  /// Frames bytes until all are used or the chunk is full; returns the number of bytes used.
  package mutating func frame(_ bytes: Span<UInt8>, into chunk: inout RecordChunk) -> Int {
    var index = 0
    while index < bytes.count, !isFull(chunk) {
      index =
        switch phase {
        case .between: passSeparators(bytes, from: index, into: &chunk)
        case .record: continueRecord(bytes, from: index, into: &chunk)
        case .rejecting: continueReject(bytes, from: index, into: &chunk)
        }
    }
    offset += index
    return index
  }

  /// Ends the input: what is unfinished is rejected.
  package mutating func finish(into chunk: inout RecordChunk) {
    if phase == .record {
      abandonRecord(
        RecordError(
          .truncatedRecord, "the input ends inside a record", offset: recordCount), into: &chunk)
    }
    closeReject(into: &chunk)
    phase = .between
  }

  // MARK: Between records

  private mutating func passSeparators(
    _ bytes: Span<UInt8>, from start: Int, into chunk: inout RecordChunk
  ) -> Int {
    var index = start
    while index < bytes.count {
      let position = offset + index
      switch bytes[index] {
      case 0x20, 0x09, 0x0D: line.passSpace(at: position)
      case 0x0A: line.begin(at: position + 1)
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): break
      case UInt8(ascii: "{"):
        beginRecord(at: position, chunk)
        return index
      case let byte where position == markBytes && Self.isMark(byte, at: position):
        markBytes += 1
        line.begin(at: markBytes)
      default:
        reject = RejectedBytes(
          position: RecordPosition(file: file, offset: position), count: 0,
          error: RecordError(.notARecord, "expected a JSON object", offset: 0), bytes: [])
        rejectSpansLines = false
        phase = .rejecting
        return index
      }
      index += 1
    }
    return index
  }

  private static func isMark(_ byte: UInt8, at offset: Int) -> Bool {
    switch offset {
    case 0: byte == 0xEF
    case 1: byte == 0xBB
    case 2: byte == 0xBF
    default: false
    }
  }

  // MARK: Records

  private mutating func beginRecord(at position: Int, _ chunk: RecordChunk) {
    phase = .record
    grammar = RecordGrammar()
    recordOffset = position
    recordCount = 0
    recordStart = chunk.bytes.count
    recordIndentation = line.indentation
    oversized = nil
  }

  private mutating func continueRecord(
    _ bytes: Span<UInt8>, from start: Int, into chunk: inout RecordChunk
  ) -> Int {
    switch grammar.advance(bytes, from: start, base: offset, line: &line) {
    case .unfinished:
      keep(bytes.extracting(start..<bytes.count), in: &chunk)
      return bytes.count
    case .complete(let end):
      keep(bytes.extracting(start..<end), in: &chunk)
      completeRecord(into: &chunk)
      return end
    case .broken(let end, let problem):
      keep(bytes.extracting(start..<end), in: &chunk)
      abandonRecord(
        RecordError(.brokenRecord, problem.message(for: bytes[end]), offset: recordCount),
        into: &chunk)
      if bytes[end] == 0x0A, !rejectSpansLines { closeReject(into: &chunk) }
      return end
    }
  }

  private mutating func keep(_ piece: Span<UInt8>, in chunk: inout RecordChunk) {
    recordCount += piece.count
    if var kept = oversized {
      oversized = nil  // so that the array is not shared while it grows
      kept.append(upTo: RejectedBytes.keptBytes, piece)
      oversized = kept
    } else if recordCount > limits.maxRecordBytes {
      var kept = Array(chunk.bytes[recordStart...].prefix(RejectedBytes.keptBytes))
      kept.append(upTo: RejectedBytes.keptBytes, piece)
      oversized = kept
      chunk.bytes.removeLast(chunk.bytes.count - recordStart)
    } else {
      chunk.bytes.append(contentsOf: piece)
    }
  }

  private mutating func completeRecord(into chunk: inout RecordChunk) {
    closeReject(into: &chunk)
    phase = .between
    if oversized != nil || grammar.isTooDeep {
      reject = RejectedBytes(
        position: RecordPosition(file: file, offset: recordOffset), count: recordCount,
        error: limitError ?? RecordError(.nestedTooDeep, "nested too deep", offset: 0),
        bytes: takeRecordBytes(from: &chunk))
      closeReject(into: &chunk)
      return
    }
    chunk.records.append(
      FramedRecord(start: recordStart, count: recordCount, offset: recordOffset))
    chunk.weight += recordCount
  }

  /// The fault of a record that is too large.
  private var limitError: RecordError? {
    guard oversized != nil else { return nil }
    return RecordError(
      .recordTooLarge, "the record is larger than \(limits.maxRecordBytes) bytes",
      offset: limits.maxRecordBytes)
  }

  /// Gives up on the record at hand: its bytes join the reject at hand, or begin one.
  private mutating func abandonRecord(_ error: RecordError, into chunk: inout RecordChunk) {
    var abandoned =
      reject
      ?? RejectedBytes(
        position: RecordPosition(file: file, offset: recordOffset), count: 0,
        error: limitError ?? error, bytes: [])
    reject = nil
    abandoned.count += recordCount
    abandoned.bytes.append(
      upTo: RejectedBytes.keptBytes, takeRecordBytes(from: &chunk).span)
    reject = abandoned
    rejectSpansLines = grammar.sawLineBreak
    // True only where the offending byte is the first one on its line.
    onlyClosersOnLine = recordOffset + recordCount == line.contentStart
    phase = .rejecting
  }

  private mutating func takeRecordBytes(from chunk: inout RecordChunk) -> [UInt8] {
    if let oversized { return oversized }
    let taken = Array(chunk.bytes[recordStart...].prefix(RejectedBytes.keptBytes))
    chunk.bytes.removeLast(chunk.bytes.count - recordStart)
    return taken
  }

  // MARK: Rejects

  private mutating func continueReject(
    _ bytes: Span<UInt8>, from start: Int, into chunk: inout RecordChunk
  ) -> Int {
    var index = start
    search: while index < bytes.count {
      let position = offset + index
      switch bytes[index] {
      case 0x20, 0x09, 0x0D: line.passSpace(at: position)
      case 0x0A:
        guard rejectSpansLines else { break search }
        line.begin(at: position + 1)
        onlyClosersOnLine = true
      case UInt8(ascii: "{"):
        let begins =
          !rejectSpansLines || (onlyClosersOnLine && line.indentation <= recordIndentation)
        if begins { break search }
        onlyClosersOnLine = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","): break
      default: onlyClosersOnLine = false
      }
      index += 1
    }
    extendReject(bytes.extracting(start..<index))
    guard index < bytes.count else { return index }
    if bytes[index] == 0x0A {
      closeReject(into: &chunk)
    } else {
      if rejectSpansLines { closeReject(into: &chunk) }
      beginRecord(at: offset + index, chunk)
    }
    return index
  }

  private mutating func extendReject(_ piece: Span<UInt8>) {
    reject?.count += piece.count
    reject?.bytes.append(upTo: RejectedBytes.keptBytes, piece)
  }

  /// Files the reject at hand, without the white space at its end.
  private mutating func closeReject(into chunk: inout RecordChunk) {
    phase = .between
    guard var closed = reject else { return }
    reject = nil
    if closed.bytes.count == closed.count {
      while let last = closed.bytes.last, last == 0x20 || (0x09...0x0D).contains(last) {
        closed.bytes.removeLast()
        closed.count -= 1
      }
    }
    chunk.weight += closed.bytes.count
    chunk.rejects.append(closed)
  }
}

extension [UInt8] {
  /// Appends as much of a piece as fits into a limit.
  fileprivate mutating func append(upTo limit: Int, _ piece: Span<UInt8>) {
    guard count < limit else { return }
    append(contentsOf: piece.extracting(first: limit - count))
  }
}
