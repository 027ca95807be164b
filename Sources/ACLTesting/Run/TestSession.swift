import Findings
import TrafficReading
import WAFProgram
import WAFReports
import WAFRequests
import WAFTraffic
import Wafcast

/// One run of tests: the predictor, and what is gathered over all requests.
struct TestSession: ~Copyable {
  private let acl: CompiledWebACL
  private let options: ACLTestRun.Options
  private let names: ProgramNames
  private var predictor: Predictor
  private var assumptions: [String: Int] = [:]
  private var gathered = ACLTestReport()
  private(set) var coverage: CoverageCount

  init(_ acl: CompiledWebACL, _ options: ACLTestRun.Options) {
    self.acl = acl
    self.options = options
    names = ProgramNames(acl.program)
    predictor = Predictor(acl)
    coverage = CoverageCount(acl, countsManagedRules: options.countsManagedRules)
  }

  /// What was gathered so far, without cases and coverage.
  var report: ACLTestReport {
    var report = gathered
    report.assumptions = assumptions.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    return report
  }

  private mutating func observe(_ record: borrowing RequestRecord) -> ObservedRequest {
    let (prediction, trace) = predictor.explain(record)
    let observed = ObservedRequest(prediction, trace, names)
    gathered.requests += 1
    for assumption in prediction.assumptions { assumptions[assumption, default: 0] += 1 }
    coverage.add(observed.way)
    return observed
  }

  private func explanation(
    _ observed: ObservedRequest, _ record: RequestRecord, _ expectation: Expectation
  ) -> [String] {
    observed.explanation(
      record, acl, expected: expectation.rules, masksSecrets: !options.showsSecrets)
  }

  // MARK: Inline requests

  mutating func run(_ test: ACLTest, _ request: RequestDescription) -> TestResult {
    let record: RequestRecord
    do throws(RawHTTPError) {
      let made = try request.record()
      record = made.record
      for warning in made.warnings {
        gathered.warnings.append("\(test.place): test '\(test.name)': \(warning.message)")
      }
    } catch {
      return TestResult(outcome: .error, message: "the request can't be read: \(error.message)")
    }
    let observed = observe(record)
    let judgement = Judgement(test.expectation, observed.prediction, observed.way, names)
    let outcome: TestResult.Outcome
    switch judgement.outcome {
    case .passed: return TestResult(outcome: .passed)
    case .failed: outcome = .failed
    case .undecided: outcome = .undecided
    }
    let example = observed.example(
      record, position: test.place, masksSecrets: !options.showsSecrets)
    return TestResult(
      outcome: outcome, message: judgement.message,
      details: (judgement.mismatches.count > 1 ? judgement.mismatches.map(\.text) + [""] : [])
        + explanation(observed, record, test.expectation),
      rule: example.newRule, examples: [example],
      needs: Set(observed.prediction.needs.map(\.evidence)).sorted())
  }

  // MARK: Recordings

  /// Reads recordings for all tests over them; nothing where the run is interrupted.
  mutating func run(
    _ pass: CorpusPass, isInterrupted: () -> Bool
  ) -> [(index: Int, result: TestResult)] {
    var pass = pass
    var errors: [String] = []
    let input: TrafficInput
    do throws(TrafficInputError) {
      input = try TrafficInput(paths: pass.corpora)
    } catch {
      return pass.members.map { ($0.index, TestResult(outcome: .error, message: error.message)) }
    }
    let inputs = input.sources.map(\.name)
    for name in inputs where !gathered.traffic.contains(name) { gathered.traffic.append(name) }
    let limits =
      options.maxRecordBytes.map { FramingLimits(maxRecordBytes: $0) } ?? FramingLimits()
    var reader = TrafficReader(input, format: pass.format, limits: limits)
    var counts = RecordCounts()
    let decoder = TrafficDecoder()
    var record = RequestRecord()
    while !pass.members.allSatisfy(\.isFull) {
      guard !isInterrupted() else { return [] }
      let chunk: RecordChunk
      do throws(TrafficReadError) {
        guard let next = try reader.nextChunk() else { break }
        chunk = next
      } catch {
        // The reader goes on with the next input.
        errors.append(error.message)
        continue
      }
      for notice in chunk.notices {
        let text = "\(inputs[notice.file]): \(notice.message)"
        if notice.isError { errors.append(text) } else { gathered.warnings.append(text) }
      }
      for reject in chunk.rejects {
        counts.reject(reject, inputs)
      }
      for framed in chunk.records {
        let position = chunk.position(of: framed)
        do throws(RecordError) {
          try decoder.decode(
            chunk.bytes.span.extracting(framed.bounds), as: chunk.format, position: position,
            into: &record)
        } catch {
          counts.reject(chunk.reject(framed, error), inputs)
          continue
        }
        counts.read += 1
        judge(record, "\(inputs[position.file]), byte \(position.offset)", &pass.members)
      }
    }
    gathered.records += counts.read + counts.rejected
    gathered.rejects += counts.rejected
    addRejects(counts, pass)
    return pass.members.map { member in
      (
        member.index,
        member.tally.result(
          of: member, records: counts.read + counts.rejected, errors: errors)
      )
    }
  }

