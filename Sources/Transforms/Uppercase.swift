import Bytes

/// UPPERCASE: lower-case ASCII letters become upper-case, nothing else changes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That bytes outside ASCII stay is
/// *assumed*.
func applyUppercase(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard let first = input.firstIndex(where: isLowercase) else { return .unchanged }
  output.append(contentsOf: input.extracting(first: first))
  output.reserveCapacity(input.count)
  for index in first..<input.count {
    let byte = input[index]
    output.append(isLowercase(byte) ? byte & ~0x20 : byte)
  }
  return TransformEffect(changed: true)
}

private func isLowercase(_ byte: UInt8) -> Bool {
  byte.isASCIILetter && !byte.isASCIIUppercase
}
