import Behaviour
import Bytes

/// CMD_LINE: takes the disguise off a command line.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide: `\`, `"`, `'` and `^` are deleted,
/// spaces before `/` and `(` too; `,` and `;` become spaces, several spaces one, letters
/// lower-case. The order of the steps is *assumed* (Q18):
///
/// | | default, what ModSecurity does | other reading, the page's steps in the page's order |
/// |---|---|---|
/// | `,` or `;` before `/` or `(` | deleted, like a space | becomes a space that stays |
/// | tab, line feed, carriage return | become spaces | stay |
func applyCmdLine(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard input.firstIndex(inBlocks: mayCmdLineChange) != nil else { return .unchanged }
  let isFlipped = flipping.contains(.commandLine)
  var isQuestionable = false
  unsafe output.fill(capacity: input.count + ByteBlock.byteCount) { target in
    // Sound: no more is written than was read, and a block: a space stands for a blank at least.
    var sink = unsafe ByteSink(at: target)
    isQuestionable = writeCmdLine(input, to: &sink, isFlipped: isFlipped)
    return sink.count
  }
  return TransformEffect(
    changed: !output.span.equals(input), hangingOn: .commandLine, if: isQuestionable)
}

/// Writes the command line; returns whether it hangs on Q18.
@inline(__always)
private func writeCmdLine(
  _ input: Span<UInt8>, to sink: inout ByteSink, isFlipped: Bool
) -> Bool {
  var isQuestionable = false
  var index = 0
  while index < input.count {
    // What is in the run of spaces and separators before the byte.
    var hasSpace = false
    var hasSeparator = false
    run: while index < input.count {
      let byte = input[index]
      switch byte {
      case _ where isCmdLineQuote(byte): break
      case space: hasSpace = true
      case UInt8(ascii: ","), UInt8(ascii: ";"): hasSeparator = true
      case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        isQuestionable = true
        if !isFlipped {
          hasSpace = true
        } else {
          if hasSpace || hasSeparator { sink.append(space) }
          sink.append(byte)
          hasSpace = false
          hasSeparator = false
        }
      default: break run
      }
      index += 1
    }
    if index < input.count, input[index] == UInt8(ascii: "/") || input[index] == UInt8(ascii: "(") {
      if hasSeparator {
        isQuestionable = true
        if isFlipped { sink.append(space) }
      }
    } else if hasSpace || hasSeparator {
      sink.append(space)
    }
    index = sink.appendLowercased(input, from: index, upTo: isCmdLineQuoteOrBlank)
  }
  return isQuestionable
}

private let space = UInt8(ascii: " ")

private func isCmdLineQuote(_ byte: UInt8) -> Bool {
  byte == backslash || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    || byte == UInt8(ascii: "^")
}

private func isCmdLineBlank(_ byte: UInt8) -> Bool {
  byte == space || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
    || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

/// Which bytes are upper-case letters, quotes or blanks.
@inline(__always)
private func mayCmdLineChange(_ block: ByteBlock) -> ByteBlockMask {
  block.isASCIIUppercase .| isCmdLineQuoteOrBlank(block)
}

@inline(__always)
private func isCmdLineQuoteOrBlank(_ block: ByteBlock) -> ByteBlockMask {
  // The quotes are 22 and 27, 5C and 5E.
  let quotes =
    block.isByte(UInt8(ascii: "\"")) .| block.isByte(UInt8(ascii: "'"))
    .| (block | ByteBlock(repeating: 0x02)).isByte(UInt8(ascii: "^"))
  let blanks =
    block.isByte(space) .| block.isByte(UInt8(ascii: ",")) .| block.isByte(UInt8(ascii: ";"))
    .| block.isByte(from: 0x09, count: 2) .| block.isByte(UInt8(ascii: "\r"))
  return quotes .| blanks
}

/// Where the blanks begin that the input ends with: a `/` behind it would delete them.
func startOfFinalCmdLineBlanks(_ input: Span<UInt8>) -> Int {
  var end = input.count
  while end > 0, isCmdLineBlank(input[end - 1]) || isCmdLineQuote(input[end - 1]) { end -= 1 }
  return end
}
