/// Where the readings of one value stood, sixteen times on their way.
///
/// Readings for different contexts fall in step as soon as they stop at the same byte in the same
/// state: from there on they see the same tokens. A reading that finds itself where an earlier one was
/// need not go on, so that a long value costs little more than one reading, whatever its quotes.
///
/// The value's bytes are cut into sixteen parts. Kept is the first stop in each part, which is the
/// same for two readings that fell in step before the part.
struct MarkupCheckpoints {
  private static let parts = 16
  /// A value that is no longer is read whole each time: comparing would cost more.
  static let shortestPart = 64

  private var stops = InlineArray<80, Int>(repeating: -1)
  private let partLength: Int
  /// How many readings ended before the current one.
  private var row = -1
  /// Where the current reading's next stop is to be compared.
  private(set) var next = 0

  /// For a value of `count` bytes.
  init(count: Int) {
    partLength = max(Self.shortestPart, count / Self.parts + 1)
  }

  /// Begins a reading; at most five are begun.
  mutating func beginReading() {
    row += 1
    next = partLength
  }

  /// Whether an earlier reading stopped here in the same state; for a stop at or behind ``next``.
  mutating func isKnown(_ state: MarkupTokenizer.State) -> Bool {
    let part = min(state.position / partLength, Self.parts - 1)
    let stop = state.position &* 2 &+ (state.isInTag ? 1 : 0)
    for earlier in 0..<row where stops[earlier &* Self.parts &+ part] == stop { return true }
    stops[row &* Self.parts &+ part] = stop
    next = part == Self.parts - 1 ? Int.max : (part + 1) &* partLength
    return false
  }
}
