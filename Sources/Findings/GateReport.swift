/// All that `diff`, `check` or `test` has to tell; every report format is made from it.
package struct GateReport: Hashable, Sendable {
  package enum Outcome: String, Hashable, Sendable {
    case passed
    case failed
    /// It could not do the job: exit code 2.
    case error
    /// Interrupted: what is told is true of a part of the traffic only.
    case partial
  }

  /// `diff`, `check` or `test`.
  package var command: String
  /// One for each web ACL, in the order of the configuration.
  package var sections: [GateSection]
  package var outcome: Outcome
  /// Warnings of the run that belong to no web ACL, as sentences.
  package var notices: [String]
  /// Version, digests, assumptions, command: anyone can make the report again.
  package var stamp: [StampLine]

  package struct StampLine: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    command: String, sections: [GateSection], outcome: Outcome, notices: [String] = [],
    stamp: [StampLine] = []
  ) {
    self.command = command
    self.sections = sections
    self.outcome = outcome
    self.notices = notices
    self.stamp = stamp
  }

  /// Whether the traffic was read in part only.
  package var isPartial: Bool { outcome == .partial }

  package var findings: [Finding] { sections.flatMap(\.findings) }
  package var failing: [Finding] { findings.filter(\.isFailing) }
}

/// What is told of one web ACL.
package struct GateSection: Hashable, Sendable {
  /// Requests by action, on one side.
  package struct Totals: Hashable, Sendable {
    /// `ALLOW`, `BLOCK`, …, `COUNT` (requests that at least one rule counted), and `indeterminate`,
    /// in the order of a table; only rows that are not zero on both sides.
    package var rows: [Row]

    package struct Row: Hashable, Sendable {
      package var name: String
      package var old: CertaintyCounts
      package var new: CertaintyCounts

      package init(name: String, old: CertaintyCounts, new: CertaintyCounts) {
        self.name = name
        self.old = old
        self.new = new
      }
    }

    package init(rows: [Row] = []) {
      self.rows = rows
    }
  }

  /// The web ACL's name; never empty: the file's name where it has none.
  package var name: String
  /// The web ACL's document, as given.
  package var file: String
  /// What it is compared with: a file, or `main:waf/acl.json`; empty where nothing is.
  package var base: String
  /// Where the traffic came from, as given.
  package var traffic: [String]
  package var records: Int
  package var requests: Int
  package var rejects: Int
  /// Requests for which some difference is certain or predicted, and only possible.
  package var changed: Int
  package var possiblyChanged: Int
  package var totals: Totals
  package var structure: [StructuralChange]
  /// In order (`Finding.inOrder`).
  package var findings: [Finding]
  package var cases: [CaseResult]
  package var coverage: Coverage?
  /// The assumptions that verdicts rest on, with the number of verdicts: `name (123)`.
  package var assumptions: [String]
  /// Warnings about documents and traffic, rendered in one line each.
  package var warnings: [String]

  package init(
    name: String, file: String, base: String = "", traffic: [String] = [], records: Int = 0,
    requests: Int = 0, rejects: Int = 0, changed: Int = 0, possiblyChanged: Int = 0,
    totals: Totals = Totals(), structure: [StructuralChange] = [], findings: [Finding] = [],
    cases: [CaseResult] = [], coverage: Coverage? = nil, assumptions: [String] = [],
    warnings: [String] = []
  ) {
    self.name = name
    self.file = file
    self.base = base
    self.traffic = traffic
    self.records = records
    self.requests = requests
    self.rejects = rejects
    self.changed = changed
    self.possiblyChanged = possiblyChanged
    self.totals = totals
    self.structure = structure
    self.findings = findings
    self.cases = cases
    self.coverage = coverage
    self.assumptions = assumptions
    self.warnings = warnings
  }
}
