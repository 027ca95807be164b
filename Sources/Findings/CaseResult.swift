/// Something that was checked and passed or did not: a test, a budget, an expectation.
package struct CaseResult: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case passed
    case failed
    /// Not decided: evidence is missing, or nothing was selected and that is allowed.
    case skipped
    /// It could not be run.
    case error
  }

  /// What kind of case it is: `test`, `budget`, `expectation`, `change`, `check`.
  package var group: String
  package var name: String
  package var status: Status
  /// One sentence; empty for a passed case.
  package var message: String
  /// What helps to understand a failure, by lines: expected and actual, the trace.
  package var details: [String]
  package var location: Finding.Location?

  package init(
    group: String, name: String, status: Status, message: String = "", details: [String] = [],
    location: Finding.Location? = nil
  ) {
    self.group = group
    self.name = name
    self.status = status
    self.message = message
    self.details = details
    self.location = location
  }
}
