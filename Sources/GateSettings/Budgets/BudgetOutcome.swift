import Findings

/// What became of a budget in a run.
package struct BudgetOutcome: Hashable, Sendable {
  /// Whether it holds; where that is not decided it does not.
  package var holds: Bool
  /// Whether the run tells: not where a number is known by bounds that leave both answers, or a
  /// share of nothing is asked for.
  package var isDecided: Bool
  /// The budget with the actual values: `new_blocks == 0: is 42`.
  package var text: String

  /// Evaluates an expression.
  ///
  /// An answer that the numbers leave open is neither yes nor no: `not` keeps it open, `and` and
  /// `or` go by the other side where that is enough.
  init(_ expression: BudgetExpression, as written: String, on metrics: Metrics) {
    let answer = Self.answer(expression, metrics)
    holds = answer == true
    isDecided = answer != nil
    text = written + ": " + Self.actualValues(expression, metrics)
    if answer == nil { text += "; not decided, so it does not hold" }
  }

  /// Nil for an answer that the numbers leave open.
  private static func answer(_ expression: BudgetExpression, _ metrics: Metrics) -> Bool? {
    switch expression {
    case .comparison(let comparison): comparison.answer(metrics)
    case .not(let inner): answer(inner, metrics).map { !$0 }
    case .and(let left, let right):
      conjunction(answer(left, metrics), answer(right, metrics))
    case .or(let left, let right):
      conjunction(answer(left, metrics).map { !$0 }, answer(right, metrics).map { !$0 })
        .map { !$0 }
    }
  }

  private static func conjunction(_ left: Bool?, _ right: Bool?) -> Bool? {
    if left == false || right == false { return false }
    return left == true && right == true ? true : nil
  }

  private static func actualValues(_ expression: BudgetExpression, _ metrics: Metrics) -> String {
    var values: [(name: String, value: String)] = []
    for comparison in expression.comparisons {
      for (metric, value) in comparison.actualValues(metrics)
      where !values.contains(where: { $0.name == metric.text && $0.value == value }) {
        values.append((metric.text, value))
      }
    }
    if values.count == 1, let only = values.first { return "is " + only.value }
    return values.map { "\($0.name) is \($0.value)" }.joined(separator: ", ")
  }
}

extension BudgetComparison {
  /// Nil where the numbers leave it open.
  func answer(_ metrics: Metrics) -> Bool? {
    let factors = scale(metrics)
    guard factors.whole != 0 else { return nil }
    let left = range(of: left, metrics, factors)
    let right = range(of: right, metrics, factors)
    return switch relation {
    case .less: Self.isLess(left, right)
    case .lessOrEqual: Self.isLess(right, left).map { !$0 }
    case .equal: Self.isEqual(left, right)
    case .unequal: Self.isEqual(left, right).map { !$0 }
    case .greaterOrEqual: Self.isLess(left, right).map { !$0 }
    case .greater: Self.isLess(right, left)
    }
  }

  private static func isLess(_ left: ClosedRange<Int128>, _ right: ClosedRange<Int128>) -> Bool? {
    if left.upperBound < right.lowerBound { return true }
    return left.lowerBound >= right.upperBound ? false : nil
  }

  private static func isEqual(_ left: ClosedRange<Int128>, _ right: ClosedRange<Int128>) -> Bool? {
    if left == right, left.lowerBound == left.upperBound { return true }
    return left.overlaps(right) ? nil : false
  }

  /// With what both sides are multiplied so that percentages become whole numbers.
  private struct Scale {
    /// What the metric's number is multiplied with.
    var count: Int128 = 1
    /// What a percentage's digits are multiplied with; 0 where there is nothing to take a share of.
    var whole: Int128 = 1
  }

  private func scale(_ metrics: Metrics) -> Scale {
    for operand in [left, right] {
      guard case .number(let number) = operand, number.isPercent,
        let metric = self.metrics.first
      else { continue }
      let power = (0..<number.decimals).reduce(Int128(100)) { power, _ in power * 10 }
      return Scale(count: power, whole: Int128(max(0, metric.whole(metrics))))
    }
    return Scale()
  }

  // Digits, at most 15, times a 64-bit number, and that times 10^8: neither leaves 128 bits.
  private func range(
    of operand: Operand, _ metrics: Metrics, _ scale: Scale
  ) -> ClosedRange<Int128> {
    switch operand {
    case .number(let number):
      let value = Int128(number.digits) * scale.whole
      return value...value
    case .metric(let metric):
      let measured = metric.measure(metrics)
      return Int128(measured.lower) * scale.count...Int128(measured.upper) * scale.count
    }
  }

  /// Its metrics with what they are, as a share where a percentage is asked for.
  func actualValues(_ metrics: Metrics) -> [(BudgetMetric, String)] {
    let asksForShare = [left, right].contains { operand in
      if case .number(let number) = operand { number.isPercent } else { false }
    }
    return self.metrics.map { metric in
      let measured = metric.measure(metrics)
      guard asksForShare else { return (metric, measured.text) }
      let whole = metric.whole(metrics)
      let noun = metric.name.isOfReading ? "records" : "requests"
      guard whole > 0 else { return (metric, "a share of 0 \(noun)") }
      return (
        metric, "\(percentText(measured.value, of: whole)) (\(measured.text) of \(whole) \(noun))"
      )
    }
  }
}

/// A share with two decimals, cut and not rounded: `1.3%`; `<0.01%` for what is less but something.
func percentText(_ count: Int, of whole: Int) -> String {
  guard whole > 0 else { return "0%" }
  let hundredths = Int128(count) * 10_000 / Int128(whole)
  if hundredths == 0, count > 0 { return "<0.01%" }
  let fraction = Int(hundredths % 100)
  guard fraction != 0 else { return "\(hundredths / 100)%" }
  let digits = fraction < 10 ? "0\(fraction)" : "\(fraction)"
  return "\(hundredths / 100).\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)%"
}
