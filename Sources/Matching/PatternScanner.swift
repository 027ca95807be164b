import Bytes

/// Walks through a pattern in PCRE2 syntax and collects what AWS WAF does not support.
///
/// It knows just enough of the syntax never to mistake text for a construct: what escapes, classes,
/// quotations and comments span, and where white space counts. It does not judge whether a pattern
/// is valid; compiling does.
struct PatternScanner {
  private let pattern: [UInt8]
  private(set) var findings: [PatternFinding] = []
  private(set) var hasLookaround = false

  private var index = 0
  private var groups = 0
  /// The mode at this place, and the modes to return to where the open groups end.
  private var spacing = Spacing.literal
  private var outerSpacing: [Spacing] = []

  /// What white space means: `(?x)` and `(?xx)` change it up to the end of their group.
  private enum Spacing {
    case literal
    case ignored
    case ignoredInClasses
  }

  init(_ pattern: [UInt8]) {
    self.pattern = pattern
  }

  mutating func scan() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\\"): scanEscape()
      case UInt8(ascii: "["): skipClass()
      case UInt8(ascii: "("): scanParenthesis()
      case UInt8(ascii: ")"):
        spacing = outerSpacing.popLast() ?? spacing
        index += 1
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
        index += 1
        scanQuantifierSuffix(from: index - 1)
      case UInt8(ascii: "{"):
        if let end = endOfRepeatCount() {
          index = end
          scanQuantifierSuffix(from: end - 1)
        } else {
          index += 1
        }
      case UInt8(ascii: "#") where spacing != .literal:
        skip(past: UInt8(ascii: "\n"))
      default:
        index += 1
      }
    }
  }

  // MARK: Reading

  private func peek(_ distance: Int = 0) -> UInt8? {
    index + distance < pattern.count ? pattern[index + distance] : nil
  }

  private func isNext(_ text: String) -> Bool {
    pattern[min(index, pattern.count)...].starts(with: text.utf8)
  }

  /// Moves behind the next `byte`, or to the end where there is none.
  private mutating func skip(past byte: UInt8) {
    index = pattern[index...].firstIndex(of: byte).map { $0 + 1 } ?? pattern.count
  }

  private mutating func flag(_ construct: FlaggedConstruct, from start: Int, length: Int) {
    let end = min(start + length, pattern.count)
    findings.append(
      PatternFinding(
        construct: String(decoding: pattern[start..<end], as: UTF8.self), offset: start,
        isRefused: construct.isRefused, message: construct.message))
    if construct.isLookaround { hasLookaround = true }
  }

  // MARK: Escapes

  private mutating func scanEscape() {
    let start = index
    guard let letter = peek(1) else {
      index += 1
      return
    }
    index += 2
    switch letter {
    case UInt8(ascii: "Q"): skipQuotation()
    case UInt8(ascii: "c"): index += 1
    case UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "p"), UInt8(ascii: "P"):
      skipBraces()
    case UInt8(ascii: "N"):
      flag(.notNewline, from: start, length: 2)
      // `\N{3}` is repeated; `\N{U+41}` is one character.
      if endOfRepeatCount() == nil { skipBraces() }
    case UInt8(ascii: "G"): flag(.startOfMatch, from: start, length: 2)
    case UInt8(ascii: "X"): flag(.extendedSequence, from: start, length: 2)
    case UInt8(ascii: "C"): flag(.singleByte, from: start, length: 2)
    case UInt8(ascii: "R"): flag(.newlineSequence, from: start, length: 2)
    case UInt8(ascii: "K"): flag(.matchReset, from: start, length: 2)
    case UInt8(ascii: "k"):
      flag(.backreference, from: start, length: 2)
      skipBraces()
    case UInt8(ascii: "g"):
      let isSubroutine = peek() == UInt8(ascii: "<") || peek() == UInt8(ascii: "'")
      flag(isSubroutine ? .subroutine : .backreference, from: start, length: 2)
      skipBraces()
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      scanNumber(from: start)
    default:
      if Self.hasNoMeaning(letter) { flag(.literalEscape, from: start, length: 2) }
    }
  }

  /// Whether a letter behind a backslash means nothing: PCRE 8 and Hyperscan take the letter itself.
  private static func hasNoMeaning(_ letter: UInt8) -> Bool {
    "iIjJmMOqTyY".utf8.contains(letter)
  }

  /// Skips `{...}` that belongs to an escape, so that `\x{41}+` is no possessive quantifier.
  private mutating func skipBraces() {
    if peek() == UInt8(ascii: "{") { skip(past: UInt8(ascii: "}")) }
  }

  private mutating func skipQuotation() {
    while index < pattern.count, !isNext("\\E") { index += 1 }
    index = min(index + 2, pattern.count)
  }

  /// A backslash and a number is a backreference where it is below 10, begins with 8 or 9 or has
  /// that many groups before it; otherwise it is a character in octal notation.
  private mutating func scanNumber(from start: Int) {
    index = start + 1
    let first = pattern[index]
    var number = 0
    while let digit = peek(), digit.isASCIIDigit {
      // Clamped: a pattern has fewer groups than this.
      number = min(number * 10 + Int(digit - UInt8(ascii: "0")), 1_000_000)
      index += 1
    }
    if number < 10 || first >= UInt8(ascii: "8") || number <= groups {
      flag(.backreference, from: start, length: index - start)
    }
  }

  // MARK: Classes

  private mutating func skipClass() {
    index += 1
    skipEmptyClassItems()
    if peek() == UInt8(ascii: "^") {
      index += 1
      skipEmptyClassItems()
    }
    // A `]` in the first place is a member of the class.
    if peek() == UInt8(ascii: "]") { index += 1 }
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "]"):
        index += 1
        return
      case UInt8(ascii: "\\"):
        let letter = peek(1)
        if let letter, Self.hasNoMeaning(letter) {
          flag(.literalEscape, from: index, length: 2)
        }
        index += letter == UInt8(ascii: "c") ? 3 : 2
        if letter == UInt8(ascii: "Q") { skipQuotation() }
      case UInt8(ascii: "["):
        index = endOfPOSIXClass() ?? index + 1
      default:
        index += 1
      }
    }
  }

  /// Skips what is nothing at the start of a class: `\E`, `\Q\E`, and white space under `(?xx)`.
  private mutating func skipEmptyClassItems() {
    while true {
      if isNext("\\E") {
        index += 2
      } else if isNext("\\Q\\E") {
        index += 4
      } else if spacing == .ignoredInClasses,
        peek() == UInt8(ascii: " ") || peek() == UInt8(ascii: "\t")
      {
        index += 1
      } else {
        return
      }
    }
  }

  /// The position behind `[:name:]`, `[.name.]` or `[=name=]` that begins here, if one does.
  private func endOfPOSIXClass() -> Int? {
    guard let mark = peek(1),
      mark == UInt8(ascii: ":") || mark == UInt8(ascii: ".") || mark == UInt8(ascii: "=")
    else { return nil }
    var end = index + 2
    while end + 1 < pattern.count {
      let (byte, next) = (pattern[end], pattern[end + 1])
      if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "]") || next == UInt8(ascii: "\\") {
        end += 1
      } else if byte == UInt8(ascii: "]") || (byte == UInt8(ascii: "[") && next == mark) {
        return nil
      } else if byte == mark, next == UInt8(ascii: "]") {
        return end + 2
      }
      end += 1
    }
    return nil
  }

  // MARK: Quantifiers

  /// The position behind `{n}`, `{n,}` or `{n,m}` that begins here; any other brace is text.
  private func endOfRepeatCount() -> Int? {
    guard peek() == UInt8(ascii: "{") else { return nil }
    var end = index + 1
    func skipDigits() -> Bool {
      let start = end
      while end < pattern.count, pattern[end].isASCIIDigit { end += 1 }
      return end > start
    }
    guard skipDigits() else { return nil }
    if end < pattern.count, pattern[end] == UInt8(ascii: ",") {
      end += 1
      _ = skipDigits()
    }
    return end < pattern.count && pattern[end] == UInt8(ascii: "}") ? end + 1 : nil
  }

  /// Flags the `+` that makes the quantifier that ends before here possessive.
  ///
  /// PCRE2 takes the `+` also behind what is nothing: comments, empty quotations and, under
  /// `(?x)`, white space.
  private mutating func scanQuantifierSuffix(from start: Int) {
    skipNothing()
    if peek() == UInt8(ascii: "+") {
      index += 1
      flag(.possessiveQuantifier, from: start, length: index - start)
    } else if peek() == UInt8(ascii: "?") {
      index += 1
    }
  }

  private mutating func skipNothing() {
    while let byte = peek() {
      if isNext("\\E") {
        index += 2
      } else if isNext("\\Q\\E") {
        index += 4
      } else if isNext("(?#") {
        skip(past: UInt8(ascii: ")"))
      } else if spacing != .literal, byte == UInt8(ascii: "#") {
        skip(past: UInt8(ascii: "\n"))
      } else if spacing != .literal, byte.isASCIIWhitespace {
        index += 1
      } else {
        return
      }
    }
  }
}

