import Bytes

/// CMD_LINE_UNIX: takes the disguise off a command line of Unix.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide: `\`, `"` and `'` are deleted;
/// tabs, line feeds, vertical tabs, form feeds and carriage returns become spaces, several spaces
/// one, and none stays at the ends; letters become lower-case.
func applyCmdLineUnix(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard input.firstIndex(inBlocks: mayChange) != nil else { return .unchanged }
  unsafe output.fill(capacity: input.count + ByteBlock.byteCount) { target in
    // Sound: no more is written than was read, and a block: a space stands for a blank at least.
    var sink = unsafe ByteSink(at: target)
    writeCmdLineUnix(input, to: &sink)
    return sink.count
  }
  return TransformEffect(changed: !output.span.equals(input))
}

@inline(__always)
private func writeCmdLineUnix(_ input: Span<UInt8>, to sink: inout ByteSink) {
  var index = 0
  while index < input.count {
    var hasSpace = false
    while index < input.count {
      if input[index].isASCIIWhitespace {
        hasSpace = true
      } else if !isQuote(input[index]) {
        break
      }
      index += 1
    }
    if hasSpace, !sink.isEmpty, index < input.count { sink.append(UInt8(ascii: " ")) }
    index = sink.appendLowercased(input, from: index, upTo: isQuoteOrBlank)
  }
}

private func isQuote(_ byte: UInt8) -> Bool {
  byte == backslash || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
}

@inline(__always)
private func mayChange(_ block: ByteBlock) -> ByteBlockMask {
  block.isASCIIUppercase .| isQuoteOrBlank(block)
}

@inline(__always)
private func isQuoteOrBlank(_ block: ByteBlock) -> ByteBlockMask {
  block.isASCIIWhitespace .| block.isByte(backslash)
    .| block.isByte(UInt8(ascii: "\"")) .| block.isByte(UInt8(ascii: "'"))
}
