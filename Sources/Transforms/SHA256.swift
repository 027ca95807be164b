import Bytes

/// SHA256: the raw digest, 32 bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applySHA256(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  var digest = SHA256()
  digest.update([UInt8](input))
  let text = Array(digest.hexDigest().utf8)
  for index in stride(from: 0, to: text.count, by: 2) {
    if let byte = hexPair(in: text.span, at: index) { output.append(byte) }
  }
  return TransformEffect(changed: !output.span.equals(input))
}