// MARK: Parentheses

extension PatternScanner {
  private mutating func scanParenthesis() {
    let start = index
    if isNext("(?") {
      scanSpecialGroup()
    } else if isNext("(*"), let letter = peek(2),
      letter.isASCIILetter || letter == UInt8(ascii: ":")
    {
      flag(.verb, from: start, length: 2)
      index += 2
      while let byte = peek(), byte.isWordByte { index += 1 }
      // `(*pla:` and its like open a group; a verb runs to its closing parenthesis.
      let opensGroup = peek() == UInt8(ascii: ":") && pattern[start + 2] >= UInt8(ascii: "a")
      if opensGroup { openGroup(length: 1) } else { skip(past: UInt8(ascii: ")")) }
    } else {
      groups += 1
      openGroup(length: 1)
    }
  }

  private mutating func openGroup(length: Int) {
    outerSpacing.append(spacing)
    index = min(index + length, pattern.count)
  }

  private mutating func openFlagged(_ construct: FlaggedConstruct, length: Int) {
    flag(construct, from: index, length: length)
    openGroup(length: length)
  }

  /// Flags a construct that is over at its closing parenthesis.
  private mutating func skipFlagged(_ construct: FlaggedConstruct, length: Int) {
    flag(construct, from: index, length: length)
    skip(past: UInt8(ascii: ")"))
  }

