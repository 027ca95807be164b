import Bytes

extension LiteralReader {
  /// Reads what begins with a parenthesis, which has been read; nil where it only sets options.
  mutating func readParenthesis() throws(GaveUp) -> LiteralSummary? {
    // A verb may end the match early, and sets what holds for the whole pattern.
    if peek() == UInt8(ascii: "*") { throw GaveUp() }
    guard peek() == UInt8(ascii: "?") else { return try readGroup(flags, outer: flags) }
    index += 1
    guard let mark = peek() else { throw GaveUp() }
    switch mark {
    case UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "|"):
      index += 1
      return try readGroup(flags, outer: flags)
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"):
      index += 1
      return try readAssertion()
    case UInt8(ascii: "<"):
      index += 1
      switch peek() {
      case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"):
        index += 1
        return try readAssertion()
      default: return try readNamedGroup(until: UInt8(ascii: ">"))
      }
    case UInt8(ascii: "'"):
      index += 1
      return try readNamedGroup(until: UInt8(ascii: "'"))
    case UInt8(ascii: "P"):
      index += 1
      switch try next() {
      case UInt8(ascii: "<"): return try readNamedGroup(until: UInt8(ascii: ">"))
      case UInt8(ascii: "="), UInt8(ascii: ">"): return try readReference()
      default: throw GaveUp()
      }
    case UInt8(ascii: "R"), UInt8(ascii: "&"), UInt8(ascii: "+"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try readReference()
    case UInt8(ascii: "-") where peek(1)?.isASCIIDigit == true: return try readReference()
    default: return try readOptions()
    }
  }

  /// An assertion consumes nothing; what is in it is read for its extent only.
  private mutating func readAssertion() throws(GaveUp) -> LiteralSummary {
    _ = try readGroup(flags, outer: flags)
    return .nothing
  }

  private mutating func readNamedGroup(until end: UInt8) throws(GaveUp) -> LiteralSummary {
    try skip(past: end)
    return try readGroup(flags, outer: flags)
  }

  /// A backreference, recursion or subroutine call: text that stands elsewhere in the pattern.
  private mutating func readReference() throws(GaveUp) -> LiteralSummary {
    try skip(past: UInt8(ascii: ")"))
    return .anything
  }

  /// `(?i)`, `(?x-i)`, `(?^s)`, and the same with a colon, which opens a group.
  ///
  /// Anything else behind `(?`, such as a condition or a callout, ends here: the reader gives up.
  private mutating func readOptions() throws(GaveUp) -> LiteralSummary? {
    var options = flags
    var isSetting = true
    while true {
      switch try next() {
      case UInt8(ascii: "^"): options = Flags()
      case UInt8(ascii: "-"): isSetting = false
      case UInt8(ascii: "i"): options.ignoresCase = isSetting
      case UInt8(ascii: "x"):
        let isDouble = peek() == UInt8(ascii: "x")
        if isDouble { index += 1 }
        options.spacing = isSetting ? (isDouble ? .ignoredInClasses : .ignored) : .literal
      case UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "n"), UInt8(ascii: "J"),
        UInt8(ascii: "U"):
        break
      case UInt8(ascii: ":"): return try readGroup(options, outer: flags)
      case UInt8(ascii: ")"):
        flags = options
        return nil
      default: throw GaveUp()
      }
    }
  }
}
