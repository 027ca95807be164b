package import Diagnostics
package import Findings

/// The tests of one file.
package struct ACLTestFile: Hashable, Sendable {
  /// The file, as given.
  package var file: String
  /// The web ACL that the file names, its path as the file's own; nil where it names none.
  package var acl: String?
  /// Files and directories with what the web ACL refers to.
  package var with: [String] = []
  /// At least one.
  package var tests: [ACLTest] = []
}

/// A test file as it was read.
package struct LoadedACLTestFile: Sendable {
  /// The tests; nil where the file has an error.
  package var value: ACLTestFile?
  /// What was found.
  package var diagnostics: [Diagnostic]
  /// The file: it turns a diagnostic into text with its line.
  package var sources: SourceMap
}

/// One test.
package struct ACLTest: Hashable, Sendable {
  /// What it looks at.
  package enum Subject: Hashable, Sendable {
    case request(RequestDescription)
    /// Recorded requests, all with one expectation.
    case selection(RequestSelection)
    /// Recorded requests, each with its own expectation (`wafcast.expect`).
    case records(RequestSelection)
  }

  /// What it means where the recording does not settle whether the expectation is met.
  package enum Undecided: String, Hashable, Sendable, CaseIterable {
    case fail
    case skip
  }

  /// Unique in its file.
  package var name: String
  package var location: Finding.Location
  package var subject: Subject
  /// Empty for records.
  package var expectation: Expectation
  package var undecided = Undecided.fail
}
