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
  guard input.firstIndex(where: mayCmdLineChange) != nil else { return .unchanged }
  let isFlipped = flipping.contains(.commandLine)
  var questions: OpenQuestions = []
  output.reserveCapacity(input.count)
  // What is in the run of spaces and separators before the byte.
  var hasSpace = false
  var hasSeparator = false
  for index in input.indices {
    let byte = input[index]
    switch byte {
    case _ where isCmdLineQuote(byte):
      continue
    case space:
      hasSpace = true
      continue
    case UInt8(ascii: ","), UInt8(ascii: ";"):
      hasSeparator = true
      continue
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      questions = .commandLine
      if !isFlipped {
        hasSpace = true
        continue
      }
      if hasSpace || hasSeparator { output.append(space) }
    case UInt8(ascii: "/"), UInt8(ascii: "("):
      if hasSeparator {
        questions = .commandLine
        if isFlipped { output.append(space) }
      }
    default:
      if hasSpace || hasSeparator { output.append(space) }
    }
    output.append(byte.asciiLowercased)
    hasSpace = false
    hasSeparator = false
  }
  if hasSpace || hasSeparator { output.append(space) }
  return TransformEffect(changed: !output.span.equals(input), questions: questions)
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

private func mayCmdLineChange(_ byte: UInt8) -> Bool {
  byte.isASCIIUppercase || isCmdLineQuote(byte) || isCmdLineBlank(byte)
}

/// Where the blanks begin that the input ends with: a `/` behind it would delete them.
func startOfFinalCmdLineBlanks(_ input: Span<UInt8>) -> Int {
  var end = input.count
  while end > 0, isCmdLineBlank(input[end - 1]) || isCmdLineQuote(input[end - 1]) { end -= 1 }
  return end
}
