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
  var questions: OpenQuestions = []
  let changed = rewriting(input, into: &output) { input, index in
    let byte = input[index]
    if byte == 0xa0 { questions = .nonBreakingSpace }
    return byte.isASCIIWhitespace || isFlipped && byte == 0xa0
      ? Rewrite(byte: nil, length: 1) : nil
  }
  return TransformEffect(changed: changed, questions: questions)
}
