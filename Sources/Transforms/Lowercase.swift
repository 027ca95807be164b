import Bytes

/// LOWERCASE: upper-case ASCII letters become lower-case, nothing else changes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That bytes outside ASCII stay is
/// *assumed*.
func applyLowercase(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard let first = input.firstIndex(where: \.isASCIIUppercase) else { return .unchanged }
  output.append(contentsOf: input.extracting(first: first))
  output.reserveCapacity(input.count)
  for index in first..<input.count { output.append(input[index].asciiLowercased) }
  return TransformEffect(changed: true)
}
