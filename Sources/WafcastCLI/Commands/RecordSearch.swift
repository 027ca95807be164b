import TrafficReading
import WAFTraffic
import Wafcast

/// Finds one record in recordings.
struct RecordSearch {
  /// Which record is asked for.
  enum Wanted {
    /// The first one with an id.
    case id(String)
    /// The one at a place in the order of reading, from 1 on; what can't be read is not counted.
    case number(Int)
    /// The only one.
    case only
  }

  enum Outcome {
    case found(RequestRecord)
    case none(records: Int)
    /// The only one was asked for, and there are several.
    case several
  }

  /// The input, by names as given.
  let paths: [String]
  /// The format of all inputs.
  var format = TrafficFormat.auto
  var maxRecordBytes = 16 * 1024 * 1024

  /// The record that is asked for.
  func record(_ wanted: Wanted) throws -> Outcome {
    let input: TrafficInput
    do {
      input = try TrafficInput(paths: paths)
    } catch {
      throw Failure(error.message)
    }
    var reader = TrafficReader(
      input, format: format, limits: FramingLimits(maxRecordBytes: maxRecordBytes))
    let decoder = TrafficDecoder()
    var record = RequestRecord()
    var only: RequestRecord?
    var count = 0
    while let chunk = try nextChunk(&reader) {
      for framed in chunk.records {
        do {
          try decoder.decode(
            chunk.bytes.span.extracting(framed.bounds), as: chunk.format,
            position: chunk.position(of: framed), into: &record)
        } catch {
          continue  // A record that can't be read can't be the one that is asked for.
        }
        count += 1
        switch wanted {
        case .id(let id):
          if record.bytes(record.requestID).elementsEqual(id.utf8) { return .found(record) }
        case .number(let number): if count == number { return .found(record) }
        case .only:
          if only != nil { return .several }
          only = record
        }
      }
    }
    return only.map { .found($0) } ?? .none(records: count)
  }

  private func nextChunk(_ reader: inout TrafficReader) throws -> RecordChunk? {
    do {
      return try reader.nextChunk()
    } catch {
      throw Failure(error.message)
    }
  }
}
