package import Findings

/// One thing that a run was held against: the case that reports list, and a finding where it fails.
package struct GateCheck: Hashable, Sendable {
  package var result: CaseResult
  package var finding: Finding?

  package init(result: CaseResult, finding: Finding? = nil) {
    self.result = result
    self.finding = finding
  }
}
