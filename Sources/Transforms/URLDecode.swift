import Behaviour
import Bytes

/// URL_DECODE: `%hh` becomes the byte, `+` a space, in one pass from left to right.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for `%hh`. *Assumed*: any other
/// `%` is copied; `+` becomes a space (Q24, the other reading: it stays).
func applyURLDecode(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  percentDecode(input, into: &output, keepsPlus: flipping.contains(.plusAsSpace)) { input, index in
    hexPair(in: input, at: index + 1).map { Rewrite(byte: $0, length: 3) }
  }
}

/// The loop that URL_DECODE and URL_DECODE_UNI share; they differ in what follows a `%`.
@inline(__always)
func percentDecode(
  _ input: Span<UInt8>, into output: inout [UInt8], keepsPlus: Bool,
  escape: (Span<UInt8>, Int) -> Rewrite?
) -> TransformEffect {
  let plus = UInt8(ascii: "+")
  var hasPlus = false
  let changed = rewriting(
    input, into: &output, at: { $0.isByte(UInt8(ascii: "%")) .| $0.isByte(plus) }
  ) { input, index in
    guard input[index] == plus else { return escape(input, index) }
    hasPlus = true
    return keepsPlus ? nil : Rewrite(byte: UInt8(ascii: " "), length: 1)
  }
  return TransformEffect(changed: changed, hangingOn: .plusAsSpace, if: hasPlus)
}
