import Behaviour
import Bytes

/// NORMALIZE_PATH_WIN: backslashes become slashes, then NORMALIZE_PATH.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. What is open about NORMALIZE_PATH
/// is open here.
func applyNormalizePathWin(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard input.firstIndex(of: backslash) != nil else {
    return applyNormalizePath(to: input, into: &output, flipping: flipping)
  }
  var slashed = [UInt8](input)
  for index in slashed.indices where slashed[index] == backslash {
    slashed[index] = UInt8(ascii: "/")
  }
  let effect = applyNormalizePath(to: slashed.span, into: &output, flipping: flipping)
  if !effect.changed {
    output.removeAll(keepingCapacity: true)
    output.append(contentsOf: slashed.span)
  }
  return TransformEffect(changed: true, questions: effect.questions)
}