  /// A parenthesis followed by `?`.
  private mutating func scanSpecialGroup() {
    switch peek(2) {
    case UInt8(ascii: "#"): skip(past: UInt8(ascii: ")"))
    case UInt8(ascii: ":"): openGroup(length: 3)
    case UInt8(ascii: "|"): openFlagged(.branchReset, length: 3)
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"): openFlagged(.lookahead, length: 3)
    case UInt8(ascii: ">"): openFlagged(.atomicGroup, length: 3)
    case UInt8(ascii: "<"):
      switch peek(3) {
      case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"):
        openFlagged(.lookbehind, length: 4)
      default:
        groups += 1
        openGroup(length: 3)
      }
    case UInt8(ascii: "'"):
      groups += 1
      openGroup(length: 3)
    case UInt8(ascii: "P"):
      switch peek(3) {
      case UInt8(ascii: "="): skipFlagged(.backreference, length: 4)
      case UInt8(ascii: ">"): skipFlagged(.subroutine, length: 4)
      default:
        groups += 1
        openGroup(length: 3)
      }
    case UInt8(ascii: "&"): skipFlagged(.subroutine, length: 3)
    case UInt8(ascii: "R"), UInt8(ascii: "0"): skipFlagged(.recursion, length: 3)
    case let digit? where digit.isASCIIDigit: skipFlagged(.subroutine, length: 3)
    case UInt8(ascii: "+"): skipFlagged(.subroutine, length: 3)
    case UInt8(ascii: "-") where peek(3)?.isASCIIDigit == true:
      skipFlagged(.subroutine, length: 4)
    case UInt8(ascii: "("):
      // The condition is the group that begins at the second parenthesis.
      openFlagged(.conditional, length: 2)
    case UInt8(ascii: "C"): skipCallout()
    case UInt8(ascii: "{"): openFlagged(.embeddedCode, length: 3)
    case UInt8(ascii: "?"), UInt8(ascii: "p"): openFlagged(.embeddedCode, length: 4)
    default: scanOptions()
    }
  }

  /// `(?C)`, `(?C1)` or `(?C'text')`; the text may hold parentheses, its delimiter twice is one.
  private mutating func skipCallout() {
    flag(.callout, from: index, length: 3)
    index += 3
    if let opening = peek(), !opening.isASCIIDigit, opening != UInt8(ascii: ")") {
      let closing = opening == UInt8(ascii: "{") ? UInt8(ascii: "}") : opening
      index += 1
      skip(past: closing)
      while peek() == closing {
        index += 1
        skip(past: closing)
      }
    }
    skip(past: UInt8(ascii: ")"))
  }

  /// `(?i)`, `(?x-i)`, `(?^s)`, and the same with a colon, which opens a group.
  private mutating func scanOptions() {
    let start = index
    index += 2
    var options = spacing
    var isSetting = true
    var isDoubtful = false
    defer { if isDoubtful { flag(.option, from: start, length: index - start) } }
    while let letter = peek() {
      index += 1
      switch letter {
      case UInt8(ascii: "^"):
        options = .literal
        isDoubtful = true
      case UInt8(ascii: "J"), UInt8(ascii: "U"), UInt8(ascii: "n"): isDoubtful = true
      case UInt8(ascii: "-"): isSetting = false
      case UInt8(ascii: "x"):
        let isDouble = peek() == UInt8(ascii: "x")
        if isDouble { index += 1 }
        options = isSetting ? (isDouble ? .ignoredInClasses : .ignored) : .literal
      case UInt8(ascii: ":"):
        openGroup(length: 0)
        spacing = options
        return
      case UInt8(ascii: ")"):
        spacing = options
        return
      default: break
      }
    }
  }
}
