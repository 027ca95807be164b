import Bytes

/// UPPERCASE: lower-case ASCII letters become upper-case, nothing else changes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That bytes outside ASCII stay is
/// *assumed*.
func applyUppercase(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard input.firstIndex(inBlocks: { $0.isASCIILowercase }) != nil else { return .unchanged }
  mapping(input, into: &output) { $0.asciiUppercased }
  return TransformEffect(changed: true)
}
