import WAFRequests
import WAFTraffic

/// A chunk in a form that can be compared.
struct FramedChunk: Equatable {
  var bytes: [UInt8]
  var records: [FramedRecord]
  var rejects: [RejectedBytes]

  init(_ chunk: RecordChunk) {
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
