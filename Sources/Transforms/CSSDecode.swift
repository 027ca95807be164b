import Bytes

/// CSS_DECODE: the escapes of CSS 2 become bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, in summary: CSS 2 escapes, at most
/// two bytes of a code, and a backslash before anything else is dropped. *Assumed*, after
/// ModSecurity's `cssDecode`: of one to six hexadecimal digits the last two are the byte; codes
/// FF01 to FF5E are full-width ASCII; one byte of white space behind a code belongs to it; a
/// backslash vanishes with the line feed behind it, and at the end.
func applyCSSDecode(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  let changed = rewriting(input, into: &output, at: backslash) { input, index in
    let start = index + 1
    guard start < input.count else { return Rewrite(byte: nil, length: 1) }
    var end = start
    while end < input.count, end - start < 6, input[end].hexDigitValue != nil { end += 1 }
    guard end > start else {
      return Rewrite(byte: input[start] == UInt8(ascii: "\n") ? nil : input[start], length: 2)
    }
    let byte = cssByte(of: input.extracting(start..<end))
    if end < input.count, input[end].isASCIIWhitespace { end += 1 }
    return Rewrite(byte: byte, length: end - index)
  }
  return TransformEffect(changed: changed)
}

/// The byte of one to six hexadecimal digits.
private func cssByte(of digits: Span<UInt8>) -> UInt8 {
  guard digits.count > 1, let byte = hexPair(in: digits, at: digits.count - 2) else {
    return digits[0].hexDigitValue ?? 0
  }
  guard digits.count >= 4, hexPair(in: digits, at: digits.count - 4) == 0xff else { return byte }
  for index in 0..<(digits.count - 4) where digits[index] != UInt8(ascii: "0") { return byte }
  return fullWidthASCII(byte)
}
