import WAFEngine
package import WAFProgram
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

/// What a report needs to know of a rule beside the findings.
package struct RuleFacts: Hashable, Sendable {
  /// The custom status of a block; nil for the usual one.
  package var responseCode: Int?
  /// The labels that a match adds.
  package var labels: [String]

  package init(responseCode: Int? = nil, labels: [String] = []) {
    self.responseCode = responseCode
    self.labels = labels
  }

  /// The facts of a program's rules, by path.
  package static func all(of program: Program) -> [String: RuleFacts] {
    var facts: [String: RuleFacts] = [:]
    for (rule, info) in zip(program.rules, program.ruleInfo) {
      facts[info.path] = RuleFacts(
        responseCode: rule.responseCode == 0 ? nil : Int(rule.responseCode),
        labels: rule.labels.map { program.labels[Int(program.ruleLabels[Int($0)])] })
    }
    facts[Program.defaultActionName] = RuleFacts(
      responseCode: program.defaultResponseCode == 0 ? nil : Int(program.defaultResponseCode))
    return facts
  }
}

/// What a report was made with, so that it can be made again.
package struct Stamp: Hashable, Sendable {
  /// A file that was read.
  package struct Input: Hashable, Sendable {
    package var name: String
    /// Its SHA-256 in hexadecimal; nil where it was not computed, as for standard input.
    package var sha256: String?

    package init(name: String, sha256: String? = nil) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// The version of wafcast.
  package var version: String
  /// The arguments of the command line.
  package var command: [String]
  package var webACL: Input
  /// The documents read beside the web ACL.
  package var documents: [Input]
  /// The SHA-256 of the managed rule data.
  package var rulesetsSHA256: String
  package var traffic: [Input]
  /// What the user assumed (`--assume`).
  package var assumptions: [String]

  package init(
    version: String, command: [String] = [], webACL: Input, documents: [Input] = [],
    rulesetsSHA256: String = "", traffic: [Input] = [], assumptions: [String] = []
  ) {
    self.version = version
    self.command = command
    self.webACL = webACL
    self.documents = documents
    self.rulesetsSHA256 = rulesetsSHA256
    self.traffic = traffic
    self.assumptions = assumptions
  }
}
