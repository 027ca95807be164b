import Bytes

/// SHA256: the raw digest, 32 bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applySHA256(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  var digest = SHA256()
  digest.update(input)
  output.removeAll(keepingCapacity: true)
  digest.append(to: &output)
  return TransformEffect(changed: !output.span.equals(input))
}
