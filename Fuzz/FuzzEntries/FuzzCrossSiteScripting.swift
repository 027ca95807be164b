import Bytes
import CrossSiteScripting

/// A value: looked at twice, alone and inside of longer bytes.
func fuzzCrossSiteScripting(_ input: [UInt8]) throws(FuzzFailure) {
  let finding = CrossSiteScriptingDetector.findAttack(in: input.span)
  try require(
    finding == CrossSiteScriptingDetector.findAttack(in: input.span),
    "another answer the second time: \(quoted(input))")
  // What lies beside a value must not show.
  let padded = Array("<script onclick=".utf8) + input + Array("'\"`><script>".utf8)
  let part = padded.span.extracting(16..<(16 + input.count))
  try require(
    finding == CrossSiteScriptingDetector.findAttack(in: part),
    "the bytes around the value count: \(quoted(input))")
  guard let finding else { return }
  for index in 0..<finding.count {
    let range = finding.token(index).range
    try require(
      range.lowerBound >= 0 && range.upperBound <= input.count && !range.isEmpty,
      "token \(index) at \(range) of \(input.count) bytes: \(quoted(input))")
  }
}
