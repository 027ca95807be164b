import Bytes

/// What a backslash and what follows it mean.
enum Escape {
  case byte(UInt8)
  case oneOf(ByteSet)
  /// It matches a place.
  case nothing
  case anything
}

extension LiteralReader {
  /// Reads the rest of an escape outside a class; the backslash has been read.
  mutating func readEscape() throws(GaveUp) -> LiteralSummary {
    switch try readEscapeMeaning() {
    case .byte(let byte): summary(of: byte)
    case .oneOf(let set): summary(of: set)
    case .nothing: .nothing
    case .anything: .anything
    }
  }

  private mutating func readEscapeMeaning() throws(GaveUp) -> Escape {
    let letter = try next()
    if let meaning = try readCommonEscape(letter) { return meaning }
    switch letter {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "Z"),
      UInt8(ascii: "z"), UInt8(ascii: "G"), UInt8(ascii: "K"):
      return .nothing
    case UInt8(ascii: "N"):
      // `\N{3}` is repeated; `\N{U+41}` needs UTF.
      if peek() == UInt8(ascii: "{"), peek(1)?.isASCIIDigit != true { throw GaveUp() }
      return .anything
    case UInt8(ascii: "C"), UInt8(ascii: "R"), UInt8(ascii: "X"): return .anything
    case UInt8(ascii: "k"): return try readReference(isNumberAllowed: false)
    case UInt8(ascii: "g"): return try readReference(isNumberAllowed: true)
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      // A backreference or a byte in octal notation, which depends on the groups before it. Up to
      // three digits both have the same extent.
      let start = index - 1
      while peek()?.isASCIIDigit == true { index += 1 }
      let digits = pattern[start..<index]
      if digits.count > 3 { throw GaveUp() }
      let isBackreference = digits.count == 1 || letter >= UInt8(ascii: "8")
      if !isBackreference, digits.contains(where: { $0 >= UInt8(ascii: "8") }) { throw GaveUp() }
      return .anything
    default: throw GaveUp()
    }
  }

  /// Reads the rest of an escape that means the same inside a class and outside; nil for others.
  mutating func readCommonEscape(_ letter: UInt8) throws(GaveUp) -> Escape? {
    switch letter {
    case UInt8(ascii: "a"): return .byte(0x07)
    case UInt8(ascii: "e"): return .byte(0x1b)
    case UInt8(ascii: "f"): return .byte(0x0c)
    case UInt8(ascii: "n"): return .byte(0x0a)
    case UInt8(ascii: "r"): return .byte(0x0d)
    case UInt8(ascii: "t"): return .byte(0x09)
    case UInt8(ascii: "x"): return .byte(try readHexByte())
    case UInt8(ascii: "o"): return .byte(try readBracedByte(radix: 8))
    case UInt8(ascii: "0"): return .byte(try readOctalByte(from: index - 1))
    case UInt8(ascii: "c"):
      let control = try next()
      guard 0x20..<0x7f ~= control else { throw GaveUp() }
      let upper =
        control.asciiLowercased == control && control.isASCIILetter
        ? control & 0xdf : control
      return .byte(upper ^ 0x40)
    case UInt8(ascii: "d"): return .oneOf(.digits)
    case UInt8(ascii: "D"): return .oneOf(.digits.inverted)
    case UInt8(ascii: "w"): return .oneOf(.wordBytes)
    case UInt8(ascii: "W"): return .oneOf(.wordBytes.inverted)
    case UInt8(ascii: "s"): return .oneOf(.whiteSpace)
    case UInt8(ascii: "S"): return .oneOf(.whiteSpace.inverted)
    case UInt8(ascii: "h"): return .oneOf(.horizontalSpace)
    case UInt8(ascii: "H"): return .oneOf(.horizontalSpace.inverted)
    case UInt8(ascii: "v"): return .oneOf(.verticalSpace)
    case UInt8(ascii: "V"): return .oneOf(.verticalSpace.inverted)
    case UInt8(ascii: "p"), UInt8(ascii: "P"):
      if try next() == UInt8(ascii: "{") { try skip(past: UInt8(ascii: "}")) }
      return .oneOf(.all)
    // Letters without a meaning stand for themselves; see `CompiledPattern.hasLiteralEscape`.
    case _ where "iIjJmMOqTyY".utf8.contains(letter): return .byte(letter)
    default: return letter.isASCIIAlphanumeric ? nil : .byte(letter)
    }
  }

  // MARK: Numbers

  /// `\xhh` with up to two digits, or `\x{hh}`.
  private mutating func readHexByte() throws(GaveUp) -> UInt8 {
    if peek() == UInt8(ascii: "{") { return try readBracedByte(radix: 16) }
    var value: UInt8 = 0
    for _ in 0..<2 {
      guard let digit = peek()?.hexDigitValue else { break }
      value = value << 4 | digit
      index += 1
    }
    return value
  }

  private mutating func readBracedByte(radix: Int) throws(GaveUp) -> UInt8 {
    guard try next() == UInt8(ascii: "{") else { throw GaveUp() }
    let start = index
    try skip(past: UInt8(ascii: "}"))
    let digits = pattern[start..<(index - 1)]
    guard digits.allSatisfy({ $0.hexDigitValue != nil }),
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: radix)
    else { throw GaveUp() }
    return value
  }

  /// Up to three octal digits that begin at `start`.
  mutating func readOctalByte(from start: Int) throws(GaveUp) -> UInt8 {
    index = start
    var value = 0
    while index < start + 3, let digit = peek(), 0x30..<0x38 ~= digit {
      value = value << 3 | Int(digit - 0x30)
      index += 1
    }
    guard let byte = UInt8(exactly: value) else { throw GaveUp() }
    return byte
  }

  /// `\k<name>`, `\g{2}`, `\g-1`, `\g<name>` and their like.
  private mutating func readReference(isNumberAllowed: Bool) throws(GaveUp) -> Escape {
    switch try next() {
    case UInt8(ascii: "{"): try skip(past: UInt8(ascii: "}"))
    case UInt8(ascii: "<"): try skip(past: UInt8(ascii: ">"))
    case UInt8(ascii: "'"): try skip(past: UInt8(ascii: "'"))
    case let byte
    where isNumberAllowed
      && (byte.isASCIIDigit
        || ((byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
          && peek()?.isASCIIDigit == true)):
      while peek()?.isASCIIDigit == true { index += 1 }
    default: throw GaveUp()
    }
    return .anything
  }
}
