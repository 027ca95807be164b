import Behaviour
import Bytes

/// CMD_LINE_WIN: takes the disguise off a command line of Windows or PowerShell.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide: a caret is deleted together with
/// the line break behind it, `"`, `'`, `^` and the backquote are deleted alone; tabs, line feeds,
/// vertical tabs, form feeds and carriage returns become spaces, several spaces one, and none stays
/// at the ends; letters become lower-case, several backslashes one. The page also says that UNC
/// paths "remain intact", which contradicts the last. *Assumed* (Q18): there is no exception. The
/// other reading: exactly two backslashes that begin a word stay.
func applyCmdLineWin(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard input.firstIndex(inBlocks: mayChange) != nil else { return .unchanged }
  var isQuestionable = false
  unsafe output.fill(capacity: input.count + ByteBlock.byteCount) { target in
    // Sound: no more is written than was read, and a block: a space stands for a blank at least,
    // and of backslashes no more are written than there were.
    var writer = unsafe WindowsWriter(
      ByteSink(at: target), keepsUNC: flipping.contains(.commandLine))
    writeCmdLineWin(input, with: &writer)
    isQuestionable = writer.isQuestionable
    return writer.sink.count
  }
  return TransformEffect(
    changed: !output.span.equals(input), hangingOn: .commandLine, if: isQuestionable)
}

@inline(__always)
private func writeCmdLineWin(_ input: Span<UInt8>, with writer: inout WindowsWriter) {
  var index = 0
  while index < input.count {
    let byte = input[index]
    if byte == caret {
      index += caretLength(in: input, at: index)
      continue
    }
    if isQuote(byte) {
      index += 1
    } else if byte == backslash || byte.isASCIIWhitespace {
      writer.write(byte)
      index += 1
    } else {
      index = writer.writeText(of: input, from: index)
    }
  }
  writer.endBackslashes()
}

private let caret = UInt8(ascii: "^")

private func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    || byte == caret
}

@inline(__always)
private func mayChange(_ block: ByteBlock) -> ByteBlockMask {
  block.isASCIIUppercase .| isSpecial(block)
}

/// Which bytes are blanks, quotes or backslashes.
@inline(__always)
private func isSpecial(_ block: ByteBlock) -> ByteBlockMask {
  // The quotes are 22 and 27, 5C and 5E, 60.
  block.isASCIIWhitespace .| block.isByte(UInt8(ascii: "\""))
    .| block.isByte(UInt8(ascii: "'")) .| block.isByte(UInt8(ascii: "`"))
    .| (block | ByteBlock(repeating: 0x02)).isByte(caret)
}

/// How many bytes a caret takes with it.
private func caretLength(in input: Span<UInt8>, at index: Int) -> Int {
  guard index + 1 < input.count else { return 1 }
  if input[index + 1] == UInt8(ascii: "\n") { return 2 }
  let isLineBreak =
    index + 2 < input.count && input[index + 1] == UInt8(ascii: "\r")
    && input[index + 2] == UInt8(ascii: "\n")
  return isLineBreak ? 3 : 1
}

/// Writes what is not deleted; holds back the spaces and backslashes of a run.
private struct WindowsWriter {
  private(set) var sink: ByteSink
  private(set) var isQuestionable = false
  private let keepsUNC: Bool
  private var hasSpace = false
  private var backslashes = 0

  init(_ sink: ByteSink, keepsUNC: Bool) {
    self.sink = sink
    self.keepsUNC = keepsUNC
  }

  /// Notes a backslash or a blank.
  @inline(__always)
  mutating func write(_ byte: UInt8) {
    if byte == backslash {
      endSpaces()
      backslashes += 1
    } else {
      endBackslashes()
      hasSpace = true
    }
  }

  /// Writes what begins at `start` and is neither; returns where it ends.
  @inline(__always)
  mutating func writeText(of input: Span<UInt8>, from start: Int) -> Int {
    endBackslashes()
    endSpaces()
    return sink.appendLowercased(input, from: start, upTo: isSpecial)
  }

  private mutating func endSpaces() {
    if hasSpace, !sink.isEmpty { sink.append(UInt8(ascii: " ")) }
    hasSpace = false
  }

  @inline(__always)
  mutating func endBackslashes() {
    guard backslashes > 0 else { return }
    let beginsWord = sink.isEmpty || sink.last == UInt8(ascii: " ")
    let beginsUNC = beginsWord && backslashes == 2
    if beginsUNC { isQuestionable = true }
    if beginsUNC && keepsUNC { sink.append(backslash) }
    sink.append(backslash)
    backslashes = 0
  }
}

/// Where a run begins that the input ends with and that what follows could change: how many
/// backslashes there are, and whether a caret takes a line break.
func startOfFinalWindowsRun(_ input: Span<UInt8>) -> Int {
  var end = input.count
  while end > 0 {
    let byte = input[end - 1]
    guard byte == backslash || byte.isASCIIWhitespace || isQuote(byte) else { break }
    end -= 1
  }
  return end
}
