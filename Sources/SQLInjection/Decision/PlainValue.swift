import Bytes

/// Whether a value is so plain that no reading of it can be an attack, told from its bytes.
///
/// The rules of the decision ask for quotes, comments, parentheses, variables or words of the
/// language. A value without any of them is made of names, numbers, operators and punctuation, and
/// folding makes nothing else of these. Types and numbers that are words may be there as well, for
/// no rule asks for them. Functions may be there where no operand can come to stand behind another
/// one and nothing is a list: what asks for a function without its parenthesis has
/// `name number operator function` or `number name comma function`.
///
/// What is answered here is nothing but time: a test holds every answer against the readings.
struct PlainValue {
  private var classes = WordClasses.Classes(rawValue: 0)
  /// Whether operands may stand side by side, or in a list.
  private var mayNeighbour = false

  /// Whether no reading of the value is an attack, at whatever sensitivity.
  static func holds(_ value: Span<UInt8>, _ words: WordClasses) -> Bool {
    var plain = PlainValue()
    return plain.reads(value, words)
  }

  private mutating func reads(_ value: Span<UInt8>, _ words: WordClasses) -> Bool {
    var start = 0
    var isInWord = false
    var index = 0
    while index < value.count {
      let left = min(value.count &- index, ByteBlock.byteCount)
      let (block, next) = value.blocks(at: index, count: left)
      let traits = BlockTraits(block, next)
      if traits.tells.bits.first(left) != 0 { return false }
      if traits.neighbours.bits != 0 { mayNeighbour = true }
      // A bit for each byte; those behind a short block are in no word.
      let isWord = traits.isWord.bits.packed
      var turns = isWord ^ (isWord &<< 1 | (isInWord ? 1 : 0))
      turns &= left == ByteBlock.byteCount ? 0xFFFF : (2 &<< UInt32(truncatingIfNeeded: left)) &- 1
      while turns != 0 {
        let place = index &+ turns.trailingZeroBitCount
        turns &= turns &- 1
        if isInWord {
          if !allows(value, start, place, words) { return false }
        } else {
          start = place
        }
        isInWord.toggle()
      }
      index &+= left
    }
    if isInWord, !allows(value, start, value.count, words) { return false }
    return !classes.contains(.function) || !mayNeighbour
  }

  /// Whether the run of word bytes may be in a plain value; notes what is there.
  @inline(__always)
  private mutating func allows(
    _ value: Span<UInt8>, _ start: Int, _ end: Int, _ words: WordClasses
  ) -> Bool {
    let before = start > 0 ? value[start &- 1] : 0
    // `1.e5`, `1e-5`: a number goes on behind its point and behind the sign of its exponent.
    let isBehindNumber =
      before == UInt8(ascii: ".") || before == UInt8(ascii: "-") || before == UInt8(ascii: "+")
    if isBehindNumber || value[start].isASCIIDigit {
      noteBehindNumber(value, start, end, words)
    } else {
      note(value, start, end, words)
    }
    return classes != .telling
  }

  @inline(__always)
  private mutating func note(
    _ value: Span<UInt8>, _ start: Int, _ end: Int, _ words: WordClasses
  ) {
    if start >= end { return }
    classes.formUnion(words.classes(value.key(at: start), end &- start))
  }

  /// Notes the words that may begin behind the number that a run begins with, or goes on with.
  ///
  /// Where the number ends hangs on what stands before it (`1.0x5` is no hexadecimal number), so
  /// that a word is looked for behind every end that it may have.
  private mutating func noteBehindNumber(
    _ value: Span<UInt8>, _ start: Int, _ end: Int, _ words: WordClasses
  ) {
    var index = start
    while true {
      while index < end, value[index].isASCIIDigit { index += 1 }
      if index == end { return }
      note(value, index, end, words)
      switch value[index] | 0x20 {
      case UInt8(ascii: "e"):
        // An exponent, and behind it the suffix of a float.
        index += 1
        note(value, index, end, words)
        while index < end, value[index].isASCIIDigit { index += 1 }
        note(value, index, end, words)
        note(value, index + 1, end, words)
        return
      case UInt8(ascii: "d"), UInt8(ascii: "f"):
        note(value, index + 1, end, words)
        return
      case UInt8(ascii: "x"):
        index += 1
        while index < end, value[index].hexDigitValue != nil { index += 1 }
        note(value, index, end, words)
        return
      case UInt8(ascii: "b"):
        if value[start].isASCIIDigit { mayNeighbour = true }
        index += 1
        while index < end, value[index] | 1 == UInt8(ascii: "1") { index += 1 }
        note(value, index, end, words)
        // `0b12`: a digit that is not of the binary number begins another one.
        if index == end || !value[index].isASCIIDigit { return }
      default: return
      }
    }
  }
}

