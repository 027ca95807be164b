import TrafficReading
import WAFRequests
import WAFTraffic

/// A file of recorded requests, read by the rooms that a replay reads with.
struct RequestFile {
  let path: String

  /// Hands out the records in the order of the file, decoded; `limit` of them at most.
  ///
  /// - Throws: where the file can't be read, or a record of it: every figure is of all records.
  func read(
    limit: Int, _ use: (borrowing RequestRecord) -> Void
  ) throws(Failure) {
    let decoder = TrafficDecoder()
    var record = RequestRecord()
    var count = 0
    try frame { chunk throws(Failure) in
      for framed in chunk.records where count < limit {
        count += 1
        do throws(RecordError) {
          try decoder.decode(
            chunk.bytes.span.extracting(framed.bounds), as: chunk.format,
            position: chunk.position(of: framed), into: &record)
        } catch {
          throw Failure("\(path): record \(count): \(error.message)")
        }
        use(record)
      }
      return count < limit
    }
  }

  /// Hands out chunks of records, framed and not decoded, until `use` says that it has enough.
  func frame(_ use: (borrowing RecordChunk) throws(Failure) -> Bool) throws(Failure) {
    let input: TrafficInput
    do throws(TrafficInputError) {
      input = try TrafficInput(paths: [path])
    } catch {
      throw Failure(error.message)
    }
    var reader = TrafficReader(input)
    while let chunk = try next(&reader) {
      guard chunk.rejects.isEmpty else { throw Failure("\(path): bytes that are no record") }
      guard try use(chunk) else { return }
    }
  }

  private func next(_ reader: inout TrafficReader) throws(Failure) -> RecordChunk? {
    do throws(TrafficReadError) {
      return try reader.nextChunk()
    } catch {
      throw Failure(error.message)
    }
  }
}
