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
  let digits = input.firstIndex { $0.hexDigitValue == nil } ?? input.count
  let isFlipped = flipping.contains(.invalidEncoding)
  let isAllDigits = digits == input.count
  let isWellFormed = isAllDigits && digits % 2 == 0
  let questions: OpenQuestions = isWellFormed ? [] : .invalidEncoding
  guard isWellFormed || isAllDigits != isFlipped else {
    return TransformEffect(changed: false, questions: questions)
  }
  output.reserveCapacity(digits / 2)
  for index in stride(from: 0, to: digits - 1, by: 2) {
    if let byte = hexPair(in: input, at: index) { output.append(byte) }
  }
  // The output is always shorter than the input.
  return TransformEffect(changed: true, questions: questions)
}
