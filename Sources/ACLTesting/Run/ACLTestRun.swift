package import Findings
import WAFProgram
import WAFRequests
package import Wafcast

/// Runs tests against a web ACL.
package struct ACLTestRun: Sendable {
  package struct Options: Sendable {
    /// Whether the rules inside managed rule groups count for coverage.
    package var countsManagedRules = false
    /// Whether cookies, tokens, credentials and bodies are shown.
    package var showsSecrets = false
    /// Percent of coverage below which the run fails.
    package var lowestCoverage: Double?
    /// How many requests of a selection are shown where it fails.
    package var shownExamples = 3
    /// Longer records are rejected; nil for 16 MiB.
    package var maxRecordBytes: Int?

    package init() {}
  }

  package let acl: CompiledWebACL
  package var files: [ACLTestFile]
  package var options: Options

  package init(_ acl: CompiledWebACL, _ files: [ACLTestFile], options: Options = Options()) {
    self.acl = acl
    self.files = files
    self.options = options
  }

  /// Runs all tests: each inline request once, each set of recordings once for all tests over it.
  ///
  /// - Parameter isInterrupted: asked between requests and between parts of recordings; once it is
  ///   true the run ends, and the report is partial.
  package func report(isInterrupted: () -> Bool = { false }) -> ACLTestReport {
    var session = TestSession(acl, options)
    let tests = files.flatMap { file in file.tests }
    var results = [TestResult?](repeating: nil, count: tests.count)
    for (index, test) in tests.enumerated() {
      guard case .request(let request) = test.subject else { continue }
      guard !isInterrupted() else { break }
      results[index] = session.run(test, request)
    }
    for pass in CorpusPass.passes(over: tests) {
      guard !isInterrupted() else { break }
      for (index, result) in session.run(pass, isInterrupted: isInterrupted) {
        results[index] = result
      }
    }
    return report(tests, results, session)
  }

  private func report(
    _ tests: [ACLTest], _ results: [TestResult?], _ session: borrowing TestSession
  ) -> ACLTestReport {
    var report = session.report
    report.isPartial = results.contains { $0 == nil }
    for (test, result) in zip(tests, results) {
      guard let result else { continue }
      report.cases.append(result.caseResult(of: test))
      if let finding = result.finding(of: test, webACL: name) { report.findings.append(finding) }
    }
    report.coverage = Coverage(items: session.coverage.items)
    report.uncounted = session.coverage.others
    if let lowest = options.lowestCoverage, report.coverage.percent < lowest, !report.isPartial {
      report.findings.append(lowCoverage(report.coverage, lowest))
    }
    report.findings.sort(by: Finding.inOrder)
    return report
  }

  private func lowCoverage(_ coverage: Coverage, _ lowest: Double) -> Finding {
    let rules = coverage.counts(of: .rule)
    let leaves = coverage.counts(of: .leaf)
    return Finding(
      kind: .lowCoverage, severity: .error, isFailing: true, webACL: name, subject: "coverage",
      message: "tests cover \(percent(coverage.percent)) of the web ACL, less than "
        + "\(percent(lowest)): \(rules.covered) of \(rules.all) rules, "
        + "\(leaves.covered) of \(leaves.all) statements",
      notes: coverage.uncovered.prefix(20).map { "not covered: \($0.inWords)" },
      location: Finding.Location(file: acl.webACL.file))
  }

  /// The web ACL's name; the file's where it has none.
  private var name: String {
    acl.webACL.value.name ?? acl.webACL.file.split(separator: "/").last.map { String($0) } ?? ""
  }
}

/// A share in percent with one decimal, cut, so that less than all is never shown as all.
private func percent(_ value: Double) -> String {
  let tenths = Int((max(0, min(value, 1000)) * 10).rounded(.down))
  return "\(tenths / 10).\(tenths % 10) %"
}

extension Coverage.Item {
  /// The item in a sentence: what was never seen of it.
  package var inWords: String {
    switch kind {
    case .rule: "rule \(name) never matched" + (misses == 0 ? " and was never reached" : "")
    case .leaf:
      switch (matches, misses) {
      case (0, 0): "\(name) of rule \(rule) was never reached"
      case (0, _): "\(name) of rule \(rule) never matched"
      default: "\(name) of rule \(rule) always matched"
      }
    }
  }
}
