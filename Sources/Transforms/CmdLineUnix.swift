import Bytes

/// CMD_LINE_UNIX: takes the disguise off a command line of Unix.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide: `\`, `"` and `'` are deleted;
/// tabs, line feeds, vertical tabs, form feeds and carriage returns become spaces, several spaces
/// one, and none stays at the ends; letters become lower-case.
func applyCmdLineUnix(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  guard input.firstIndex(where: mayChange) != nil else { return .unchanged }
  output.reserveCapacity(input.count)
  var hasSpace = false
  for index in input.indices {
    let byte = input[index]
    if isQuote(byte) { continue }
    if byte.isASCIIWhitespace {
      hasSpace = true
      continue
    }
    if hasSpace, !output.isEmpty { output.append(UInt8(ascii: " ")) }
    hasSpace = false
    output.append(byte.asciiLowercased)
  }
  return TransformEffect(changed: !output.span.equals(input))
}

private func isQuote(_ byte: UInt8) -> Bool {
  byte == backslash || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
}

private func mayChange(_ byte: UInt8) -> Bool {
  byte.isASCIIUppercase || byte.isASCIIWhitespace || isQuote(byte)
}
