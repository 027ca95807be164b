import Bytes

extension LiteralReader {
  /// Reads the rest of a class; the opening bracket has been read.
  ///
  /// The set may hold bytes that the class does not, unless the class is negated; then nothing is
  /// known to be missing, and the set has all bytes where anything was doubtful.
  mutating func readClass() throws(GaveUp) -> ByteSet {
    skipEmptyClassItems()
    var isNegated = false
    if peek() == UInt8(ascii: "^") {
      index += 1
      isNegated = true
      skipEmptyClassItems()
    }
    var contents = ClassContents()
    var isFirst = true
    while true {
      let byte = try next()
      // A `]` in the first place is a member of the class.
      if byte == UInt8(ascii: "]"), !contents.isQuoting, !isFirst { break }
      isFirst = false
      try readClassItem(byte, into: &contents)
    }
    contents.endRange()
    if contents.isDoubtful { return .all }
    let set = flags.ignoresCase ? contents.set.ignoringCase : contents.set
    return isNegated ? set.inverted : set
  }

  /// What has been read of a class.
  private struct ClassContents {
    var set = ByteSet()
    var isQuoting = false
    /// Whether something was read that is not known well enough.
    var isDoubtful = false
    /// The byte that a range may begin with, and whether its hyphen has been read.
    private var lower: UInt8?
    private var hasHyphen = false

    mutating func add(_ byte: UInt8) {
      if let first = lower, hasHyphen {
        if first <= byte { set.insert(first...byte) } else { isDoubtful = true }
        lower = nil
        hasHyphen = false
      } else {
        set.insert(byte...byte)
        lower = byte
      }
    }

    mutating func add(_ other: ByteSet) {
      // `[a-\d]`: the hyphen is text, or the pattern is not valid.
      endRange()
      set.formUnion(other)
    }

    mutating func addHyphen() {
      if lower != nil, !hasHyphen { hasHyphen = true } else { add(UInt8(ascii: "-")) }
    }

    /// A hyphen that no range followed is text.
    mutating func endRange() {
      if hasHyphen { set.insert(UInt8(ascii: "-")...UInt8(ascii: "-")) }
      lower = nil
      hasHyphen = false
    }
  }

  private mutating func readClassItem(
    _ byte: UInt8, into contents: inout ClassContents
  ) throws(GaveUp) {
    if contents.isQuoting {
      if byte == UInt8(ascii: "\\"), peek() == UInt8(ascii: "E") {
        index += 1
        contents.isQuoting = false
      } else {
        contents.add(byte)
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\\"): try readClassEscape(into: &contents)
    case UInt8(ascii: "-"): contents.addHyphen()
    case UInt8(ascii: "[")
    where peek() == UInt8(ascii: ":") || peek() == UInt8(ascii: ".")
      || peek() == UInt8(ascii: "="):
      try readPOSIXClass(into: &contents)
    case UInt8(ascii: " "), 0x09:
      if flags.spacing != .ignoredInClasses { contents.add(byte) }
    default: contents.add(byte)
    }
  }

  private mutating func readClassEscape(into contents: inout ClassContents) throws(GaveUp) {
    let letter = try next()
    switch letter {
    case UInt8(ascii: "Q"): contents.isQuoting = true
    case UInt8(ascii: "E"): break
    case UInt8(ascii: "b"): contents.add(0x08)
    case UInt8(ascii: "1")...UInt8(ascii: "7"): contents.add(try readOctalByte(from: index - 1))
    default:
      switch try readCommonEscape(letter) {
      case .byte(let byte): contents.add(byte)
      case .oneOf(let set):
        contents.add(set)
        // Unicode properties: any byte, so of their inverse nothing is known either.
        if set == .all { contents.isDoubtful = true }
      case .nothing, .anything, nil: throw GaveUp()
      }
    }
  }

  /// `[:name:]`, or a bracket that is text.
  private mutating func readPOSIXClass(into contents: inout ClassContents) throws(GaveUp) {
    guard peek() == UInt8(ascii: ":") else { throw GaveUp() }
    var end = index + 1
    while end < pattern.count, pattern[end].isASCIILetter || pattern[end] == UInt8(ascii: "^") {
      end += 1
    }
    guard end + 1 < pattern.count, pattern[end] == UInt8(ascii: ":"),
      pattern[end + 1] == UInt8(ascii: "]")
    else {
      // Not of that form, so it is text; but of `[[:x` something else may be meant.
      throw GaveUp()
    }
    var name = String(decoding: pattern[(index + 1)..<end], as: UTF8.self)
    let isInverted = name.hasPrefix("^")
    if isInverted { name.removeFirst() }
    index = end + 2
    guard let set = ByteSet(posixClass: name) else { throw GaveUp() }
    // Upper and lower case are one under `(?i)`.
    let folded = flags.ignoresCase ? set.ignoringCase : set
    contents.add(isInverted ? folded.inverted : folded)
  }

  /// Skips what is nothing at the start of a class: `\E`, `\Q\E`, and white space under `(?xx)`.
  private mutating func skipEmptyClassItems() {
    while true {
      if isNext("\\E") {
        index += 2
      } else if isNext("\\Q\\E") {
        index += 4
      } else if flags.spacing == .ignoredInClasses,
        peek() == UInt8(ascii: " ") || peek() == 0x09
      {
        index += 1
      } else {
        return
      }
    }
  }
}
