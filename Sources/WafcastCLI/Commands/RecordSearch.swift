import WAFTraffic
import Wafcast

/// Finds one record in recordings.
struct RecordSearch {
  /// The input, by names as given.
  let paths: [String]
  var maxRecordBytes = 16 * 1024 * 1024

  enum Outcome {
    case found(RequestRecord)
    case none(records: Int)
    /// No id was given, and there is not just one record.
    case several
  }

  /// The first record of an id; without an id the only record.
  func record(withID id: String?) throws -> Outcome {
    let input: TrafficInput
    do {
      input = try TrafficInput(paths: paths)
    } catch {
      throw Failure(error.message)
    }
    var reader = TrafficReader(input, limits: FramingLimits(maxRecordBytes: maxRecordBytes))
    let decoder = WAFLogDecoder()
    let wanted = id.map { Array($0.utf8) }
    var record = RequestRecord()
    var only: RequestRecord?
    var count = 0
    while let chunk = try nextChunk(&reader) {
      for framed in chunk.records {
        let bytes = Array(chunk.bytes(of: framed))
        do {
          try decoder.decode(bytes.span, position: chunk.position(of: framed), into: &record)
        } catch {
          continue  // A record that can't be read can't be the one that is asked for.
        }
        count += 1
        if let wanted {
          if record.bytes(record.requestID).elementsEqual(wanted) { return .found(record) }
        } else if count == 1 {
          only = record
        } else {
          return .several
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