  /// Shows one record to the tests that want it.
  private mutating func judge(
    _ record: RequestRecord, _ position: String, _ members: inout [CorpusPass.Member]
  ) {
    var observed: ObservedRequest?
    for index in members.indices {
      let member = members[index]
      guard !member.isFull, member.selection.includes(record) else { continue }
      let expectation: Expectation
      if case .records = member.test.subject {
        expectation = Expectation(statedBy: record)
        guard !expectation.isEmpty else { continue }
      } else {
        expectation = member.test.expectation
      }
      let seen = observed ?? observe(record)
      observed = seen
      members[index].tally.selected += 1
      let judgement = Judgement(expectation, seen.prediction, seen.way, names)
      guard judgement.outcome != .passed else { continue }
      let isFailure = judgement.outcome == .failed
      let known =
        isFailure ? member.tally.failures.count : member.tally.openOnes.count
      if isFailure {
        members[index].tally.failed += 1
      } else {
        members[index].tally.undecided += 1
        for need in seen.prediction.needs { members[index].tally.needs.insert(need.evidence) }
      }
      guard known < max(1, options.shownExamples) else { continue }
      let sample = SelectionTally.Sample(
        message: judgement.message,
        example: seen.example(record, position: position, masksSecrets: !options.showsSecrets),
        explanation: known == 0 ? explanation(seen, record, expectation) : [])
      if isFailure {
        members[index].tally.failures.append(sample)
      } else {
        members[index].tally.openOnes.append(sample)
      }
    }
  }

  /// Tells of records that could not be read: no test has looked at them.
  private mutating func addRejects(_ counts: RecordCounts, _ pass: CorpusPass) {
    guard let first = counts.first else { return }
    let corpora = pass.corpora.joined(separator: ", ")
    let count = counts.rejected
    gathered.findings.append(
      Finding(
        kind: .unreadableRecord, severity: .warning, isFailing: false,
        webACL: acl.webACL.value.name ?? acl.webACL.file, subject: corpora,
        message: "\(count) \(count == 1 ? "record" : "records") of \(corpora) could not be read; "
          + "the first: \(first)"))
  }
}

/// The records of recordings.
private struct RecordCounts {
  var read = 0
  private(set) var rejected = 0
  /// The first that could not be read, and why.
  private(set) var first: String?

  mutating func reject(_ reject: RejectedBytes, _ inputs: [String]) {
    rejected += 1
    if first == nil {
      first =
        "\(inputs[reject.position.file]), byte \(reject.position.offset): \(reject.error.message)"
    }
  }
}

extension Expectation {
  /// What a record itself says must become of it.
  init(statedBy record: RequestRecord) {
    self.init()
    let action = record.text(record.recorded.expectedAction)
    let rule = record.text(record.recorded.expectedRule)
    if !action.isEmpty { self.action = action }
    // As `replay` compares: the rule itself, not its group.
    if !rule.isEmpty { self.rule = .exactly(rule) }
  }

  /// The rules that it names.
  var rules: [String] { (rule.map { [$0.name] } ?? []) + counted + notCounted }
}

extension ACLTest {
  /// `acl.test.yml:12`.
  var place: String { location.file + (location.line.map { ":\($0)" } ?? "") }
}
