import SQLInjection
import TestSupport

/// Values of pieces that mean something to a tokenizer of SQL, and of any bytes.
func generatedValues(seed: UInt64, count: Int) -> [[UInt8]] {
  let pieces = [
    "'", "\"", "`", "(", ")", "((", ",", ";", "--", "-- ", "#", "/*", "*/", "/*!", "\\", "@", "@@a",
    "$$", "$t$", "q'[", "N'", "x'1", "{", "}", "[", "]", ".", ":", "::", "=", "<=>", "||", "&&",
    "1", "1e", "0x", "-1", "a", "a.b", "select", "union", " all ", "from", "or", "and", "not",
    "like", "in", "group", " by ", "sleep(", "user", "if", "exec", "collate", "a_b", "int",
    "into", " outfile ", "case", "\n", "\u{0}", "\u{7F}", "é", " ", " ", "\t",
  ].map { Array($0.utf8) }
  var random = SplitMix(state: seed)
  return (0..<count).map { index in
    var value: [UInt8] = []
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      if index % 4 == 0 {
        value.append(UInt8.random(in: 0...255, using: &random))
      } else {
        value += pieces.randomElement(using: &random) ?? []
      }
    }
    return value
  }
}

/// A detector's answer to bytes: the macros of the tests can't take a span.
func findAttack(
  _ value: [UInt8], _ sensitivity: SQLInjectionDetector.Sensitivity
) -> SQLInjectionFinding? {
  SQLInjectionDetector.findAttack(in: value.span, sensitivity: sensitivity)
}
