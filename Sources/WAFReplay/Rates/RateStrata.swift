import WAFProgram

/// The order in which the rate-based rules of a program are simulated.
///
/// What an earlier rule does decides who reaches a later one and with which labels, so each needs a
/// pass of its own over the traffic; rules that can't influence the next one share its pass.
enum RateStrata {
  /// Places in `Program.rates`, one range a pass.
  static func passes(of program: Program) -> [Range<Int>] {
    var passes: [Range<Int>] = []
    var start = 0
    for rate in program.rates.indices {
      let isLast = rate == program.rates.count - 1
      // What counts at the same place on the way can't influence one another.
      if !isLast, program.rates[rate + 1].rule == program.rates[rate].rule { continue }
      if isLast || hasInfluence(program.rates[rate], program) {
        passes.append(start..<rate + 1)
        start = rate + 1
      }
    }
    return passes
  }

  /// Whether requests fare otherwise after the rule if it limits them.
  private static func hasInfluence(_ rate: RateRule, _ program: Program) -> Bool {
    let rule = program.rules[rate.rule]
    guard rule.action == .count else { return true }
    return rule.labels.contains { position in
      let label = Int(program.ruleLabels[Int(position)])
      return program.labelKeys.contains { key in
        key.labels.contains(label) || key.labelsByOtherReading?.contains(label) ?? false
      }
    }
  }
}
