import Bytes
import NativeRecords
import PredictedRecords
import WAFEngine
import WAFProgram
import WAFRequests
import WAFTraffic

/// What must hold of any record that was read: it is evaluated, explained, written and read again.
struct RecordChecks {
  /// With a web ACL that asks for everything.
  static let shared = RecordChecks(RichProgram.program)
  /// With one that asks for addresses.
  static let ofAddresses = RecordChecks(RichProgram.addressProgram)

  let program: Program
  private let predictions: PredictedRecordWriter
  private let maskedPredictions: PredictedRecordWriter

  init(_ program: Program) {
    self.program = program
    predictions = PredictedRecordWriter(program, masksSecrets: false)
    maskedPredictions = PredictedRecordWriter(program)
  }

  func check(_ record: RequestRecord, input: [UInt8]) throws(FuzzFailure) {
    func fail(_ what: String) -> FuzzFailure { FuzzFailure("\(what): \(quoted(input))") }
    var evaluator = Evaluator(program)
    let verdict = evaluator.evaluate(record)
    if verdict.possible.isSingle != (verdict.certainty != .indeterminate) {
      throw fail("\(verdict.certainty) with \(verdict.possible)")
    }
    var details = VerdictDetails()
    evaluator.copyDetails(for: verdict, into: &details)
    let needs = evaluator.needs(for: verdict, record)
    if verdict.certainty == .indeterminate, needs.isEmpty { throw fail("nothing is needed") }
    _ = evaluator.openRules
    _ = evaluator.trace(record)
    var parts: ContiguousArray<RateParticipation> = []
    for rate in program.rates.indices {
      evaluator.probeRates(rate..<rate + 1, record, into: &parts)
    }
    if evaluator.evaluate(record) != verdict { throw fail("another verdict the second time") }
    try checkPrediction(record, verdict, details, needs, input)
    try checkNative(record, verdict, &evaluator, input)
  }

  /// The predicted record is a line of JSON that reads as a prediction.
  private func checkPrediction(
    _ record: RequestRecord, _ verdict: Verdict, _ details: VerdictDetails, _ needs: [Need],
    _ input: [UInt8]
  ) throws(FuzzFailure) {
    for var writer in [predictions, maskedPredictions] {
      var line: [UInt8] = []
      writer.append(record, verdict, details, needs: needs, to: &line)
      let again = try reread(line, input)
      try require(
        again.recorded.isPrediction, "a prediction does not say so: \(quoted(input))")
    }
  }

  /// The native record says what the record says, and asking for it again gives the same bytes.
  private func checkNative(
    _ record: RequestRecord, _ verdict: Verdict, _ evaluator: inout Evaluator, _ input: [UInt8]
  ) throws(FuzzFailure) {
    let line = write(record, masksSecrets: false)
    let again = try reread(line, input)
    try require(
      write(again, masksSecrets: false) == line,
      "written otherwise the second time: \(quoted(input)) is \(String(decoding: line, as: UTF8.self))"
        + " then \(String(decoding: write(again, masksSecrets: false), as: UTF8.self))")
    let second = evaluator.evaluate(again)
    try require(
      second == verdict,
      "another verdict on what was written, \(second) and not \(verdict): \(quoted(input)) as "
        + String(decoding: line, as: UTF8.self))
    // What was masked becomes a state when it is read: from then on the bytes stay.
    let masked = write(try reread(write(record, masksSecrets: true), input), masksSecrets: true)
    let twice = write(try reread(masked, input), masksSecrets: true)
    try require(
      twice == masked,
      "masked otherwise the second time: \(quoted(input)) is "
        + "\(String(decoding: masked, as: UTF8.self)) then \(String(decoding: twice, as: UTF8.self))"
    )
  }

  private func write(_ record: RequestRecord, masksSecrets: Bool) -> [UInt8] {
    var line: [UInt8] = []
    var writer = NativeRecordWriter(masksSecrets: masksSecrets)
    writer.append(record, to: &line)
    return line
  }

  /// A line that we wrote: JSON in UTF-8, and a record.
  private func reread(_ line: [UInt8], _ input: [UInt8]) throws(FuzzFailure) -> RequestRecord {
    let text = String(decoding: line, as: UTF8.self)
    try require(
      String(validating: line, as: UTF8.self) != nil,
      "wrote what is no UTF-8: \(quoted(input)) as \(text)")
    var scanner = JSONScanner(line.span)
    try require(
      (try? scanner.skipValue()) != nil && (try? scanner.expectEnd()) != nil,
      "wrote what is no JSON: \(quoted(input)) as \(text)")
    try require(
      line.last == 0x0A && line.dropLast().allSatisfy { $0 != 0x0A },
      "wrote more than a line: \(quoted(input))")
    var record = RequestRecord()
    do throws(RecordError) {
      try WAFLogDecoder().decode(line.span, into: &record)
    } catch {
      throw FuzzFailure(
        "wrote what can't be read, \(error.message): \(quoted(input)) as \(text)")
    }
    return record
  }
}
