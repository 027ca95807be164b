import Bytes

// What the decoders of escape sequences share.

var backslash: UInt8 { UInt8(ascii: "\\") }

/// The byte that the two hexadecimal digits at `index` spell, nil where there are none.
func hexPair(in input: Span<UInt8>, at index: Int) -> UInt8? {
  guard index + 1 < input.count, let high = input[index].hexDigitValue,
    let low = input[index + 1].hexDigitValue
  else { return nil }
  return high << 4 | low
}

/// The byte that the four hexadecimal digits at `index` become, nil where there are none.
///
/// In the range of full-width ASCII (FF01 to FF5E) it is the ASCII character, else the low byte.
func unicodeByte(in input: Span<UInt8>, at index: Int) -> UInt8? {
  guard let high = hexPair(in: input, at: index), let low = hexPair(in: input, at: index + 2)
  else { return nil }
  return high == 0xff ? fullWidthASCII(low) : low
}

/// The ASCII character of the full-width character FFxx; the byte itself where there is none.
func fullWidthASCII(_ low: UInt8) -> UInt8 {
  (0x01...0x5e).contains(low) ? low + 0x20 : low
}

/// The control byte of the ANSI C escape of a letter (`n` for a line feed), otherwise nil.
func controlByte(escapedAs letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "a"): 0x07
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "t"): 0x09
  case UInt8(ascii: "n"): 0x0a
  case UInt8(ascii: "v"): 0x0b
  case UInt8(ascii: "f"): 0x0c
  case UInt8(ascii: "r"): 0x0d
  default: nil
  }
}

/// The octal digits from a place on, three at most.
struct OctalDigits {
  var value = 0
  var count = 0

  init(in input: Span<UInt8>, at start: Int) {
    while count < 3, start + count < input.count {
      let digit = input[start + count] &- UInt8(ascii: "0")
      guard digit < 8 else { return }
      value = value * 8 + Int(digit)
      count += 1
    }
  }

  /// The low eight bits of the value.
  var byte: UInt8 { UInt8(truncatingIfNeeded: value) }
}
