import Behaviour
import Bytes

/// URL_DECODE_UNI: URL_DECODE, and `%uhhhh` becomes the low byte; in the range of full-width ASCII
/// (FF01 to FF5E) the ASCII character.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. *Assumed*: `%U` counts too; an
/// incomplete `%u` is copied; `+` becomes a space (Q24, the other reading: it stays).
func applyURLDecodeUni(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  percentDecode(input, into: &output, keepsPlus: flipping.contains(.plusAsSpace)) { input, index in
    if let byte = hexPair(in: input, at: index + 1) { return Rewrite(byte: byte, length: 3) }
    guard index + 1 < input.count, input[index + 1] | 0x20 == UInt8(ascii: "u") else { return nil }
    return unicodeByte(in: input, at: index + 2).map { Rewrite(byte: $0, length: 6) }
  }
}
