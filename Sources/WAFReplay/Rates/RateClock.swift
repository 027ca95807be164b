/// When the rates are checked: every ten seconds of recorded time.
///
/// Source: "RateBasedStatement" of the API reference (documented: about every ten seconds); that the
/// checks lie on whole multiples is our choice, so that a simulation does not hang on the order of
/// the log. The service's own estimate gives more weight to recent requests (Q27).
package enum RateClock {
  package static let millisecondsPerTick: Int64 = 10_000

  /// The check that counts a request for the first time: its time, rounded up.
  package static func tick(_ timestamp: Int64) -> Int64 {
    let (quotient, rest) = timestamp.quotientAndRemainder(dividingBy: millisecondsPerTick)
    return rest > 0 ? quotient + 1 : quotient
  }

  /// How many checks count a request.
  package static func ticks(ofWindow seconds: Int) -> Int64 {
    max(1, Int64(truncatingIfNeeded: seconds) / (millisecondsPerTick / 1000))
  }
}
