import Bytes

/// BASE64_DECODE_EXT: decodes what is of the standard alphabet, as if nothing else were there.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. *Assumed*: `=` is one of the
/// characters that are ignored, so that decoding goes on behind it.
func applyBase64DecodeExt(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard !input.isEmpty else { return .unchanged }
  unsafe output.fill(capacity: input.count + ByteBlock.byteCount) { target in
    // Sound: there is room for every digit and for a block more.
    let digits = unsafe collectBase64Digits(of: input, at: target)
    return unsafe decodeBase64(at: target, digits: digits)
  }
  // Four characters give at most three bytes: the output is always shorter than the input.
  return TransformEffect(changed: true)
}
