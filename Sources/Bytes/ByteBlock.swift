// Sixteen bytes at a time: comparing a block costs a handful of vector instructions, on any 64-bit
// machine, and most values of requests are a few blocks long.

/// Sixteen bytes of a value that are looked at together.
@usableFromInline package typealias ByteBlock = SIMD16<UInt8>

/// Which bytes of a block have a property.
@usableFromInline package typealias ByteBlockMask = SIMDMask<SIMD16<Int8>>

extension SIMD16<UInt8> {
  /// How many bytes a block has.
  @inlinable package static var byteCount: Int { 16 }

  /// The block at `bytes`, which has 16 bytes or more from there.
  @inlinable @inline(__always)
  package init(at bytes: UnsafeRawPointer) {
    // Sound where the caller keeps the contract: 16 bytes are readable; any alignment is fine.
    self = unsafe bytes.loadUnaligned(as: Self.self)
  }

  /// The first `count` bytes at `bytes`, at most 16, and zeros behind them; nothing is read beyond.
  @inlinable @inline(__always)
  package init(at bytes: UnsafeRawPointer, count: Int) {
    if count >= 16 {
      unsafe self.init(at: bytes)
    } else {
      unsafe self.init(shortAt: bytes, count: count)
    }
  }

  /// As ``init(at:count:)`` for less than 16 bytes.
  @inlinable @inline(__always)
  package init(shortAt bytes: UnsafeRawPointer, count: Int) {
    // Sound where the caller keeps the contract: every load lies in the first `count` bytes. Two
    // loads that overlap read what no power of two covers.
    var low: UInt64 = 0
    var high: UInt64 = 0
    if count >= 8 {
      low = unsafe bytes.loadUnaligned(as: UInt64.self).littleEndian
      // Shifted in two steps: a shift by 64 would be one by 0.
      high = unsafe bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self).littleEndian
      high = (high &>> UInt64(truncatingIfNeeded: (15 &- count) &* 8)) &>> 8
    } else if count >= 4 {
      let first = unsafe bytes.loadUnaligned(as: UInt32.self).littleEndian
      let last = unsafe bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      low =
        UInt64(first) | UInt64(last.littleEndian) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
    } else if count > 0 {
      let middle = count &>> 1
      low =
        unsafe UInt64(bytes.load(as: UInt8.self))
        | UInt64(bytes.load(fromByteOffset: middle, as: UInt8.self))
        &<< UInt64(truncatingIfNeeded: middle &* 8)
        | UInt64(bytes.load(fromByteOffset: count &- 1, as: UInt8.self))
        &<< UInt64(truncatingIfNeeded: (count &- 1) &* 8)
    }
    self = unsafe unsafeBitCast(
      SIMD2(low.littleEndian, high.littleEndian), to: SIMD16<UInt8>.self)
  }

  /// Whether all bytes are those of `other`; `==` of vectors compares one after the other.
  @inlinable @inline(__always)
  package func hasBytes(of other: SIMD16<UInt8>) -> Bool {
    // Sound: both types have 16 bytes.
    unsafe unsafeBitCast(self ^ other, to: UInt128.self) == 0
  }

  /// Which bytes are `byte`.
  @inlinable @inline(__always)
  package func isByte(_ byte: UInt8) -> ByteBlockMask { self .== SIMD16(repeating: byte) }

  /// Which bytes are in the run of `count` values from `first`.
  @inlinable @inline(__always)
  package func isByte(from first: UInt8, count: UInt8) -> ByteBlockMask {
    (self &- SIMD16(repeating: first)) .< SIMD16(repeating: count)
  }

  /// Which bytes are upper-case ASCII letters.
  @inlinable @inline(__always)
  package var isASCIIUppercase: ByteBlockMask { isByte(from: 0x41, count: 26) }

  /// Which bytes are lower-case ASCII letters.
  @inlinable @inline(__always)
  package var isASCIILowercase: ByteBlockMask { isByte(from: 0x61, count: 26) }

  /// Which bytes are a space, tab, line feed, vertical tab, form feed or carriage return.
  @inlinable @inline(__always)
  package var isASCIIWhitespace: ByteBlockMask {
    isByte(0x20) .| isByte(from: 0x09, count: 5)
  }

  /// Which bytes are letters, digits or `_`.
  @inlinable @inline(__always)
  package var isWordByte: ByteBlockMask {
    (self | SIMD16(repeating: 0x20)).isASCIILowercase .| isByte(from: 0x30, count: 10)
      .| isByte(0x5f)
  }

  /// The block with upper-case ASCII letters made lower-case.
  @inlinable @inline(__always)
  package var asciiLowercased: SIMD16<UInt8> {
    self | (isASCIIUppercase.ones & SIMD16(repeating: 0x20))
  }

  /// The block with lower-case ASCII letters made upper-case.
  @inlinable @inline(__always)
  package var asciiUppercased: SIMD16<UInt8> {
    self ^ (isASCIILowercase.ones & SIMD16(repeating: 0x20))
  }
}

