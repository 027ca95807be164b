import Evaluation
import Testing

@Suite struct ProportionTests {
  /// Worked out from the formula with z² = 3.841459.
  @Test(
    arguments: [
      // p = 0.5: the centre stays 0.5; the spread is
      // 1.959964 / 1.3841459 * sqrt(0.25 / 10 + 3.841459 / 400) = 0.263407.
      (5, 10, 0.236593, 0.763407),
      // p = 0: from 0 to z² / (n + z²) = 3.841459 / 13.841459.
      (0, 10, 0, 0.277533),
      (10, 10, 0.722467, 1),
      // p = 1, n = 1: from n / (n + z²) = 1 / 4.841459.
      (1, 1, 0.206549, 1),
      // Three in a thousand.
      (3, 1000, 0.001021, 0.008783),
      // Nothing is known of a whole of which nothing was counted.
      (0, 0, 0, 1),
    ] as [(Int, Int, Double, Double)])
  func interval(part: Int, whole: Int, low: Double, high: Double) {
    let interval = Proportion(part, of: whole).interval
    #expect(abs(interval.lowerBound - low) < 1e-6)
    #expect(abs(interval.upperBound - high) < 1e-6)
  }

  @Test func aShareLiesInItsInterval() {
    for whole in 1...60 {
      for part in 0...whole {
        let share = Proportion(part, of: whole)
        #expect(share.interval.contains(Double(part) / Double(whole)))
        #expect(share.interval.lowerBound >= 0 && share.interval.upperBound <= 1)
      }
    }
  }

  @Test(arguments: [
    (1, 3, "33.33 %", "6.15-79.23"), (0, 4, "0.00 %", "0.00-48.99"),
    (7, 7, "100.00 %", "64.57-100.00"),
    (0, 0, "-", ""),
  ])
  func text(part: Int, whole: Int, share: String, interval: String) {
    #expect(Proportion(part, of: whole).percentText == share)
    #expect(Proportion(part, of: whole).intervalText == interval)
  }

  @Test(
    arguments: [
      (0, 2, "0.00"), (1.005, 1, "1.0"), (0.95, 1, "1.0"), (12.3456, 3, "12.346"), (7, 0, "7"),
      (.infinity, 2, "-"), (.nan, 2, "-"), (-1, 2, "-"), (1e300, 2, "-"),
    ] as [(Double, Int, String)])
  func decimals(value: Double, places: Int, text: String) {
    #expect(Proportion.decimal(value, places: places) == text)
  }
}
