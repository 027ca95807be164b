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
  guard input.firstIndex(where: mayChange) != nil else { return .unchanged }
  output.reserveCapacity(input.count)
  var writer = WindowsWriter(keepsUNC: flipping.contains(.commandLine))
  var index = 0
  while index < input.count {
    let byte = input[index]
    if byte == caret {
      index += caretLength(in: input, at: index)
      continue
    }
    index += 1
    if !isQuote(byte) { writer.write(byte, to: &output) }
  }
  writer.endBackslashes(in: &output)
  return TransformEffect(changed: !output.span.equals(input), questions: writer.questions)
}

private let caret = UInt8(ascii: "^")

private func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    || byte == caret
}

private func mayChange(_ byte: UInt8) -> Bool {
  byte.isASCIIUppercase || byte.isASCIIWhitespace || isQuote(byte) || byte == backslash
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

/// Writes the bytes that are not deleted; holds back the spaces and backslashes of a run.
private struct WindowsWriter {
  var keepsUNC: Bool
  var questions: OpenQuestions = []
  private var hasSpace = false
  private var backslashes = 0

  init(keepsUNC: Bool) {
    self.keepsUNC = keepsUNC
  }

  mutating func write(_ byte: UInt8, to output: inout [UInt8]) {
    if byte != backslash { endBackslashes(in: &output) }
    if byte.isASCIIWhitespace {
      hasSpace = true
      return
    }
    if hasSpace, !output.isEmpty { output.append(UInt8(ascii: " ")) }
    hasSpace = false
    if byte == backslash {
      backslashes += 1
    } else {
      output.append(byte.asciiLowercased)
    }
  }

  mutating func endBackslashes(in output: inout [UInt8]) {
    guard backslashes > 0 else { return }
    let beginsWord = output.isEmpty || output[output.count - 1] == UInt8(ascii: " ")
    let beginsUNC = beginsWord && backslashes == 2
    if beginsUNC { questions = .commandLine }
    if beginsUNC && keepsUNC { output.append(backslash) }
    output.append(backslash)
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
