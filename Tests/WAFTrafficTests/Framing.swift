import Bytes
import TestSupport
import TrafficReading
import WAFRequests
import WAFTraffic

/// A chunk in a form that can be compared.
struct FramedChunk: Equatable {
  var bytes: [UInt8]
  var records: [FramedRecord]
  var rejects: [RejectedBytes]
  var format: TrafficFormat
  var notices: [InputNotice]

  init(_ chunk: RecordChunk) {
    format = chunk.format
    notices = chunk.notices
    bytes = chunk.bytes
    records = chunk.records
    rejects = chunk.rejects
  }
}

/// Frames bytes that come in pieces of these sizes, over and over.
func frame(
  _ bytes: [UInt8], pieces: [Int], limits: FramingLimits = FramingLimits()
) -> [FramedChunk] {
  var framer = RecordFramer(file: 0, limits: limits)
  var chunks: [FramedChunk] = []
  var chunk = RecordChunk(file: 0)
  var start = 0
  var turn = 0
  while start < bytes.count {
    let end = min(bytes.count, start + max(1, pieces[turn % pieces.count]))
    turn += 1
    while start < end {
      start += framer.frame(bytes.span.extracting(start..<end), into: &chunk)
      if framer.isFull(chunk) {
        chunks.append(FramedChunk(chunk))
        chunk = RecordChunk(file: 0)
      }
    }
  }
  framer.finish(into: &chunk)
  if !chunk.isEmpty { chunks.append(FramedChunk(chunk)) }
  return chunks
}

/// What was framed, as text: the records, and the rejects with their offsets and codes.
func framedText(_ text: String, limits: FramingLimits = FramingLimits()) -> [String] {
  let chunks = frame(Array(text.utf8), pieces: [text.utf8.count], limits: limits)
  var found: [(offset: Int, text: String)] = []
  for chunk in chunks {
    found += chunk.records.map { record in
      let bytes = chunk.bytes[record.start..<record.start + record.count]
      return (record.offset, String(decoding: bytes, as: UTF8.self))
    }
    found += chunk.rejects.map { reject in
      let bytes = String(decoding: reject.bytes, as: UTF8.self)
      return (
        reject.position.offset, "\(reject.position.offset) \(reject.error.code.rawValue): \(bytes)"
      )
    }
  }
  return found.sorted { $0.offset < $1.offset }.map(\.text)
}

/// What a reader makes of an input, in words.
struct ReadTraffic: Equatable {
  /// The requests decoded and what was refused or rejected, in input order.
  var items: [String] = []
  var notices: [String] = []
  var chunks: [FramedChunk] = []

  /// Reads a file of these bytes.
  init(
    _ bytes: [UInt8], format: TrafficFormat = .auto, limits: FramingLimits = FramingLimits(),
    bufferBytes: Int = 512 * 1024
  ) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x", bytes)
    try self.init(
      TrafficInput(paths: [path]), format: format, limits: limits, bufferBytes: bufferBytes)
  }

  init(
    _ input: TrafficInput, format: TrafficFormat = .auto, limits: FramingLimits = FramingLimits(),
    bufferBytes: Int = 512 * 1024
  ) throws {
    var reader = TrafficReader(input, format: format, limits: limits, bufferBytes: bufferBytes)
    let decoder = TrafficDecoder()
    var request = RequestRecord()
    while let chunk = try reader.nextChunk() {
      var found = chunk.rejects.map { reject in
        (reject.position.offset, "\(reject.error.code.rawValue): \(reject.error.message)")
      }
      for record in chunk.records {
        let bytes = chunk.bytes.span.extracting(record.bounds)
        do throws(RecordError) {
          try decoder.decode(bytes, as: chunk.format, into: &request)
          let method = request.text(request.method.range)
          let query = request.query.state == .known ? "?\(request.text(request.query.range))" : ""
          let body = request.body.state.hasBytes ? " \(request.text(request.body.range))" : ""
          found.append(
            (record.offset, "\(method) \(request.text(request.path.range))\(query)\(body)"))
        } catch {
          found.append((record.offset, "refused \(error.code.rawValue): \(error.message)"))
        }
      }
      items += found.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }
      notices += chunk.notices.map { ($0.isError ? "error: " : "warning: ") + $0.message }
      chunks.append(FramedChunk(chunk))
    }
  }

  /// The items without their offsets.
  var texts: [String] {
    items.map { String($0.drop { $0 != " " }.dropFirst()) }
  }
}
