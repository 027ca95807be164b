import CByteMasks

/// Byte-level pieces of JSON that the scanner and the framer of records share.
package enum JSONText {
  /// The offset of the first byte from `start` that ends plain string content: a quote, a backslash
  /// or a control character; the number of bytes when there is none.
  ///
  /// Clears `isASCII` when a byte before that offset is not ASCII.
  @inline(__always)
  static func stringEnd(
    in bytes: Span<UInt8>, from start: Int, isASCII: inout Bool
  ) -> Int {
    let count = bytes.count
    var next = start
    var high: UInt64 = 0
    let found = unsafe bytes.withUnsafeBytes { (buffer) -> Int? in
      guard let base = buffer.baseAddress, next >= 0 else { return nil }
      // Sound: next + 32 <= count, then next + 8 <= count.
      while next <= count &- 32 {
        let masks = unsafe wafcast_mask_string(base + next)
        let stops = UInt32(truncatingIfNeeded: masks)
        if stops != 0 {
          let index = stops.trailingZeroBitCount
          high |= (masks &>> 32) & ((1 &<< UInt64(truncatingIfNeeded: index)) &- 1)
          return next &+ index
        }
        high |= masks &>> 32
        next &+= 32
      }
      // Eight bytes at a time: the usual test for a zero byte on the word xor the byte looked for.
      // Only bits above the first true hit can be false ones, so the lowest bit set is right.
      while next <= count &- 8 {
        let word = unsafe UInt64(
          littleEndian: base.loadUnaligned(fromByteOffset: next, as: UInt64.self))
        let quotes = word ^ 0x2222_2222_2222_2222
        let escapes = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let hits =
          ((quotes &- ones) & ~quotes) | ((escapes &- ones) & ~escapes)
          | ((word &- 0x2020_2020_2020_2020) & ~word)
        let stops = hits & highs
        if stops != 0 {
          let index = stops.trailingZeroBitCount >> 3
          high |= word & highs & ((1 << UInt64(index << 3)) &- 1)
          return next &+ index
        }
        high |= word & highs
        next &+= 8
      }
      return nil
    }
    if let found {
      if high != 0 { isASCII = false }
      return found
    }
    while next < count {
      let byte = bytes[next]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      high |= UInt64(byte) & 0x80
      next += 1
    }
    if high != 0 { isASCII = false }
    return next
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var highs: UInt64 { 0x8080_8080_8080_8080 }

  /// As ``stringEnd(in:from:isASCII:)``, for other rooms.
  package static func stringStop(
    in bytes: Span<UInt8>, from start: Int, isASCII: inout Bool
  ) -> Int {
    stringEnd(in: bytes, from: start, isASCII: &isASCII)
  }

  /// Whether the bytes at an offset are those of an ASCII text.
  package static func matches(_ text: StaticString, in bytes: Span<UInt8>, at start: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard start >= 0, bytes.count - start >= count else { return false }
    return text.withUTF8Buffer { (expected) -> Bool in
      for index in 0..<count where unsafe expected[index] != bytes[start + index] { return false }
      return true
    }
  }

  /// Whether a run of bytes is an ASCII text.
  @inlinable @inline(__always)
  package static func equals(
    _ text: StaticString, in bytes: Span<UInt8>, _ range: ByteRange
  ) -> Bool {
    Int(range.count) == text.utf8CodeUnitCount && matches(text, in: bytes, at: Int(range.start))
  }

  /// The value of four hexadecimal digits; nil where there are not four.
  static func hexUnit(in bytes: Span<UInt8>, at start: Int) -> UInt16? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for index in start..<start + 4 {
      guard let digit = bytes[index].hexDigitValue else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  /// Appends the value of a string that the scanner returned, as UTF-8, to `output`.
  ///
  /// Returns whether it is exact: false when a lone surrogate escape became U+FFFD.
  @discardableResult
  package static func unescape(
    _ string: JSONString, in bytes: Span<UInt8>, into output: inout [UInt8]
  ) -> Bool {
    var isExact = true
    var next = Int(string.range.start)
    let end = min(string.range.end, bytes.count)
    while next < end {
      let byte = bytes[next]
      guard byte == UInt8(ascii: "\\"), next + 1 < end else {
        let run = next
        next += 1
        while next < end, bytes[next] != UInt8(ascii: "\\") { next += 1 }
        output.append(contentsOf: bytes.extracting(run..<next))
        continue
      }
      let kind = bytes[next + 1]
      next += 2
      switch kind {
      case UInt8(ascii: "b"): output.append(0x08)
      case UInt8(ascii: "f"): output.append(0x0C)
      case UInt8(ascii: "n"): output.append(0x0A)
      case UInt8(ascii: "r"): output.append(0x0D)
      case UInt8(ascii: "t"): output.append(0x09)
      case UInt8(ascii: "u"):
        guard next + 4 <= end, let unit = hexUnit(in: bytes, at: next) else {
          isExact = false
          continue
        }
        next += 4
        if let scalar = UnicodeScalar(unit) {
          output.append(contentsOf: UTF8.encode(scalar) ?? replacement)
        } else if let low = lowSurrogate(in: bytes, at: next, end: end), unit < 0xDC00 {
          next += 6
          let value = 0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(low - 0xDC00)
          let scalar = UnicodeScalar(value) ?? "\u{FFFD}"
          output.append(contentsOf: UTF8.encode(scalar) ?? replacement)
        } else {
          isExact = false
          output.append(contentsOf: replacement)
        }
      default: output.append(kind)
      }
    }
    return isExact
  }

  private static var replacement: UTF8.EncodedScalar { UTF8.encodedReplacementCharacter }

  /// The low surrogate that an escape at `start` stands for; nil where there is none.
  private static func lowSurrogate(in bytes: Span<UInt8>, at start: Int, end: Int) -> UInt16? {
    guard start + 6 <= end, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u"), let unit = hexUnit(in: bytes, at: start + 2),
      (0xDC00...0xDFFF).contains(unit)
    else { return nil }
    return unit
  }
}
