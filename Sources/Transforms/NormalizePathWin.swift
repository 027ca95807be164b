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
  let difference = backslash ^ UInt8(ascii: "/")
  let effect = writeNormalPath(of: input, into: &output, flipping: flipping) { block in
    block ^ (block.isByte(backslash).ones & ByteBlock(repeating: difference))
  }
  // A path that is normal then is still another: it had a backslash.
  return TransformEffect(changed: true, questions: effect.questions)
}
