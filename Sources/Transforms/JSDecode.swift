import Bytes

/// JS_DECODE: the escape sequences of JavaScript become the bytes they stand for.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for `\uhhhh`: the low byte, in
/// the range of full-width ASCII (FF01 to FF5E) the ASCII character. *Assumed*, after ModSecurity's
/// `jsDecode`, whose words the page repeats: `\xhh`; one to three octal digits, three only up to
/// 377; `\a \b \f \n \r \t \v` become control bytes; any other backslash is dropped, but for one at
/// the end.
func applyJSDecode(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  let changed = rewriting(input, into: &output, at: backslash) { input, index in
    guard index + 1 < input.count else { return nil }
    if let numeric = numericJSEscape(in: input, at: index) { return numeric }
    let escaped = input[index + 1]
    return Rewrite(byte: controlByte(escapedAs: escaped) ?? escaped, length: 2)
  }
  return TransformEffect(changed: changed)
}

/// The `\uhhhh`, `\xhh` or octal escape whose backslash is at `index`, nil where there is none.
func numericJSEscape(in input: Span<UInt8>, at index: Int) -> Rewrite? {
  switch input[index + 1] {
  case UInt8(ascii: "u"):
    return unicodeByte(in: input, at: index + 2).map { Rewrite(byte: $0, length: 6) }
  case UInt8(ascii: "x"):
    return hexPair(in: input, at: index + 2).map { Rewrite(byte: $0, length: 4) }
  default:
    var digits = OctalDigits(in: input, at: index + 1)
    if digits.value > 0o377 {
      digits.value /= 8
      digits.count -= 1
    }
    return digits.count > 0 ? Rewrite(byte: digits.byte, length: digits.count + 1) : nil
  }
}
