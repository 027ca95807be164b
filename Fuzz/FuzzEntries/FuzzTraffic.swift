import TrafficReading
import WAFRequests
import WAFTraffic

/// One log record or native record.
func fuzzWAFLogRecord(_ input: [UInt8]) throws(FuzzFailure) {
  try checkRecord(input, as: .wafLog)
}

/// One entry of a HAR; the same bytes as a whole HAR.
func fuzzHAR(_ input: [UInt8]) throws(FuzzFailure) {
  try checkRecord(input, as: .har)
  try checkStream(input, format: .har)
}

/// One raw request; the same bytes as a file of them.
func fuzzRawHTTP(_ input: [UInt8]) throws(FuzzFailure) {
  try checkRecord(input, as: .rawHTTP)
  try checkStream(input, format: .rawHTTP)
}

/// The bytes of a file: the first one says whether the format is given.
func fuzzTrafficStream(_ input: [UInt8]) throws(FuzzFailure) {
  var choices = FuzzInput(input)
  guard let format = choices.choice(of: TrafficFormat.allCases) else { return }
  try checkStream(Array(choices.rest), format: format)
}

/// The record in `bytes`; nil where there is none.
func decoded(_ bytes: [UInt8], as format: TrafficFormat) -> RequestRecord? {
  var record = RequestRecord()
  do throws(RecordError) {
    try TrafficDecoder().decode(bytes.span, as: format, into: &record)
    return record
  } catch {
    return nil
  }
}

private func checkRecord(_ input: [UInt8], as format: TrafficFormat) throws(FuzzFailure) {
  var record = RequestRecord()
  do throws(RecordError) {
    try TrafficDecoder().decode(input.span, as: format, into: &record)
  } catch {
    try require(
      (0...input.count).contains(error.offset), "an offset outside of the record: \(error)")
    try require(
      record.storage.isEmpty && record.headers.isEmpty,
      "a refused record leaves something: \(error)")
    return
  }
  try RecordChecks.shared.check(record, input: input)
}

/// What a reader makes of bytes, apart from the chunks that it comes in.
private struct Framed: Equatable {
  struct Record: Equatable {
    var format: TrafficFormat
    var offset: Int
    var bytes: [UInt8]
  }

  var records: [Record] = []
  var rejects: [RejectedBytes] = []
  var notices: [InputNotice] = []
  var errors: [TrafficReadError] = []
}

private func checkStream(_ input: [UInt8], format: TrafficFormat) throws(FuzzFailure) {
  let file = ScratchFile(input)
  defer { file.remove() }
  let whole = read(file.path, format, FramingLimits(), bufferBytes: 1 << 16)
  // The size of what is read at once, and of chunks, is not to be seen.
  for (bufferBytes, chunkRecords) in [(1, 3), (7, 1), (64, 512)] {
    // One byte at a time takes its time.
    if input.count > bufferBytes * 8192 { continue }
    let limits = FramingLimits(chunkBytes: bufferBytes * 50, chunkRecords: chunkRecords)
    let pieces = read(file.path, format, limits, bufferBytes: bufferBytes)
    try require(
      pieces == whole,
      "read \(bufferBytes) bytes at a time: \(difference(pieces, whole)): \(quoted(input))")
  }
  let short = FramingLimits(maxRecordBytes: 40)
  let cut = read(file.path, format, short, bufferBytes: 1 << 16)
  try require(
    cut.records.allSatisfy { $0.bytes.count <= 40 }, "a record above the limit: \(quoted(input))")
  try require(
    read(file.path, format, short, bufferBytes: 33) == cut,
    "short records, read in pieces, are others: \(quoted(input))")
  for record in whole.records.prefix(2) {
    if let decoded = decoded(record.bytes, as: record.format) {
      try RecordChecks.shared.check(decoded, input: record.bytes)
    }
  }
}

private func difference(_ left: Framed, _ right: Framed) -> String {
  if left.records != right.records { return "records \(left.records) and \(right.records)" }
  if left.rejects != right.rejects { return "rejects \(left.rejects) and \(right.rejects)" }
  if left.notices != right.notices { return "notices \(left.notices) and \(right.notices)" }
  return "errors \(left.errors) and \(right.errors)"
}

private func read(
  _ path: String, _ format: TrafficFormat, _ limits: FramingLimits, bufferBytes: Int
) -> Framed {
  var reader = TrafficReader(
    TrafficInput(sources: [.file(path)]), format: format, limits: limits, bufferBytes: bufferBytes)
  var framed = Framed()
  // Compressed bytes may stand for a thousand times as many.
  var budget = 1 << 22
  while budget > 0 {
    do throws(TrafficReadError) {
      guard let chunk = try reader.nextChunk() else { return framed }
      budget -= chunk.bytes.count + 64
      for record in chunk.records {
        framed.records.append(
          .init(
            format: chunk.format, offset: record.offset, bytes: Array(chunk.bytes(of: record))))
      }
      framed.rejects += chunk.rejects
      framed.notices += chunk.notices
    } catch {
      framed.errors.append(error)
    }
  }
  return framed
}
