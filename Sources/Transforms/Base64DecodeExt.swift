import Bytes

/// BASE64_DECODE_EXT: decodes what is of the standard alphabet, as if nothing else were there.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. *Assumed*: `=` is one of the
/// characters that are ignored, so that decoding goes on behind it.
func applyBase64DecodeExt(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard !input.isEmpty else { return .unchanged }
  output.reserveCapacity(input.count * 3 / 4)
  var bits: UInt32 = 0
  var bitCount: UInt32 = 0
  for index in input.indices {
    guard let sextet = Base64.sextet(of: input[index]) else { continue }
    bits = bits << 6 | UInt32(sextet)
    bitCount += 6
    if bitCount >= 8 {
      bitCount -= 8
      output.append(UInt8(truncatingIfNeeded: bits >> bitCount))
    }
  }
  // Four characters give at most three bytes: the output is always shorter than the input.
  return TransformEffect(changed: true)
}
