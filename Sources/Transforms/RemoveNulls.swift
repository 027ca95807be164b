import Bytes

/// REMOVE_NULLS: NUL bytes are deleted.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applyRemoveNulls(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard var null = input.firstIndex(of: 0) else { return .unchanged }
  output.reserveCapacity(input.count)
  output.append(contentsOf: input.extracting(first: null))
  while null < input.count {
    let start = null + 1
    null = input.firstIndex(of: 0, from: start) ?? input.count
    output.append(contentsOf: input.extracting(start..<null))
  }
  return TransformEffect(changed: true)
}
