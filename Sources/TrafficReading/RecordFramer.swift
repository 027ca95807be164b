import Bytes
import WAFRequests
package import WAFTraffic

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

  /// Whether a chunk is full.
  func areReached(by chunk: RecordChunk) -> Bool {
    chunk.weight >= chunkBytes || chunk.records.count + chunk.rejects.count >= chunkRecords
  }
}

/// Cuts the bytes of one input into records: JSON objects with any white space, or nothing,
/// between.
///
/// The brackets and commas of an array of records (`[{…}, {…}]`) are passed over like white space,
/// and so is a byte order mark at the start. Of a document that holds records in an array
/// (`RecordContainer`) the records are framed and the rest is passed over, whatever its length. The
/// framer keeps no more than the record at hand, and of a record above the limit only the first
/// bytes. What it makes of an input does not depend on the pieces that the input comes in.
///
/// What is no record is rejected, and reading goes on:
/// - at the next `{` of the same line, or at the next line, if the bytes rejected are on one line;
/// - if a record that spans lines breaks off, at the first later `{` that only closing brackets and
///   commas precede on its line, indented no deeper than the broken record, so that objects inside
///   the broken one are not taken for records.
package struct RecordFramer: Sendable {
  private enum Phase {
    case between, record, rejecting
    /// After the records of a container, in what else its document has.
    case tail
  }

  private let file: Int
  private let limits: FramingLimits
  /// The format of records that no container holds.
  private let bareFormat: TrafficFormat
  /// The format of the records to come.
  private var format: TrafficFormat
  private var phase = Phase.between
  /// The offset in the input of the next byte to come.
  private var offset = 0
  private var line = LinePosition()
  private var markBytes = 0

  // The record at hand.
  private var grammar = RecordGrammar()
  private var record: RecordAssembly
  private var recordIndentation = 0

  // The documents around the record at hand, and what was left out of them.
  private var containers: [OpenContainer] = []
  private var skipped = SkippedRecords()

  // The reject at hand. It may wait for the end of a record that follows it on its line.
  private var reject: RejectedBytes?
  private var rejectSpansLines = false
  private var onlyClosersOnLine = false

  /// A framer for the input of that index.
  ///
  /// What a container holds it tells itself; `har` says that a record which none holds is an entry
  /// of a HAR, and not a log record.
  package init(
    file: Int, format: TrafficFormat = .auto, limits: FramingLimits = FramingLimits()
  ) {
    self.file = file
    self.limits = limits
    bareFormat = format == .har ? .har : .wafLog
    self.format = bareFormat
    record = RecordAssembly(limit: limits.maxRecordBytes)
  }

  /// Whether a chunk takes no further record.
  package func isFull(_ chunk: RecordChunk) -> Bool {
    limits.areReached(by: chunk) || (chunk.format != format && !chunk.records.isEmpty)
  }

  /// Frames bytes until all are used or the chunk is full; returns the number of bytes used.
  package mutating func frame(_ bytes: Span<UInt8>, into chunk: inout RecordChunk) -> Int {
    var index = 0
    while index < bytes.count, !isFull(chunk) {
      index =
        switch phase {
        case .between: passSeparators(bytes, from: index, into: &chunk)
        case .record: continueRecord(bytes, from: index, into: &chunk)
        case .tail: continueTail(bytes, from: index, into: &chunk)
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
          .truncatedRecord, "the input ends inside a record", offset: record.count), into: &chunk)
    } else if let last = containers.last, !last.hasReject {
      chunk.notices.append(InputNotice(kind: .truncatedDocument, file: file, offset: offset))
    }
    closeReject(into: &chunk)
    skipped.report(to: &chunk)
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
      case UInt8(ascii: ","): break
      case UInt8(ascii: "["):
        if let last = containers.indices.last { containers[last].arrays += 1 }
      case UInt8(ascii: "]"):
        guard let last = containers.indices.last else { break }
        containers[last].arrays -= 1
        guard containers[last].arrays == 0 else { break }
        grammar = containers[last].grammar
        phase = .tail
        return index
      case UInt8(ascii: "{"):
        if let end = RecordScan.end(of: bytes, from: index),
          end - index <= limits.maxRecordBytes
        {
          takeRecord(bytes.extracting(index..<end), at: position, into: &chunk)
          return end
        }
        beginRecord(at: position, chunk)
        return index
      case let byte where position == markBytes && Self.isMark(byte, at: position):
        markBytes += 1
        line.begin(at: markBytes)
      default:
        beginReject(
          at: position, RecordError(.notARecord, "expected a JSON object", offset: 0))
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
    record.begin(at: position, in: chunk)
    recordIndentation = line.indentation
  }

  /// Takes a record that is known to be sound and within the limits.
  private mutating func takeRecord(
    _ bytes: Span<UInt8>, at position: Int, into chunk: inout RecordChunk
  ) {
    beginRecord(at: position, chunk)
    record.keep(bytes, in: &chunk)
    completeRecord(into: &chunk)
  }

  private mutating func continueRecord(
    _ bytes: Span<UInt8>, from start: Int, into chunk: inout RecordChunk
  ) -> Int {
    switch grammar.advance(bytes, from: start, base: offset, line: &line) {
    case .unfinished:
      record.keep(bytes.extracting(start..<bytes.count), in: &chunk)
      return bytes.count
    case .complete(let end):
      record.keep(bytes.extracting(start..<end), in: &chunk)
      completeRecord(into: &chunk)
      return end
    case .opens(let end, let container):
      record.keep(bytes.extracting(start..<end), in: &chunk)
      if containers.count < Self.maximumContainers { enter(container, &chunk) }
      return end
    case .broken(let end, let problem):
      record.keep(bytes.extracting(start..<end), in: &chunk)
      abandonRecord(
        RecordError(.brokenRecord, problem.message(for: bytes[end]), offset: record.count),
        into: &chunk)
      if bytes[end] == 0x0A, !rejectSpansLines { closeReject(into: &chunk) }
      return end
    }
  }

  private mutating func completeRecord(into chunk: inout RecordChunk) {
    closeReject(into: &chunk)
    phase = .between
    if record.startInChunk == nil || grammar.isTooDeep {
      reject = record.reject(
        RecordError(.nestedTooDeep, "nested too deep", offset: 0), file: file, from: &chunk)
      closeReject(into: &chunk)
    } else if isSkipped(chunk) {
      _ = record.remove(from: &chunk)
    } else {
      if chunk.records.isEmpty { chunk.format = format }
      record.complete(into: &chunk)
    }
  }

  /// Whether the record at hand is none of those that are looked for; counts it.
  private mutating func isSkipped(_ chunk: RecordChunk) -> Bool {
    guard let start = record.startInChunk else { return false }
    let bytes = chunk.bytes.span.extracting(start..<chunk.bytes.count)
    return skipped.skips(
      bytes, at: record.offset, format: format, isControl: containers.last?.isControl ?? false)
  }

  /// Gives up on the record at hand: its bytes join the reject at hand, or begin one.
  private mutating func abandonRecord(_ error: RecordError, into chunk: inout RecordChunk) {
    rejectSpansLines = grammar.sawLineBreak
    // True only where the offending byte is the first one on its line.
    onlyClosersOnLine = record.offset + record.count == line.contentStart
    let abandoned = record.reject(error, file: file, from: &chunk)
    if reject == nil { reject = abandoned } else { reject?.append(abandoned) }
    phase = .rejecting
  }

  // MARK: Containers

  /// Goes on with the records of a document, of which the record at hand is the beginning.
  private mutating func enter(_ container: RecordContainer, _ chunk: inout RecordChunk) {
    var isControl = false
    if container == .logEvents, let start = record.startInChunk {
      isControl = SkippedRecords.isControl(
        chunk.bytes.span.extracting(start..<chunk.bytes.count))
    }
    _ = record.remove(from: &chunk)
    // A reject that waited for the record's end has its end here.
    closeReject(into: &chunk)
    format = container.format
    containers.append(OpenContainer(grammar: grammar, format: format, isControl: isControl))
  }

  private static let maximumContainers = 8

  private mutating func continueTail(
    _ bytes: Span<UInt8>, from start: Int, into chunk: inout RecordChunk
  ) -> Int {
    switch grammar.advance(bytes, from: start, base: offset, line: &line) {
    case .unfinished: return bytes.count
    case .complete(let end):
      containers.removeLast()
      format = containers.last?.format ?? bareFormat
      phase = .between
      return end
    case .opens(let end, let container):
      // A second array of records in the same document.
      format = container.format
      containers[containers.count - 1] = OpenContainer(
        grammar: grammar, format: format, isControl: false)
      phase = .between
      return end
    case .broken(let end, let problem):
      // The format stays: the records that follow are most likely of the same document.
      containers.removeLast()
      beginReject(
        at: offset + end, RecordError(.brokenRecord, problem.message(for: bytes[end]), offset: 0))
      return end
    }
  }

  // MARK: Rejects

  private mutating func beginReject(at position: Int, _ error: RecordError) {
    reject = RejectedBytes(
      position: RecordPosition(file: file, offset: position), count: 0, error: error, bytes: [])
    rejectSpansLines = false
    phase = .rejecting
  }

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
    reject?.append(bytes.extracting(start..<index))
    guard index < bytes.count else { return index }
    // With the reject the chunk may be full: what comes next begins in another one.
    if bytes[index] == 0x0A || rejectSpansLines {
      closeReject(into: &chunk)
    } else {
      beginRecord(at: offset + index, chunk)
    }
    return index
  }

  /// Files the reject at hand, without the white space at its end.
  private mutating func closeReject(into chunk: inout RecordChunk) {
    phase = .between
    guard var closed = reject else { return }
    reject = nil
    closed.trimEnd()
    if let last = containers.indices.last { containers[last].hasReject = true }
    chunk.weight += closed.bytes.count
    chunk.rejects.append(closed)
  }
}

/// A document whose records are being framed.
private struct OpenContainer: Sendable {
  /// The document's grammar, inside the array of records.
  var grammar: RecordGrammar
  /// The format of the records.
  var format: TrafficFormat
  /// Whether the records are messages of CloudWatch Logs about itself.
  var isControl: Bool
  /// The number of arrays around the next record, that of the records included.
  var arrays = 1
  /// Whether bytes in the array were rejected, which may have been its end.
  var hasReject = false
}
