import Bytes

/// REMOVE_COMMENTS_CHAR: `/*`, `*/`, `--` and `#` are deleted.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for which they are. *Assumed*:
/// one pass from left to right, so that what a removal brings together stays.
func applyRemoveCommentsChar(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard mayHaveCommentMark(input) else { return .unchanged }
  let changed = rewriting(
    input, into: &output,
    at: {
      $0.isByte(UInt8(ascii: "#")) .| $0.isByte(UInt8(ascii: "/")) .| $0.isByte(UInt8(ascii: "*"))
        .| $0.isByte(UInt8(ascii: "-"))
    }
  ) { input, index in
    let length = commentMarkLength(in: input, at: index)
    return length > 0 ? Rewrite(byte: nil, length: length) : nil
  }
  return TransformEffect(changed: changed)
}

/// Whether there is a comment mark: slashes and hyphens are everywhere, marks are not.
private func mayHaveCommentMark(_ input: Span<UInt8>) -> Bool {
  let last = input.count - 1
  guard last >= 0 else { return false }
  let mark = input.firstPair { first, second in
    first.isByte(UInt8(ascii: "#"))
      .| (first.isByte(UInt8(ascii: "/")) .& second.isByte(UInt8(ascii: "*")))
      .| (first.isByte(UInt8(ascii: "*")) .& second.isByte(UInt8(ascii: "/")))
      .| (first.isByte(UInt8(ascii: "-")) .& second.isByte(UInt8(ascii: "-")))
  }
  return mark != nil || input[last] == UInt8(ascii: "#")
}

/// The length of the comment mark at `index`, 0 where there is none.
private func commentMarkLength(in input: Span<UInt8>, at index: Int) -> Int {
  let byte = input[index]
  if byte == UInt8(ascii: "#") { return 1 }
  guard let second = secondOfCommentMark(byte), index + 1 < input.count else { return 0 }
  return input[index + 1] == second ? 2 : 0
}

/// What must follow a byte for the two to be a comment mark; nil where it begins none of two.
private func secondOfCommentMark(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "/"): UInt8(ascii: "*")
  case UInt8(ascii: "*"): UInt8(ascii: "/")
  case UInt8(ascii: "-"): byte
  default: nil
  }
}

/// Where a last byte begins that may be half of a comment mark; the end of the input without one.
func startOfHalfCommentMark(_ input: Span<UInt8>) -> Int {
  var index = 0
  while index < input.count {
    let length = commentMarkLength(in: input, at: index)
    if length == 0, index + 1 == input.count, secondOfCommentMark(input[index]) != nil {
      return index
    }
    index += max(1, length)
  }
  return input.count
}
