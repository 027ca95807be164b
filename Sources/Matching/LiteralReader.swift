import Bytes

/// Reads a pattern in PCRE2 syntax and sums up which text its matches must have.
///
/// It reads what ``CompiledPattern`` compiles: byte mode, no automatic captures, LF as the newline.
/// A construct whose text is not known counts as anything; one whose extent is not known for
/// certain, or that can end a match early, makes the reader give up.
struct LiteralReader {
  let pattern: [UInt8]
  var index = 0
  var flags = Flags()
  var isQuoting = false
  private var depth = 0

  /// What options inside the pattern change, up to the end of their group.
  struct Flags {
    var ignoresCase = false
    var spacing = Spacing.literal
  }

  /// What white space means.
  enum Spacing {
    case literal
    case ignored
    case ignoredInClasses
  }

  /// The pattern cannot be summed up.
  struct GaveUp: Error {}

  /// PCRE2's own limit of nested groups.
  private static let deepest = 250

  init(_ pattern: [UInt8]) {
    self.pattern = pattern
  }

  /// What every match consumes; nil where the pattern is beyond this reader.
  mutating func read() -> LiteralSummary? {
    do {
      let summary = try readAlternatives()
      return index == pattern.count ? summary : nil
    } catch {
      return nil
    }
  }

  // MARK: Reading bytes

  func peek(_ distance: Int = 0) -> UInt8? {
    index + distance < pattern.count ? pattern[index + distance] : nil
  }

  func isNext(_ text: String) -> Bool {
    pattern[min(index, pattern.count)...].starts(with: text.utf8)
  }

  mutating func next() throws(GaveUp) -> UInt8 {
    guard let byte = peek() else { throw GaveUp() }
    index += 1
    return byte
  }

  /// Moves behind the next `byte`.
  mutating func skip(past byte: UInt8) throws(GaveUp) {
    guard let found = pattern[min(index, pattern.count)...].firstIndex(of: byte) else {
      throw GaveUp()
    }
    index = found + 1
  }

