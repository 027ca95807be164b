import Findings
import WAFTraffic

/// Tests over the same recordings, which are read once for all of them.
struct CorpusPass {
  /// One test, and what it has seen so far.
  struct Member {
    var index: Int
    var test: ACLTest
    var selection: RequestSelection
    var tally = SelectionTally()

    /// Whether it has all requests that it wants.
    var isFull: Bool { selection.limit.map { tally.selected >= $0 } ?? false }
  }

  let corpora: [String]
  let format: TrafficFormat
  var members: [Member]

  /// The passes for some tests, in the order of the first test of each.
  static func passes(over tests: [ACLTest]) -> [CorpusPass] {
    var passes: [CorpusPass] = []
    for (index, test) in tests.enumerated() {
      let selection: RequestSelection
      switch test.subject {
      case .request: continue
      case .selection(let chosen), .records(let chosen): selection = chosen
      }
      let member = Member(index: index, test: test, selection: selection)
      let known = passes.firstIndex {
        $0.corpora == selection.corpora && $0.format == selection.format
      }
      if let known {
        passes[known].members.append(member)
      } else {
        passes.append(
          CorpusPass(corpora: selection.corpora, format: selection.format, members: [member]))
      }
    }
    return passes
  }
}

/// What one test has seen of recordings.
struct SelectionTally {
  /// A request that does not meet the expectation, or may not.
  struct Sample {
    var message: String
    var example: Finding.Example
    var explanation: [String]
  }

  var selected = 0
  var failed = 0
  var undecided = 0
  /// The first of those that fail, and of those that are undecided.
  var failures: [Sample] = []
  var openOnes: [Sample] = []
  var needs: Set<String> = []

  /// What that makes of the test, given how many records were read and what could not be read.
  func result(
    of member: CorpusPass.Member, records: Int, errors: [String]
  ) -> TestResult {
    var result = TestResult(outcome: .passed)
    let what =
      if case .records = member.test.subject { "records with expectations" } else { "requests" }
    if failed > 0 || undecided > 0 {
      result.outcome = failed > 0 ? .failed : .undecided
      let samples = failures.isEmpty ? openOnes : failures
      let verdict =
        failed > 0
        ? "\(failed) of \(selected) \(what) \(failed == 1 ? "fails" : "fail")"
        : "\(undecided) of \(selected) \(what) \(undecided == 1 ? "is" : "are") undecided"
      result.message = verdict
      if let first = samples.first { result.message += "; the first: \(first.message)" }
      if failed > 0, undecided > 0 { result.details.append("\(undecided) more undecided") }
      for sample in samples {
        result.details.append("\(sample.example.inWords): \(sample.message)")
      }
      if let first = samples.first {
        result.details += ["", "The first:"] + first.explanation
      }
      result.examples = samples.map(\.example)
      result.rule = samples.first?.example.newRule ?? ""
      result.needs = needs.sorted()
    } else if selected < member.selection.atLeast {
      result.outcome = .failed
      result.message = tooFew(member, records: records)
    } else if selected == 0 {
      result.outcome = .empty
      result.message = "none of \(records) records is selected"
    }
    if let first = errors.first, result.outcome != .failed {
      return TestResult(
        outcome: .error, message: "the recordings could not be read as a whole: \(first)",
        details: Array(errors.dropFirst()))
    }
    return result
  }
  private func tooFew(_ member: CorpusPass.Member, records: Int) -> String {
    guard records > 0 else { return "there is no record in the recordings" }
    let found = selected == 0 ? "none" : "only \(selected)"
    let verb =
      if case .records = member.test.subject {
        selected < 2 ? "states an expectation" : "state an expectation"
      } else {
        selected < 2 ? "is selected" : "are selected"
      }
    let wanted = member.selection.atLeast
    return "\(found) of \(records) records \(verb)"
      + (wanted > 1 ? ", at least \(wanted) expected" : "")
  }
}

extension Finding.Example {
  /// `POST /checkout from 203.0.113.7 (logs/a.ndjson, byte 1234)`.
  var inWords: String {
    request + (client.isEmpty ? "" : " from \(client)") + " (\(position))"
  }
}
