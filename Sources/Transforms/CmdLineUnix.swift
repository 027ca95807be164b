import Bytes

/// CMD_LINE_UNIX: takes the disguise off a command line of Unix.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide: `\`, `"` and `'` are deleted;
/// tabs, line feeds, vertical tabs, form feeds and carriage returns become spaces, several spaces
/// one, and none stays at the ends; letters become lower-case.
func applyCmdLineUnix(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard input.firstIndex(inBlocks: mayChange) != nil else { return .unchanged }
  unsafe output.fill(capacity: input.count) { target in
    // Sound: no more is written than was read: a space stands for a blank at least.
    var sink = unsafe ByteSink(at: target)
    writeCmdLineUnix(input, to: &sink)
    return sink.count
  }
  return TransformEffect(changed: !output.span.equals(input))
}

@inline(__always)
private func writeCmdLineUnix(_ input: Span<UInt8>, to sink: inout ByteSink) {
  var hasSpace = false
  for index in input.indices {
    let byte = input[index]
    if isQuote(byte) { continue }
    if byte.isASCIIWhitespace {
      hasSpace = true
      continue
    }
    if hasSpace, !sink.isEmpty { sink.append(UInt8(ascii: " ")) }
    hasSpace = false
    sink.append(byte.asciiLowercased)
  }
}

private func isQuote(_ byte: UInt8) -> Bool {
  byte == backslash || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
}

@inline(__always)
private func mayChange(_ block: ByteBlock) -> ByteBlockMask {
  block.isASCIIUppercase .| block.isASCIIWhitespace .| block.isByte(backslash)
    .| block.isByte(UInt8(ascii: "\"")) .| block.isByte(UInt8(ascii: "'"))
}
