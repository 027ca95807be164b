import Behaviour
import Bytes
import LenientJSON

/// A body as AWS WAF reads it: the first byte chooses the paths, the second a question to flip, the
/// rest is the text.
func fuzzLenientJSON(_ input: [UInt8]) throws(FuzzFailure) {
  var choices = FuzzInput(input)
  let paths = choices.choice(of: pathChoices) ?? nil
  let flip = OpenQuestions(rawValue: 1 << UInt32(choices.byte() % UInt8(OpenQuestions.count)))
  let text = Array(choices.rest)
  var parser = LenientJSONParser()
  let plain = try parse(text, paths, &parser)
  let flipped = try parse(text, paths, flipping: flip, &parser)
  try require(
    plain.elements == flipped.elements && plain.outcome.end == flipped.outcome.end
      || plain.outcome.questions.contains(flip),
    "question \(flip.rawValue) is not named: \(quoted(text))")
  let again = try parse(text, paths, &parser)
  try require(again == plain, "what was parsed before shows: \(quoted(text))")
  // Every element of a start is one that the whole text has, too.
  for count in Set([text.count / 2, text.count - 1]) where count > 0 {
    let start = try parse(Array(text.prefix(count)), paths, isStart: true, &parser)
    try require(
      plain.elements.starts(with: start.elements),
      "the first \(count) bytes have other elements: \(quoted(text))")
    try require(
      start.outcome.end != .failed || plain.outcome.end == .failed,
      "the first \(count) bytes fail, the whole does not: \(quoted(text))")
  }
}

private let pathChoices: [[[[UInt8]]]?] = [
  nil, [pointer("a")], [pointer("a", "b"), pointer("a", "0")], [pointer("0", "a")],
  [pointer(), pointer("a")], [pointer("a"), pointer("a", "b", "c"), pointer("", "/~")],
  [pointer("10"), pointer("1"), pointer("01"), pointer("0")],
]

private func pointer(_ tokens: String...) -> [[UInt8]] { tokens.map { Array($0.utf8) } }

/// What a parse gave, apart from where it lies.
private struct Parsed: Equatable {
  struct Element: Equatable {
    var kind: JSONElement.Kind
    var bytes: [UInt8]
  }

  var outcome: JSONOutcome
  var elements: [Element]
}

private func parse(
  _ text: [UInt8], _ paths: [[[UInt8]]]?, isStart: Bool = false, flipping: OpenQuestions = [],
  _ parser: inout LenientJSONParser
) throws(FuzzFailure) -> Parsed {
  let outcome = parser.parse(text.span, paths: paths, isStart: isStart, flipping: flipping)
  var elements: [Parsed.Element] = []
  for element in parser.elements {
    let bytes = element.isDecoded ? parser.decoded : text
    guard element.range.bounds.upperBound <= bytes.count else {
      throw FuzzFailure("an element lies outside of the text: \(quoted(text))")
    }
    elements.append(.init(kind: element.kind, bytes: Array(bytes[element.range.bounds])))
  }
  return Parsed(outcome: outcome, elements: elements)
}
