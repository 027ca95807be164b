import Findings
import WAFProgram

/// What came of one test.
struct TestResult {
  enum Outcome: Hashable {
    case passed
    case failed
    /// The recording does not settle it.
    case undecided
    /// There was nothing to look at, which is allowed.
    case empty
    /// The recordings, or the request, could not be read.
    case error
  }

  var outcome: Outcome
  /// One sentence; empty for a passed test.
  var message = ""
  var details: [String] = []
  /// The rule that decides what should be decided otherwise.
  var rule = ""
  var examples: [Finding.Example] = []
  var needs: [String] = []

  func caseResult(of test: ACLTest) -> CaseResult {
    CaseResult(
      group: test.group, name: test.name, status: status(of: test), message: message,
      details: details, location: test.location)
  }

  private func status(of test: ACLTest) -> CaseResult.Status {
    switch outcome {
    case .passed: .passed
    case .failed: .failed
    case .undecided: test.undecided == .fail ? .failed : .skipped
    case .empty: .skipped
    case .error: .error
    }
  }

  /// The finding of a test that fails; nil for others.
  func finding(of test: ACLTest, webACL: String) -> Finding? {
    let kind: FindingKind
    switch status(of: test) {
    case .passed, .skipped: return nil
    case .failed: kind = .expectationFailed
    case .error: kind = .unreadableTraffic
    }
    let file = test.location.file.split(separator: "/").last ?? ""
    return Finding(
      kind: kind, severity: .error, isFailing: true, webACL: webACL,
      rule: rule == Program.defaultActionName ? "" : rule,
      // Not the whole path: it depends on where the command is run.
      subject: "\(file): \(test.name)", message: "test '\(test.name)': \(message)",
      location: test.location, examples: examples, needs: needs)
  }
}

extension ACLTest {
  /// The group of its case.
  var group: String {
    if case .records = subject { "expectation" } else { "test" }
  }
}
