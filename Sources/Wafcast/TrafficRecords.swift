import TrafficReading
import WAFReplay
import WAFRequests
import WAFTraffic

/// WAFTraffic as a record source.
struct TrafficRecords: RecordSource {
  private var reader: TrafficReader
  private let input: SpooledTraffic
  private let format: TrafficFormat
  private let maxRecordBytes: Int?
  private let notices: NoticeList

  init(
    _ input: SpooledTraffic, format: TrafficFormat, maxRecordBytes: Int?, notices: NoticeList
  ) {
    let limits = maxRecordBytes.map { FramingLimits(maxRecordBytes: $0) } ?? FramingLimits()
    reader = TrafficReader(input.input, format: format, limits: limits)
    self.format = format
    self.input = input
    self.maxRecordBytes = maxRecordBytes
    self.notices = notices
  }

  /// A source of its own, with an open file of its own; what was odd is noted once, by the last one.
  func restarted() -> TrafficRecords {
    notices.removeAll()
    return TrafficRecords(
      input, format: format, maxRecordBytes: maxRecordBytes, notices: notices)
  }

  mutating func nextBatch() throws -> RecordBatch? {
    while true {
      do throws(TrafficReadError) {
        guard let chunk = try reader.nextChunk() else { return nil }
        for notice in chunk.notices {
          notices.add(
            TrafficNotice(
              input: input.names[notice.file], message: notice.message, isError: notice.isError))
        }
        return RecordBatch(chunk)
      } catch {
        // The reader goes on with the next input.
        notices.add(
          TrafficNotice(input: "", message: input.named(error.message), isError: true))
      }
    }
  }
}

/// Gathers notices; asked by the one task that frames, read when the run is over.
final class NoticeList {
  private(set) var all: [TrafficNotice] = []

  func add(_ notice: TrafficNotice) { all.append(notice) }

  func removeAll() { all = [] }
}

extension RecordBatch {
  fileprivate init(_ chunk: RecordChunk) {
    self.init(
      file: chunk.file, format: chunk.format.number, bytes: chunk.bytes,
      records: chunk.records.map { Record(bounds: $0.bounds, offset: $0.offset) },
      rejects: chunk.rejects.map { reject in
        RejectedRecord(
          position: reject.position, count: reject.count, reason: RejectReason(reject.error),
          bytes: reject.bytes)
      })
  }
}

/// WAFTraffic's decoders as WAFReplay takes them.
struct TrafficRecordDecoder: RecordDecoder {
  let decoder = TrafficDecoder()

  func decode(
    _ bytes: Span<UInt8>, format: UInt8, position: RecordPosition,
    into record: inout RequestRecord
  ) throws(RejectReason) {
    do throws(RecordError) {
      try decoder.decode(
        bytes, as: TrafficFormat(number: format), position: position, into: &record)
    } catch {
      throw RejectReason(error)
    }
  }
}

extension TrafficFormat {
  fileprivate var number: UInt8 {
    UInt8(truncatingIfNeeded: Self.allCases.firstIndex(of: self) ?? 0)
  }

  fileprivate init(number: UInt8) {
    self = Self.allCases[min(Int(number), Self.allCases.count - 1)]
  }
}

extension RejectReason {
  fileprivate init(_ error: RecordError) {
    self.init(code: error.code.rawValue, message: error.message, offset: error.offset)
  }
}
