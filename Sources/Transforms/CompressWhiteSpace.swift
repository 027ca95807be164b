import Bytes

/// COMPRESS_WHITE_SPACE: every run of white space becomes one space.
///
/// White space is space, tab, line feed, vertical tab, form feed, carriage return and byte 160. The
/// ends are not trimmed.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide. That "ASCII 160" is the byte A0,
/// also behind the lead byte C2 of a UTF-8 no-break space, is *assumed*.
func applyCompressWhiteSpace(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard let first = firstCompressible(input) else { return .unchanged }
  output.reserveCapacity(input.count)
  output.append(contentsOf: input.extracting(first: first))
  var afterSpace = first > 0 && input[first - 1] == space
  for index in first..<input.count {
    let byte = input[index]
    if !isCompressible(byte) {
      output.append(byte)
      afterSpace = false
    } else if !afterSpace {
      output.append(space)
      afterSpace = true
    }
  }
  return TransformEffect(changed: true)
}

private let space = UInt8(ascii: " ")

private func isCompressible(_ byte: UInt8) -> Bool {
  byte.isASCIIWhitespace || byte == 0xa0
}

/// The first byte that does not stay as it is: white space other than a space, or a second space.
private func firstCompressible(_ input: Span<UInt8>) -> Int? {
  var afterSpace = false
  for index in input.indices {
    let byte = input[index]
    if isCompressible(byte) {
      if byte != space || afterSpace { return index }
      afterSpace = true
    } else {
      afterSpace = false
    }
  }
  return nil
}
