/// How long the detectors take for a value.
package struct DetectorTiming: Sendable {
  /// What one detector took.
  package struct Row: Hashable, Sendable {
    package var detector: AttackDetector
    /// Nanoseconds of wall-clock time for a value, of the quickest round.
    package var nanoseconds: Double
    /// How many of the values it finds an attack in.
    package var found: Int
  }

  /// Runs each detector over all values, round after round.
  ///
  /// - Parameters:
  ///   - values: what is asked about.
  ///   - rounds: how often; each round lasts at least 20 milliseconds.
  package static func measure(_ values: [[UInt8]], rounds: Int) -> [Row] {
    let clock = ContinuousClock()
    return AttackDetector.allCases.map { detector in
      var best = Double.infinity
      var found = 0
      for _ in 0..<max(1, rounds) {
        let start = clock.now
        var elapsed = Duration.zero
        var passes = 0
        repeat {
          found = 0
          for value in values where detector.finds(in: value.span) { found += 1 }
          passes += 1
          elapsed = clock.now - start
        } while elapsed < .milliseconds(20)
        let count = Double(max(1, values.count * passes))
        best = min(best, elapsed / .nanoseconds(1) / count)
      }
      return Row(detector: detector, nanoseconds: best, found: found)
    }
  }

  /// Reads values that stand one after the other, each behind its length in four bytes, lowest first.
  ///
  /// - Returns: nil where the bytes end within a value.
  package static func values(in bytes: [UInt8]) -> [[UInt8]]? {
    var values: [[UInt8]] = []
    var index = 0
    while index < bytes.count {
      guard bytes.count - index >= 4 else { return nil }
      let length =
        Int(bytes[index]) | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2]) << 16
        | Int(bytes[index + 3]) << 24
      index += 4
      guard bytes.count - index >= length else { return nil }
      values.append(Array(bytes[index..<index + length]))
      index += length
    }
    return values
  }
}
