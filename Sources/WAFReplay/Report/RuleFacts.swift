package import WAFProgram

/// What a report needs to know of a rule beside the findings.
package struct RuleFacts: Hashable, Sendable {
  /// The custom status of a block; nil for the usual one.
  package var responseCode: Int?
  /// The labels that a match adds.
  package var labels: [String]
  /// What a rate-based rule limits; nil for other rules.
  package var rate: RateRule?

  package init(responseCode: Int? = nil, labels: [String] = [], rate: RateRule? = nil) {
    self.responseCode = responseCode
    self.labels = labels
    self.rate = rate
  }

  /// The facts of a program's rules, by path.
  package static func all(of program: Program) -> [String: RuleFacts] {
    var facts: [String: RuleFacts] = [:]
    for (rule, info) in zip(program.rules, program.ruleInfo) {
      facts[info.path] = RuleFacts(
        responseCode: rule.responseCode == 0 ? nil : Int(rule.responseCode),
        labels: rule.labels.map { program.labels[Int(program.ruleLabels[Int($0)])] })
    }
    for rate in program.rates where !rate.isManaged {
      facts[program.ruleInfo[rate.rule].path]?.rate = rate
    }
    facts[Program.defaultActionName] = RuleFacts(
      responseCode: program.defaultResponseCode == 0 ? nil : Int(program.defaultResponseCode))
    return facts
  }
}
