import Bytes

/// REMOVE_NULLS: NUL bytes are deleted.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applyRemoveNulls(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  let changed = rewriting(input, into: &output, at: 0) { _, _ in
    Rewrite(byte: nil, length: 1)
  }
  return TransformEffect(changed: changed)
}
