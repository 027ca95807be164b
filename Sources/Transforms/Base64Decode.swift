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
  var digits = 0
  while digits < input.count, Base64.sextet(of: input[digits]) != nil { digits += 1 }
  let isWellFormed = isPaddingComplete(input, digits: digits)
  let questions: OpenQuestions = isWellFormed ? [] : .invalidEncoding
  if !isWellFormed, flipping.contains(.invalidEncoding) {
    return TransformEffect(changed: false, questions: questions)
  }
  output.reserveCapacity(digits * 3 / 4)
  var bits: UInt32 = 0
  var bitCount: UInt32 = 0
  for index in 0..<digits {
    bits = bits << 6 | UInt32(Base64.sextet(of: input[index]) ?? 0)
    bitCount += 6
    if bitCount >= 8 {
      bitCount -= 8
      output.append(UInt8(truncatingIfNeeded: bits >> bitCount))
    }
  }
  // Four characters give at most three bytes: the output is always shorter than the input.
  return TransformEffect(changed: true, questions: questions)
}

/// Whether exactly the padding that `digits` characters need follows them, and nothing else.
private func isPaddingComplete(_ input: Span<UInt8>, digits: Int) -> Bool {
  let padding = digits % 4 == 0 ? 0 : 4 - digits % 4
  guard padding < 3, input.count - digits == padding else { return false }
  for index in digits..<input.count where input[index] != UInt8(ascii: "=") { return false }
  return true
}
