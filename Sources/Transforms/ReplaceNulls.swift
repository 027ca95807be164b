import Bytes

/// REPLACE_NULLS: every NUL byte becomes a space.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applyReplaceNulls(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  let changed = rewriting(input, into: &output) { input, index in
    input[index] == 0 ? Rewrite(byte: UInt8(ascii: " "), length: 1) : nil
  }
  return TransformEffect(changed: changed)
}
