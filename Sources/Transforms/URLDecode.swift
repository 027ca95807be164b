import Behaviour
import Bytes

/// URL_DECODE: `%hh` becomes the byte, `+` a space, in one pass from left to right.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for `%hh`. *Assumed*: any other
/// `%` is copied; `+` becomes a space (Q24, the other reading: it stays).
func applyURLDecode(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  percentDecode(input, into: &output, keepsPlus: flipping.contains(.plusAsSpace)) { input, index in
    hexPair(in: input, at: index + 1).map { PercentEscape(byte: $0, length: 3) }
  }
}

/// What an escape that begins with `%` stands for.
struct PercentEscape {
  var byte: UInt8
  var length: Int
}

/// The loop that URL_DECODE and URL_DECODE_UNI share; they differ in what follows a `%`.
@inline(__always)
func percentDecode(
  _ input: Span<UInt8>, into output: inout [UInt8], keepsPlus: Bool,
  escape: (Span<UInt8>, Int) -> PercentEscape?
) -> TransformEffect {
  var questions: OpenQuestions = []
  var changed = false
  // Everything before `copied` is in the output already.
  var copied = 0
  var index = 0
  while index < input.count {
    let byte = input[index]
    var replacement: PercentEscape?
    if byte == UInt8(ascii: "+") {
      questions = .plusAsSpace
      if !keepsPlus { replacement = PercentEscape(byte: UInt8(ascii: " "), length: 1) }
    } else if byte == UInt8(ascii: "%") {
      replacement = escape(input, index)
    }
    guard let replacement else {
      index += 1
      continue
    }
    if !changed { output.reserveCapacity(input.count) }
    changed = true
    output.append(contentsOf: input.extracting(copied..<index))
    output.append(replacement.byte)
    index += replacement.length
    copied = index
  }
  if changed { output.append(contentsOf: input.extracting(copied..<input.count)) }
  return TransformEffect(changed: changed, questions: questions)
}

/// The byte that the two hexadecimal digits at `index` spell, nil where there are none.
func hexPair(in input: Span<UInt8>, at index: Int) -> UInt8? {
  guard index + 1 < input.count, let high = input[index].hexDigitValue,
    let low = input[index + 1].hexDigitValue
  else { return nil }
  return high << 4 | low
}
