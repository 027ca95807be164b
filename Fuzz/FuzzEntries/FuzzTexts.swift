import Bytes
import Diagnostics
import DocumentTree
import NativeRecords
import ReportText
import WAFCompiler
import WAFModel

/// The small readers of text: base64, JSON strings, UTF-8, pointers, ARNs, assumptions, masks,
/// widths.
func fuzzTexts(_ input: [UInt8]) throws(FuzzFailure) {
  let text = String(decoding: input, as: UTF8.self)
  try require(
    (UTF8Check.firstInvalidOffset(in: input) == nil)
      == (String(validating: input, as: UTF8.self) != nil),
    "UTF-8 is judged otherwise: \(quoted(input))")

  let encoded = Base64.encode(input.span)
  try require(
    Base64.decodeCanonical(encoded.span) == input, "base64 is no round trip: \(quoted(input))")
  if let decoded = Base64.decodeCanonical(input.span) {
    try require(
      Base64.encode(decoded.span) == input, "base64 that is not canonical: \(quoted(input))")
  }

  if let pointer = JSONPointer(parsing: text) {
    try require(
      JSONPointer(parsing: pointer.description) == pointer,
      "a pointer is no round trip: \(quoted(input))")
  }
  if let arn = ARN(text) {
    try require(ARN(arn.description) == arn, "an ARN is no round trip: \(quoted(input))")
  }

  if let assumption = ManagedRuleAssumption(text) {
    try require(
      assumption.applies(toGroup: assumption.group, rule: assumption.rule),
      "a pattern does not fit itself: \(quoted(input))")
  }

  try checkScanner(input)
  try checkMask(input)
  let shortened = cut(text, to: 20)
  try require(displayWidth(shortened) <= 20, "cut is too wide: \(quoted(input))")
  try require(displayWidth(cutStart(text, to: 20)) <= 20, "cut is too wide: \(quoted(input))")
  for line in [shown(input), printable(text)] {
    try require(
      !line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F },
      "control characters are printed: \(quoted(input))")
  }
}

/// The scanner of records takes what the parser of documents takes, apart from what records need not
/// be: UTF-8, and less deep.
private func checkScanner(_ input: [UInt8]) throws(FuzzFailure) {
  var scanner = JSONScanner(input.span)
  var isSound = false
  do throws(JSONScanError) {
    try scanner.skipValue()
    try scanner.expectEnd()
    isSound = true
  } catch {
    try require(
      (0...input.count).contains(error.offset), "an offset outside of the text: \(quoted(input))")
  }
  if let tree = try? JSONParser.parse(input, file: "text"), !input.starts(with: [0xEF]) {
    try require(isSound, "the scanner refuses: \(quoted(input))")
    let compact = JSONWriter.compact(tree)
    let again = try? JSONParser.parse(Array(compact.utf8), file: "text")
    try require(
      again?.withoutPositions() == tree.withoutPositions(),
      "a document is no round trip: \(quoted(input))")
  }
  var strings = JSONScanner(input.span)
  guard let string = try? strings.string() else { return }
  var bytes: [UInt8] = []
  JSONText.unescape(string, in: input.span, into: &bytes)
  try require(
    string.hasEscapes || bytes == Array(input[string.range.bounds]),
    "a plain string changes: \(quoted(input))")
}

private func checkMask(_ input: [UInt8]) throws(FuzzFailure) {
  for masked in [SecretMask.maskedQuery(input.span), SecretMask.maskedPath(input.span)] {
    try require(
      SecretMask.maskedQuery(masked.span).count == masked.count
        || masked != SecretMask.maskedQuery(input.span),
      "masking twice changes: \(quoted(input))")
  }
  let masked = SecretMask.maskedQuery(input.span)
  try require(
    SecretMask.hasSecret(query: input.span) || masked == input,
    "masked without a secret: \(quoted(input))")
}
