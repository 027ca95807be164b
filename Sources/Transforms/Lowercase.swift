import Bytes

/// LOWERCASE: upper-case ASCII letters become lower-case, nothing else changes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That bytes outside ASCII stay is
/// *assumed*.
func applyLowercase(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard input.firstIndex(inBlocks: { $0.isASCIIUppercase }) != nil else { return .unchanged }
  mapping(input, into: &output) { $0.asciiLowercased }
  return TransformEffect(changed: true)
}
