import Bytes

/// REPLACE_COMMENTS: every C comment becomes one space, also one that does not end.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide; several comments in a row give as
/// many spaces, and a lone end of a comment stays. *Assumed*: comments don't nest, and the star
/// that opens one does not close it.
func applyReplaceComments(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  // Slashes are everywhere, comments are not.
  guard input.firstPair(inBlocks: { $0.isByte(slash) .& $1.isByte(star) }) != nil
  else { return .unchanged }
  let changed = rewriting(input, into: &output, at: { $0.isByte(slash) }) { input, index in
    guard index + 1 < input.count, input[index + 1] == star else { return nil }
    let end = endOfComment(in: input, from: index + 2)
    return Rewrite(byte: UInt8(ascii: " "), length: end - index)
  }
  return TransformEffect(changed: changed)
}

private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")

/// The position after the first `*/` at or after `start`, the end of the input without one.
private func endOfComment(in input: Span<UInt8>, from start: Int) -> Int {
  input.firstPair(from: start) { $0.isByte(star) .& $1.isByte(slash) }.map { $0 + 2 }
    ?? input.count
}
