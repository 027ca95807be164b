/// Finds what is not UTF-8.
package enum UTF8Check {
  /// The offset of the first byte that starts no well-formed UTF-8 sequence.
  package static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    var position = 0
    while position < bytes.count {
      let first = bytes[position]
      if first < 0x80 {
        position += 1
        continue
      }
      guard let length = sequenceLength(first), position + length <= bytes.count else {
        return position
      }
      // The second byte's range keeps out overlong forms, surrogates and what is past U+10FFFF.
      let second: ClosedRange<UInt8> =
        switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
      guard second.contains(bytes[position + 1]) else { return position }
      for offset in 2..<max(2, length) where bytes[position + offset] & 0xC0 != 0x80 {
        return position
      }
      position += length
    }
    return nil
  }

  private static func sequenceLength(_ first: UInt8) -> Int? {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }
}
