import PredictedRecords
import TrafficReading
import WAFEngine
import WAFProgram
public import WAFRequests
import WAFTraffic

/// Predictions for recorded requests, one after the other, in constant memory.
///
/// For one thread; `wafcast replay` runs the same over all cores. Inputs are AWS WAF logs and native
/// records (`docs/records.md`): files, directories, or `-` for standard input; plain, gzip or
/// zstd.
public struct PredictionStream: ~Copyable {
  /// One recorded request, or what stands where one belongs.
  public enum Item: Sendable {
    /// A request and what the web ACL would have done with it.
    case prediction(RecordedPrediction)
    /// Bytes that are no readable record.
    case reject(RejectedTraffic)
  }

  private let acl: CompiledWebACL
  private var evaluator: Evaluator
  private var writer: PredictedRecordWriter
  private var details = VerdictDetails()
  private var reader: TrafficReader
  private let decoder = TrafficDecoder()
  private let inputs: [String]
  private var record = RequestRecord()
  private var chunk: RecordChunk?
  private var nextRecord = 0
  private var nextReject = 0

  /// A stream over `traffic`.
  ///
  /// - Parameters:
  ///   - acl: the web ACL.
  ///   - traffic: files, directories, or `-` for standard input.
  ///   - showsSecrets: whether predicted records keep cookies, tokens and credentials.
  /// - Throws: where an input does not exist.
  public init(
    _ acl: CompiledWebACL, traffic: [String], showsSecrets: Bool = false
  ) throws {
    let input = try TrafficInput(paths: traffic)
    self.acl = acl
    evaluator = Evaluator(acl.program, addresses: acl.addresses)
    writer = PredictedRecordWriter(acl.program, masksSecrets: !showsSecrets)
    reader = TrafficReader(input)
    inputs = input.sources.map(\.name)
  }

  /// The next item in input order; nil at the end.
  ///
  /// - Throws: where an input cannot be read; the call after that goes on with the next input.
  public mutating func next() throws -> Item? {
    while true {
      if let item = nextInChunk() { return item }
      chunk = try reader.nextChunk()
      nextRecord = 0
      nextReject = 0
      if chunk == nil { return nil }
    }
  }

  private mutating func nextInChunk() -> Item? {
    guard let chunk else { return nil }
    let rejectOffset =
      nextReject < chunk.rejects.count ? chunk.rejects[nextReject].position.offset : .max
    if nextRecord < chunk.records.count, chunk.records[nextRecord].offset < rejectOffset {
      let framed = chunk.records[nextRecord]
      nextRecord += 1
      let position = chunk.position(of: framed)
      do throws(RecordError) {
        try decoder.decode(
          chunk.bytes.span.extracting(framed.bounds), as: chunk.format, position: position,
          into: &record)
        return .prediction(predict(position))
      } catch {
        return .reject(
          RejectedTraffic(
            input: inputs[position.file], offset: position.offset, message: error.message))
      }
    }
    guard nextReject < chunk.rejects.count else { return nil }
    let reject = chunk.rejects[nextReject]
    nextReject += 1
    return .reject(
      RejectedTraffic(
        input: inputs[reject.position.file], offset: reject.position.offset,
        message: reject.error.message))
  }

  private mutating func predict(_ position: RecordPosition) -> RecordedPrediction {
    let verdict = evaluator.evaluate(record)
    evaluator.copyDetails(for: verdict, into: &details)
    evaluator.noteMatchDetails(for: verdict, record, into: &details)
    let prediction = evaluator.prediction(verdict, record)
    var line: [UInt8] = []
    writer.append(record, verdict, details, needs: prediction.needs, to: &line)
    return RecordedPrediction(
      request: record, prediction: prediction, predictedRecord: line,
      input: inputs[position.file], offset: position.offset)
  }
}

/// A recorded request with its prediction.
public struct RecordedPrediction: Sendable {
  /// The request as recorded.
  public let request: RequestRecord
  /// What the web ACL would have done with it.
  public let prediction: Prediction
  /// The AWS WAF log record that the service would have written: a line of JSON.
  public let predictedRecord: [UInt8]
  /// The input it was read from.
  public let input: String
  /// The offset of its first byte in the (decompressed) input.
  public let offset: Int
}

/// Bytes where a record belongs, and why they are none.
public struct RejectedTraffic: Hashable, Sendable {
  /// The input they were read from.
  public let input: String
  /// The offset of the first of them in the (decompressed) input.
  public let offset: Int
  /// What is wrong.
  public let message: String
}
