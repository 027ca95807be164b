import Behaviour
import Bytes

/// ESCAPE_SEQ_DECODE: the escape sequences of ANSI C become the bytes they stand for.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide: `\a \b \f \n \r \t \v \\ \? \' \"`
/// and `\xhh`; what is not valid stays. *Assumed*: which octal escapes are valid (Q23), as the page
/// says `\0OOO`. By default they are those of C, one to three digits, the value's low eight bits.
/// The other reading takes the page by the letter: a zero and up to three digits more.
func applyEscapeSeqDecode(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  let isFlipped = flipping.contains(.invalidEncoding)
  var isQuestionable = false
  let changed = rewriting(input, into: &output, at: backslash) { input, index in
    guard index + 1 < input.count else { return nil }
    let escaped = input[index + 1]
    switch escaped {
    case backslash, UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      return Rewrite(byte: escaped, length: 2)
    case UInt8(ascii: "x"):
      return hexPair(in: input, at: index + 2).map { Rewrite(byte: $0, length: 4) }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      let digits = OctalDigits(in: input, at: index + 1)
      let hasZero = escaped == UInt8(ascii: "0")
      let digitsAfterZero = OctalDigits(in: input, at: index + 2)
      if !hasZero || digitsAfterZero.count == 3 { isQuestionable = true }
      guard isFlipped else { return Rewrite(byte: digits.byte, length: digits.count + 1) }
      return hasZero
        ? Rewrite(byte: digitsAfterZero.byte, length: digitsAfterZero.count + 2) : nil
    default:
      return controlByte(escapedAs: escaped).map { Rewrite(byte: $0, length: 2) }
    }
  }
  return TransformEffect(changed: changed, hangingOn: .invalidEncoding, if: isQuestionable)
}
