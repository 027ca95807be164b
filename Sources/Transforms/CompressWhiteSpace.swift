import Bytes

/// COMPRESS_WHITE_SPACE: every run of white space becomes one space.
///
/// White space is space, tab, line feed, vertical tab, form feed, carriage return and byte 160. The
/// ends are not trimmed.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That "ASCII 160" is the byte A0,
/// also behind the lead byte C2 of a UTF-8 no-break space, is *assumed*.
func applyCompressWhiteSpace(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard mayChange(input) else { return .unchanged }
  let changed = rewriting(input, into: &output, at: isCompressible) { input, index in
    var end = index + 1
    while end < input.count, isCompressible(input[end]) { end += 1 }
    let isOneSpace = end == index + 1 && input[index] == space
    return isOneSpace ? nil : Rewrite(byte: space, length: end - index)
  }
  return TransformEffect(changed: changed)
}

private let space = UInt8(ascii: " ")

private func isCompressible(_ byte: UInt8) -> Bool {
  byte.isASCIIWhitespace || byte == 0xa0
}

@inline(__always)
private func isCompressible(_ block: ByteBlock) -> ByteBlockMask {
  block.isByte(space) .| isOtherThanSpace(block)
}

/// Which bytes are white space other than a space.
@inline(__always)
private func isOtherThanSpace(_ block: ByteBlock) -> ByteBlockMask {
  block.isByte(from: 0x09, count: 5) .| block.isByte(0xa0)
}

/// Whether there is white space other than a space, or a space behind a space: most values have
/// single spaces, which would all be looked at.
private func mayChange(_ input: Span<UInt8>) -> Bool {
  let last = input.count - 1
  guard last >= 0 else { return false }
  let pair = input.firstPair { first, second in
    isOtherThanSpace(first) .| (first.isByte(space) .& second.isByte(space))
  }
  return pair != nil || isCompressible(input[last]) && input[last] != space
}
