import Behaviour
import Bytes

/// BASE64_DECODE: decodes up to the first `=` or other byte outside the standard alphabet.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for well-formed input. *Assumed*
/// (Q23): malformed input is decoded as far as it goes. The other reading: input that is not
/// well-formed (foreign bytes, padding that is missing, too long or followed by something) stays
/// as it is. A third reading, that it becomes empty, is not computed.
func applyBase64Decode(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard !input.isEmpty else { return .unchanged }
  let digits = input.firstIndex(inBlocks: { .!Base64Block($0).isDigit }) ?? input.count
  let isWellFormed = isPaddingComplete(input, digits: digits)
  if !isWellFormed, flipping.contains(.invalidEncoding) {
    return TransformEffect(changed: false, questions: .invalidEncoding)
  }
  unsafe output.fill(capacity: digits + ByteBlock.byteCount) { target in
    // Sound: there is room for every digit and for a block more.
    let digits = unsafe collectBase64Digits(of: input.extracting(first: digits), at: target)
    return unsafe decodeBase64(at: target, digits: digits)
  }
  // Four characters give at most three bytes: the output is always shorter than the input.
  return TransformEffect(changed: true, hangingOn: .invalidEncoding, if: !isWellFormed)
}

/// Whether exactly the padding that `digits` characters need follows them, and nothing else.
private func isPaddingComplete(_ input: Span<UInt8>, digits: Int) -> Bool {
  let padding = digits % 4 == 0 ? 0 : 4 - digits % 4
  guard padding < 3, input.count - digits == padding else { return false }
  for index in digits..<input.count where input[index] != UInt8(ascii: "=") { return false }
  return true
}