extension SIMDMask where Storage == SIMD16<Int8> {
  /// All bits of the bytes that have the property, as a block.
  @inlinable @inline(__always)
  package var ones: SIMD16<UInt8> {
    // Sound: a mask is 16 bytes, each 0 or -1, as the standard library documents.
    unsafe unsafeBitCast(self, to: SIMD16<UInt8>.self)
  }

  /// All bits of the bytes that have the property, the first byte lowest.
  @inlinable @inline(__always)
  package var bits: UInt128 {
    // Sound: as above; both types have 16 bytes.
    unsafe unsafeBitCast(self, to: UInt128.self).littleEndian
  }
}

extension UInt128 {
  /// One bit for each of the bytes, which are all ones or all zeros; the first byte lowest.
  @inlinable @inline(__always)
  package var packed: UInt32 {
    // Each byte keeps the bit of its place; the product adds the eight of them up in the top byte.
    let places: UInt64 = 0x8040_2010_0804_0201
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = ((UInt64(truncatingIfNeeded: self) & places) &* ones) &>> 56
    let high = ((UInt64(truncatingIfNeeded: self &>> 64) & places) &* ones) &>> 56
    return UInt32(truncatingIfNeeded: low | high &<< 8)
  }

  /// The position in the block of the first byte that the mask of these bits has; 16 without one.
  @inlinable @inline(__always)
  package var firstByteOfBlock: Int { trailingZeroBitCount &>> 3 }

  /// The mask without its first byte.
  @inlinable @inline(__always)
  package var droppingFirstByteOfBlock: UInt128 {
    self == 0 ? 0 : self & ~(0xff &<< UInt128(truncatingIfNeeded: firstByteOfBlock &* 8))
  }
}

extension Span<UInt8> {
  /// The position of the first byte at or after `start` that `test` has in a mask of its block, or
  /// nil where there is none.
  ///
  /// `test` may look at nothing but the bytes of the block, each for itself: blocks overlap at the
  /// end, and zeros stand behind a value that is shorter than a block.
  @inlinable @inline(__always)
  package func firstIndex(
    from start: Int = 0, inBlocks test: (ByteBlock) -> ByteBlockMask
  ) -> Int? {
    guard start >= 0, start < count else { return nil }
    // Sound: all loads lie in the span, which outlives the call.
    return unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let count = buffer.count
      var index = start
      while index &+ 16 <= count {
        let found = unsafe test(ByteBlock(at: base + index)).bits
        if found != 0 { return index &+ found.firstByteOfBlock }
        index &+= 16
      }
      guard index < count else { return nil }
      if count &- start >= 16 {
        let last = count &- 16
        let found = unsafe test(ByteBlock(at: base + last)).bits
        return found == 0 ? nil : last &+ found.firstByteOfBlock
      }
      let found = unsafe test(ByteBlock(shortAt: base + index, count: count &- index)).bits
      let first = index &+ found.firstByteOfBlock
      return first < count ? first : nil
    }
  }

  /// The position of the first pair of neighbours at or after `start` that `test` has in a mask, or
  /// nil where there is none.
  ///
  /// `test` gets two blocks, the second one byte further on; what holds for
  /// ``firstIndex(from:inBlocks:)`` holds for each pair. The last byte begins no pair.
  @inlinable @inline(__always)
  package func firstPair(
    from start: Int = 0, inBlocks test: (ByteBlock, ByteBlock) -> ByteBlockMask
  ) -> Int? {
    guard start >= 0, start < count - 1 else { return nil }
    // Sound: all loads lie in the span, which outlives the call.
    return unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      // Where pairs can begin.
      let count = buffer.count &- 1
      var index = start
      while index &+ 16 <= count {
        let found = unsafe test(ByteBlock(at: base + index), ByteBlock(at: base + index + 1)).bits
        if found != 0 { return index &+ found.firstByteOfBlock }
        index &+= 16
      }
      guard index < count else { return nil }
      if count &- start >= 16 {
        let last = count &- 16
        let found = unsafe test(ByteBlock(at: base + last), ByteBlock(at: base + last + 1)).bits
        return found == 0 ? nil : last &+ found.firstByteOfBlock
      }
      let left = count &- index
      let found = unsafe test(
        ByteBlock(shortAt: base + index, count: left),
        ByteBlock(shortAt: base + index + 1, count: left)
      ).bits
      let first = index &+ found.firstByteOfBlock
      return first < count ? first : nil
    }
  }
}