/// What the bytes of a block are to ``PlainValue``.
private struct BlockTraits {
  /// Bytes that no plain value has: quotes, parentheses, what begins a comment or a variable, `\`,
  /// `&&`, `||` and control characters; so are the zeros behind a short block.
  let tells: ByteBlockMask
  /// Bytes between or before operands that may come to stand side by side, or in a list.
  let neighbours: ByteBlockMask
  /// Letters, digits, `_` and bytes beyond ASCII but the no-break space.
  let isWord: ByteBlockMask

  /// `next` is the block that begins one byte further on.
  @inline(__always)
  init(_ block: ByteBlock, _ next: ByteBlock) {
    let isLogic = block.isByte(UInt8(ascii: "&")) .| block.isByte(UInt8(ascii: "|"))
    let isDash = block.isByte(UInt8(ascii: "-"))
    let isDoubled = (isLogic .| isDash) .& (block .== next)
    let opensComment = block.isByte(UInt8(ascii: "/")) .& next.isByte(UInt8(ascii: "*"))
    // 22 to 24 are `"#$`, 27 to 29 `'()`, 40 and 60 `@` and the back quote.
    let isMark =
      block.isByte(from: 0x22, count: 3) .| block.isByte(from: 0x27, count: 3)
      .| (block | ByteBlock(repeating: 0x20)).isByte(0x60) .| block.isByte(UInt8(ascii: "\\"))
    let isControl = block.isByte(from: 0x00, count: 0x20) .| block.isByte(0x7F)
    tells = (isDoubled .| opensComment .| isMark .| isControl)
    // 5B and 5D are brackets, 7B and 7D braces.
    let isBracket =
      (block | ByteBlock(repeating: 0x20)).isByte(UInt8(ascii: "{"))
      .| (block | ByteBlock(repeating: 0x20)).isByte(UInt8(ascii: "}"))
    let isPoint = block.isByte(UInt8(ascii: ".")) .& next.isByte(from: 0x30, count: 10)
    neighbours =
      (isPoint .| isBracket .| block.isByte(UInt8(ascii: ",")) .| block.isByte(0x20)
        .| block.isByte(0xA0))
    isWord =
      (block.isWordByte .| (block.isByte(from: 0x80, count: 0x80) .& .!block.isByte(0xA0)))
  }
}

extension UInt128 {
  /// The mask of the first bytes of a block.
  @inline(__always)
  fileprivate func first(_ count: Int) -> UInt128 {
    if count >= ByteBlock.byteCount { return self }
    return self & ((1 &<< UInt128(truncatingIfNeeded: count &* 8)) &- 1)
  }
}

extension Span<UInt8> {
  /// The block at `index`, and the one that begins one byte further on; `left` bytes are looked at.
  @inline(__always)
  fileprivate func blocks(at index: Int, count left: Int) -> (ByteBlock, ByteBlock) {
    // Sound: `index` and the bytes that are left lie in the span, which outlives the call.
    unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return (ByteBlock(), ByteBlock()) }
      let behind = min(buffer.count &- index &- 1, ByteBlock.byteCount)
      return unsafe (
        ByteBlock(at: base + index, count: left), ByteBlock(at: base + index + 1, count: behind)
      )
    }
  }

  /// Eight bytes from `index`, the first one lowest; anything stands for those behind the end.
  @inline(__always)
  fileprivate func key(at index: Int) -> UInt64 {
    // Sound: as above.
    unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      let left = buffer.count &- index
      if left >= 8 {
        return unsafe UInt64(littleEndian: (base + index).loadUnaligned(as: UInt64.self))
      }
      if buffer.count >= 8 {
        let last = unsafe UInt64(
          littleEndian: base.loadUnaligned(fromByteOffset: buffer.count &- 8, as: UInt64.self))
        return last &>> UInt64(truncatingIfNeeded: (8 &- left) &* 8)
      }
      var key: UInt64 = 0
      for offset in 0..<left {
        key |= unsafe UInt64(buffer[index &+ offset]) &<< UInt64(truncatingIfNeeded: offset &* 8)
      }
      return key
    }
  }
}
