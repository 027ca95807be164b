import Behaviour
import Bytes

/// REMOVE_WHITESPACE: spaces, tabs, line feeds, vertical tabs, form feeds and carriage returns are
/// deleted.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for "all whitespace characters".
/// *Assumed*: which those are; the byte A0 stays (a gap of the documentation, the other reading: it
/// is deleted, as COMPRESS_WHITE_SPACE takes it for white space).
func applyRemoveWhitespace(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  let isFlipped = flipping.contains(.nonBreakingSpace)
  var isQuestionable = false
  let changed = rewriting(
    input, into: &output, at: { $0.isASCIIWhitespace .| $0.isByte(0xa0) }
  ) { input, index in
    let isNonBreaking = input[index] == 0xa0
    if isNonBreaking { isQuestionable = true }
    return isNonBreaking && !isFlipped ? nil : Rewrite(byte: nil, length: 1)
  }
  return TransformEffect(changed: changed, hangingOn: .nonBreakingSpace, if: isQuestionable)
}
