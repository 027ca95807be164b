import Bytes

/// JS_DECODE_EXT: JS_DECODE that leaves Windows paths alone.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. `\\`, `\/`, `\'` and `\"` lose
/// their backslash; `\a \b \f \n \r \t \v` and escapes that are none of JavaScript's stay as they
/// are. *Assumed*: `\xhh` and octal digits are decoded as in JS_DECODE.
func applyJSDecodeExt(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  let changed = rewriting(input, into: &output, at: backslash) { input, index in
    guard index + 1 < input.count else { return nil }
    let escaped = input[index + 1]
    switch escaped {
    case backslash, UInt8(ascii: "/"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      return Rewrite(byte: escaped, length: 2)
    default:
      return numericJSEscape(in: input, at: index)
    }
  }
  return TransformEffect(changed: changed)
}
