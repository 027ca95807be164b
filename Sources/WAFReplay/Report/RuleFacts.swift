package import WAFProgram

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