  /// Skips what is nothing: comments, empty quotations and, where it is ignored, white space.
  ///
  /// Returns whether there was any.
  @discardableResult
  mutating func skipNothing() throws(GaveUp) -> Bool {
    let start = index
    while let byte = peek(), !isQuoting || isNext("\\E") {
      if flags.spacing == .literal, byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "(") {
        break
      } else if isNext("\\E") {
        isQuoting = false
        index += 2
      } else if isNext("\\Q\\E") {
        index += 4
      } else if isNext("(?#") {
        try skip(past: UInt8(ascii: ")"))
      } else if flags.spacing != .literal, byte == UInt8(ascii: "#") {
        index = pattern[index...].firstIndex(of: 0x0a).map { $0 + 1 } ?? pattern.count
      } else if flags.spacing != .literal, byte.isASCIIWhitespace {
        index += 1
      } else {
        break
      }
    }
    return index > start
  }

  // MARK: Alternatives and sequences

  /// Reads up to the end of the group, or of the pattern.
  private mutating func readAlternatives() throws(GaveUp) -> LiteralSummary {
    var alternatives = [try readSequence()]
    while !isQuoting, peek() == UInt8(ascii: "|") {
      index += 1
      // Options set in one alternative hold in the later ones.
      alternatives.append(try readSequence())
    }
    return alternatives.count == 1 ? alternatives[0] : LiteralSummary(oneOf: alternatives)
  }

  private mutating func readSequence() throws(GaveUp) -> LiteralSummary {
    var summary: LiteralSummary?
    // Exact parts that follow one another are put together first: that is cheaper, and gives longer
    // strings.
    var run: LiteralSummary?
    func join(_ first: LiteralSummary?, _ second: LiteralSummary) -> LiteralSummary {
      first?.followed(by: second) ?? second
    }
    while true {
      try skipNothing()
      guard let byte = peek() else { break }
      if !isQuoting, byte == UInt8(ascii: "|") || byte == UInt8(ascii: ")") { break }
      let part: LiteralSummary
      if let text = readPlainText() {
        part = text
      } else {
        guard let atom = try readAtom(byte) else { continue }
        part = try readQuantifiers(of: atom)
      }
      let longer = part.isExact && run?.isExact ?? true ? join(run, part) : nil
      if let longer, longer.isExact {
        run = longer
      } else {
        if let run { summary = join(summary, run) }
        run = part
      }
    }
    if let run { summary = join(summary, run) }
    return summary ?? .nothing
  }

  /// Reads letters, digits and their like that are not repeated, if some begin here.
  ///
  /// They are most of a pattern: this is for speed only.
  private mutating func readPlainText() -> LiteralSummary? {
    guard !isQuoting, flags.spacing == .literal else { return nil }
    let start = index
    while let byte = peek(), Self.isPlain(byte) { index += 1 }
    // A quantifier, or one behind what is nothing, takes the last byte.
    if let byte = peek(),
      "*+?{".utf8.contains(byte) || ["\\E", "\\Q", "(?#"].contains(where: isNext)
    {
      index = max(index - 1, start)
    }
    guard index > start else { return nil }
    let text = LiteralText(Array(pattern[start..<index]), ignoringCase: flags.ignoresCase)
    return LiteralSummary(exactly: LiteralSet([text]))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "<"), UInt8(ascii: "="),
      UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "%"), UInt8(ascii: "\""):
      true
    default: byte.isWordByte
    }
  }

  /// Reads one thing that can be repeated; nil for what only sets options or begins a quotation.
  private mutating func readAtom(_ byte: UInt8) throws(GaveUp) -> LiteralSummary? {
    index += 1
    if isQuoting { return summary(of: byte) }
    switch byte {
    case UInt8(ascii: "\\"):
      if peek() == UInt8(ascii: "Q") {
        index += 1
        isQuoting = true
        return nil
      }
      return try readEscape()
    case UInt8(ascii: "["): return summary(of: try readClass())
    case UInt8(ascii: "("): return try readParenthesis()
    case UInt8(ascii: "^"), UInt8(ascii: "$"): return .nothing
    case UInt8(ascii: "."): return .anything
    // A quantifier without anything before it: the pattern is not valid.
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw GaveUp()
    default: return summary(of: byte)
    }
  }

  func summary(of byte: UInt8) -> LiteralSummary {
    LiteralSummary(exactly: LiteralSet([LiteralText([byte], ignoringCase: flags.ignoresCase)]))
  }

  /// The summary of one byte out of a set.
  func summary(of set: ByteSet) -> LiteralSummary {
    // A class of no bytes matches nothing at all, of which there is nothing to say.
    guard let texts = set.texts(atMost: 8), !texts.isEmpty else { return .anything }
    return LiteralSummary(exactly: LiteralSet(texts))
  }

  // MARK: Quantifiers

  private mutating func readQuantifiers(of part: LiteralSummary) throws(GaveUp) -> LiteralSummary {
    var part = part
    try skipNothing()
    while !isQuoting, let byte = peek() {
      switch byte {
      case UInt8(ascii: "*"):
        index += 1
        part = part.optional(isOpen: true)
      case UInt8(ascii: "+"):
        index += 1
        part = part.repeated(1, isOpen: true)
      case UInt8(ascii: "?"):
        index += 1
        part = part.optional(isOpen: false)
      case UInt8(ascii: "{"):
        guard let quantified = try readRepeatCount(of: part) else { return part }
        part = quantified
      default: return part
      }
      // The mark of a lazy or possessive quantifier changes nothing here. Behind white space it
      // may be a quantifier of its own, which the loop reads as one: the part may then be absent,
      // which is sound for either meaning.
      if try !skipNothing(), !isQuoting,
        peek() == UInt8(ascii: "?") || peek() == UInt8(ascii: "+")
      {
        index += 1
        try skipNothing()
      }
    }
    return part
  }

  /// Reads `{n}`, `{n,}` or `{n,m}`; nil where the brace is text.
  private mutating func readRepeatCount(
    of part: LiteralSummary
  ) throws(GaveUp) -> LiteralSummary? {
    guard let end = pattern[index...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let inside = pattern[(index + 1)..<end]
    guard inside.contains(where: \.isASCIIDigit),
      inside.allSatisfy({
        $0.isASCIIDigit || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") || $0 == 0x09
      })
    else { return nil }
    let bounds = inside.split(
      separator: UInt8(ascii: ","), maxSplits: 1, omittingEmptySubsequences: false
    ).map { bound in bound.isEmpty ? nil : Int(String(decoding: bound, as: UTF8.self)) }
    index = end + 1
    // `{,n}` and counts with white space mean one thing in older versions of PCRE2 and another in
    // newer ones: as text, or as a quantifier, it is anything.
    guard let least = bounds[0], inside.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ",") }),
      inside.count(where: { $0 == UInt8(ascii: ",") }) < 2
    else { return .anything }
    let most = bounds.count == 1 ? least : bounds[1] ?? .max
    if most == 0 { return .nothing }
    return least == 0
      ? part.optional(isOpen: most > 1) : part.repeated(least, isOpen: most > least)
  }

  // MARK: Groups

  /// Reads the rest of a group whose opening has been read.
  mutating func readGroup(
    _ inner: Flags, outer: Flags
  ) throws(GaveUp) -> LiteralSummary {
    depth += 1
    guard depth <= Self.deepest else { throw GaveUp() }
    flags = inner
    let summary = try readAlternatives()
    guard !isQuoting, try next() == UInt8(ascii: ")") else { throw GaveUp() }
    flags = outer
    depth -= 1
    return summary
  }
}
