package import WAFReplay

/// What `replay` reports: the findings and what they are about.
package struct ReplaySummary: Sendable {
  package var report: ReplayReport
  package var webACLName: String
  /// The file of the web ACL, as given.
  package var webACLFile: String
  /// The recordings, as given, in the order of reading: `RecordPosition.file` counts them.
  package var inputs: [String]
  /// What reports need to know of each rule, by its path.
  package var facts: [String: RuleFacts]
  package var cure: Cure?
  package var stamp: Stamp

  package init(
    report: ReplayReport, webACLName: String, webACLFile: String, inputs: [String],
    facts: [String: RuleFacts], cure: Cure?, stamp: Stamp
  ) {
    self.report = report
    self.webACLName = webACLName
    self.webACLFile = webACLFile
    self.inputs = inputs
    self.facts = facts
    self.cure = cure
    self.stamp = stamp
  }

  func name(ofInput index: Int) -> String {
    inputs.indices.contains(index) ? inputs[index] : "input \(index + 1)"
  }
}
