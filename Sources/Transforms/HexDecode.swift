import Behaviour
import Bytes

/// HEX_DECODE: pairs of hexadecimal digits become bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for well-formed input. *Assumed*
/// (Q23): a last digit without a partner is dropped (the other reading: the input stays as it is),
/// and input with anything but digits stays (the other reading: its pairs are decoded as far as
/// they go). A third reading, that it becomes empty, is not computed.
func applyHexDecode(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard !input.isEmpty else { return .unchanged }
  let digits =
    input.firstIndex(inBlocks: { block in
      .!(block.isByte(from: 0x30, count: 10)
        .| (block | ByteBlock(repeating: 0x20)).isByte(from: 0x61, count: 6))
    }) ?? input.count
  let isFlipped = flipping.contains(.invalidEncoding)
  let isAllDigits = digits == input.count
  let isWellFormed = isAllDigits && digits % 2 == 0
  guard isWellFormed || isAllDigits != isFlipped else {
    return TransformEffect(changed: false, questions: .invalidEncoding)
  }
  let pairs = digits / 2
  unsafe output.fill(capacity: pairs) { target in
    // Sound: one byte a pair is written.
    var sink = unsafe ByteSink(at: target)
    for pair in 0..<pairs {
      sink.append(hexNibble(input[pair &* 2]) &<< 4 | hexNibble(input[pair &* 2 &+ 1]))
    }
    return sink.count
  }
  // The output is always shorter than the input.
  return TransformEffect(changed: true, hangingOn: .invalidEncoding, if: !isWellFormed)
}

/// The value of what is known to be a hexadecimal digit.
@inline(__always)
private func hexNibble(_ digit: UInt8) -> UInt8 {
  (digit & 0x0f) &+ (digit &>> 6) &* 9
}
