/// A share of a whole that was counted, with what the whole says of the share beyond it.
package struct Proportion: Hashable, Sendable {
  package var part: Int
  package var whole: Int

  package init(_ part: Int, of whole: Int) {
    self.part = part
    self.whole = whole
  }

  /// Nil where nothing was counted.
  package var value: Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  /// Wilson's score interval at 95 %; all of it where nothing was counted.
  ///
  /// Unlike the textbook interval it keeps its level for shares near 0 and 1 and for small counts,
  /// which is where false positives live. Source: Wilson, "Probable inference, the law of
  /// succession, and statistical inference", 1927.
  package var interval: ClosedRange<Double> {
    guard let value else { return 0...1 }
    // The 97.5 % quantile of the normal distribution.
    let z = 1.959963984540054
    let count = Double(whole)
    let denominator = 1 + z * z / count
    let centre = (value + z * z / (2 * count)) / denominator
    let spread =
      z * (value * (1 - value) / count + z * z / (4 * count * count)).squareRoot() / denominator
    // At the ends the bound is the end itself; arithmetic would miss it by a rounding.
    let low = part == 0 ? 0 : max(0, centre - spread)
    let high = part == whole ? 1 : min(1, centre + spread)
    return min(low, high)...high
  }
}

extension Proportion {
  /// The share in per cent: `57.14 %`; a dash where nothing was counted.
  package var percentText: String {
    value.map { Self.decimal($0 * 100, places: 2) + " %" } ?? "-"
  }

  /// The interval in per cent: `25.05-84.18`; empty where nothing was counted.
  package var intervalText: String {
    guard whole > 0 else { return "" }
    return Self.decimal(interval.lowerBound * 100, places: 2) + "-"
      + Self.decimal(interval.upperBound * 100, places: 2)
  }

  /// A number that is not negative, with a fixed number of decimals.
  ///
  /// Written here so that no locale and no library's rounding changes the bytes of a report.
  package static func decimal(_ value: Double, places: Int) -> String {
    var scale = 1
    for _ in 0..<max(0, places) { scale *= 10 }
    let scaled = (value * Double(scale)).rounded()
    guard scaled.isFinite, scaled >= 0, scaled < 1e15 else { return "-" }
    let number = Int(scaled)
    guard places > 0 else { return String(number) }
    let fraction = String(number % scale)
    return String(number / scale) + "."
      + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
