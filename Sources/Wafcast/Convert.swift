import NativeRecords
import TrafficReading
package import WAFReplay
import WAFRequests
package import WAFTraffic

/// What a conversion found, beside what it wrote.
package struct ConvertedTraffic: Sendable {
  /// How many records of a kind could not be read, and the first of them.
  package struct Rejects: Sendable {
    package var count: Int
    package var first: RejectedRecord
  }

  /// The number of records written.
  package var converted = 0
  /// What could not be read, by the code of the reason.
  package var rejects: [String: Rejects] = [:]
  /// The inputs in the order read; record positions count them.
  package var inputs: [String]
  /// What was odd about the inputs, in that order.
  package var notices: [TrafficNotice] = []

  /// The number of records that could not be read.
  package var rejected: Int { rejects.values.reduce(0) { $0 + $1.count } }

  fileprivate mutating func add(_ reject: RejectedRecord) {
    rejects[reject.reason.code, default: Rejects(count: 0, first: reject)].count += 1
  }
}

/// Writes recorded requests as native records (`docs/records.md`), in the order of the input and in
/// constant memory.
///
/// An input that cannot be read is a notice, and the conversion goes on with the next.
///
/// - Parameters:
///   - traffic: files, directories, or `-` for standard input.
///   - format: the format of all inputs; unless it is given, the first bytes of each one tell.
///   - maxRecordBytes: longer records are rejected; nil for 16 MiB.
///   - masksSecrets: whether cookies, tokens, credentials and bodies are masked.
///   - records: takes the lines written, many at a time.
///   - rejects: takes what could not be read.
/// - Throws: where an input does not exist, and what a sink throws.
package func convertToNative(
  traffic: [String], format: TrafficFormat = .auto, maxRecordBytes: Int? = nil,
  masksSecrets: Bool = true, records: ([UInt8]) throws -> Void,
  rejects: (RejectedRecord) throws -> Void
) throws -> ConvertedTraffic {
  let input = try TrafficInput(paths: traffic)
  let names = input.sources.map(\.name)
  let limits = maxRecordBytes.map { FramingLimits(maxRecordBytes: $0) } ?? FramingLimits()
  var reader = TrafficReader(input, format: format, limits: limits)
  var result = ConvertedTraffic(inputs: names)
  var conversion = NativeConversion(masksSecrets: masksSecrets)
  while true {
    let chunk: RecordChunk
    do throws(TrafficReadError) {
      guard let next = try reader.nextChunk() else { return result }
      chunk = next
    } catch {
      // The reader goes on with the next input.
      result.notices.append(TrafficNotice(input: "", message: error.message, isError: true))
      continue
    }
    for notice in chunk.notices {
      result.notices.append(
        TrafficNotice(
          input: names[notice.file], message: notice.message, isError: notice.isError))
    }
    conversion.convert(chunk)
    result.converted += conversion.converted
    if !conversion.lines.isEmpty { try records(conversion.lines) }
    for reject in conversion.rejects {
      result.add(reject)
      try rejects(reject)
    }
  }
}

/// Converts chunk by chunk, and keeps its memory.
private struct NativeConversion {
  private let decoder = TrafficDecoder()
  private var writer: NativeRecordWriter
  private var record = RequestRecord()
  /// What came of the last chunk.
  private(set) var lines: [UInt8] = []
  private(set) var converted = 0
  private(set) var rejects: [RejectedRecord] = []

  init(masksSecrets: Bool) {
    writer = NativeRecordWriter(masksSecrets: masksSecrets)
  }

  mutating func convert(_ chunk: RecordChunk) {
    lines.removeAll(keepingCapacity: true)
    converted = 0
    rejects = chunk.rejects.map { RejectedRecord($0) }
    for framed in chunk.records {
      do throws(RecordError) {
        try decoder.decode(
          chunk.bytes.span.extracting(framed.bounds), as: chunk.format,
          position: chunk.position(of: framed), into: &record)
        writer.append(record, to: &lines)
        converted += 1
      } catch {
        rejects.append(RejectedRecord(chunk.reject(framed, error)))
      }
    }
    rejects.sort { $0.position < $1.position }
  }
}

extension RejectedRecord {
  fileprivate init(_ reject: RejectedBytes) {
    let error = reject.error
    self.init(
      position: reject.position, count: reject.count,
      reason: RejectReason(code: error.code.rawValue, message: error.message, offset: error.offset),
      bytes: reject.bytes)
  }
}
