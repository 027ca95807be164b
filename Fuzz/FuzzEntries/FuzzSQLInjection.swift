import Bytes
import SQLInjection

/// A value: looked at twice at both sensitivities, alone and inside of longer bytes.
func fuzzSQLInjection(_ input: [UInt8]) throws(FuzzFailure) {
  let padded = Array("1' OR ".utf8) + input + Array("' OR 1=1 -- ".utf8)
  var findings: [SQLInjectionFinding?] = []
  for sensitivity in SQLInjectionDetector.Sensitivity.allCases {
    let finding = SQLInjectionDetector.findAttack(in: input.span, sensitivity: sensitivity)
    // What lies beside a value must not show.
    let part = padded.span.extracting(6..<(6 + input.count))
    try require(
      finding == SQLInjectionDetector.findAttack(in: part, sensitivity: sensitivity),
      "the bytes around the value count: \(quoted(input))")
    findings.append(finding)
    guard let finding else { continue }
    for index in 0..<finding.count {
      let range = finding.token(index).range
      try require(
        range.lowerBound >= 0 && range.upperBound <= input.count,
        "token \(index) at \(range) of \(input.count) bytes: \(quoted(input))")
    }
  }
  try require(
    findings[0] == nil || findings[1] != nil, "HIGH misses what LOW finds: \(quoted(input))")
}
