import Bytes

/// TRIM, TRIM_LEFT and TRIM_RIGHT: white space at the ends is deleted.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That white space is space, tab,
/// line feed, vertical tab, form feed and carriage return is *assumed*.
func applyTrim(
  left: Bool = false, right: Bool = false, to input: Span<UInt8>, into output: inout [UInt8]
) -> TransformEffect {
  var start = 0
  var end = input.count
  if left { while start < end, input[start].isASCIIWhitespace { start += 1 } }
  if right { while end > start, input[end - 1].isASCIIWhitespace { end -= 1 } }
  guard end - start < input.count else { return .unchanged }
  output.removeAll(keepingCapacity: true)
  output.append(contentsOf: input.extracting(start..<end))
  return TransformEffect(changed: true)
}
