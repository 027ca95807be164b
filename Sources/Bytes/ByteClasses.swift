// What single bytes are, in ASCII. Bytes from 0x80 belong to no class: AWS WAF compares bytes, not
// characters. Inlinable, because these sit inside the loops of other rooms.

extension UInt8 {
  /// Whether the byte is a decimal digit.
  @inlinable package var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// Whether the byte is an ASCII letter.
  @inlinable package var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// Whether the byte is an upper-case ASCII letter.
  @inlinable package var isASCIIUppercase: Bool { self &- 0x41 < 26 }

  /// Whether the byte is a letter or a digit.
  @inlinable package var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

  /// Whether the byte is a word byte of CONTAINS_WORD and `\w`: a letter, a digit or `_`.
  @inlinable package var isWordByte: Bool { isASCIIAlphanumeric || self == 0x5f }

  /// Whether the byte is a space, tab, line feed, vertical tab, form feed or carriage return.
  @inlinable package var isASCIIWhitespace: Bool { self == 0x20 || self &- 0x09 < 5 }

  /// The lower-case letter of an upper-case ASCII letter; any other byte is itself.
  @inlinable package var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }

  /// The value of a hexadecimal digit in either case, otherwise nil.
  @inlinable package var hexDigitValue: UInt8? {
    if isASCIIDigit { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
}
