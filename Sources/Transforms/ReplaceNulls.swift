import Bytes

/// REPLACE_NULLS: every NUL byte becomes a space.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applyReplaceNulls(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard input.firstIndex(of: 0) != nil else { return .unchanged }
  mapping(input, into: &output) { block in
    block | (block.isByte(0).ones & ByteBlock(repeating: UInt8(ascii: " ")))
  }
  return TransformEffect(changed: true)
}
