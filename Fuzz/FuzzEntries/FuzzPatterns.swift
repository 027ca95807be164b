import Matching

/// A regular expression and a value: the first byte is the length of the pattern.
func fuzzPatterns(_ input: [UInt8]) throws(FuzzFailure) {
  var choices = FuzzInput(input)
  let pattern = choices.bytes(Int(choices.byte()))
  // Each place in the value may cost as much as the match limit allows: 8 KB can take seconds.
  let value = Array(choices.rest.prefix(1024))
  let found = findings(inPattern: pattern)
  for (index, finding) in found.enumerated() {
    try require(
      (0..<pattern.count).contains(finding.offset)
        && (index == 0 || found[index - 1].offset <= finding.offset),
      "findings are out of order or place: \(quoted(pattern))")
  }
  let compiled: CompiledPattern
  do throws(PatternError) {
    compiled = try CompiledPattern(pattern)
  } catch {
    if case .valid = PatternValidity(of: pattern) {
      throw FuzzFailure("a valid pattern does not compile: \(quoted(pattern))")
    }
    return
  }
  try require(
    PatternValidity(of: pattern) == .valid(matchesEmptyString: compiled.matchesEmptyString),
    "a pattern that is not valid compiles: \(quoted(pattern))")
  try require(
    !compiled.hasLookaround || found.contains { !$0.isRefused },
    "lookaround is not told: \(quoted(pattern))")
  var scratch = PatternScratch()
  let outcome = compiled.firstMatch(in: value.span, scratch: &scratch)
  if case .match(let start, let end) = outcome {
    try require(
      0 <= start && start <= end && end <= value.count,
      "a match outside of the value: \(quoted(pattern)) in \(quoted(value))")
    // Without `\K` and lookaround, which the guide refuses, an empty match needs an empty pattern.
    try require(
      start < end || compiled.matchesEmptyString || !found.isEmpty,
      "matches nothing: \(quoted(pattern)) in \(quoted(value))")
  }
  try require(
    compiled.firstMatch(in: value.span, scratch: &scratch) == outcome,
    "another answer the second time: \(quoted(pattern)) in \(quoted(value))")
}
