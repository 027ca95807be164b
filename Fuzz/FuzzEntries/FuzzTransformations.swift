import Behaviour
import Transforms

/// A chain of text transformations, or a transformation before parsing: the first byte says how many
/// and whether the next says which questions are flipped; the rest is the value.
func fuzzTransformations(_ input: [UInt8]) throws(FuzzFailure) {
  var choices = FuzzInput(input)
  let head = choices.byte()
  let flip = OpenQuestions(rawValue: 1 << UInt32(choices.byte() % UInt8(OpenQuestions.count)))
  if head >= 0xF0 {
    guard let step = choices.choice(of: PreParseTransformation.allCases) else { return }
    _ = try check(PreParse(step), Array(choices.rest), flip)
    return
  }
  var chain: [TextTransformation] = []
  for _ in 0..<1 + head % 4 {
    if let step = choices.choice(of: TextTransformation.allCases) { chain.append(step) }
  }
  var value = Array(choices.rest)
  for step in chain {
    value = try check(Text(step), value, flip)
    // ESCAPE sequences can't grow a value; entities and `%uXXXX` of UTF8_TO_UNICODE do, threefold.
    if value.count > 1 << 16 { return }
  }
}

/// What the two kinds of transformations have in common.
private protocol Transformation {
  var name: String { get }
  var isIdempotent: Bool { get }
  var openQuestions: OpenQuestions { get }
  func apply(
    to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
  ) -> TransformEffect
  func keptPrefix(of input: Span<UInt8>) -> Int?
}

private struct Text: Transformation {
  var step: TextTransformation
  init(_ step: TextTransformation) { self.step = step }
  var name: String { step.wireName }
  var isIdempotent: Bool { step.isIdempotent }
  var openQuestions: OpenQuestions { step.openQuestions }
  func apply(
    to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
  ) -> TransformEffect {
    step.apply(to: input, into: &output, flipping: flipping)
  }
  func keptPrefix(of input: Span<UInt8>) -> Int? { step.keptPrefix(of: input) }
}

private struct PreParse: Transformation {
  var step: PreParseTransformation
  init(_ step: PreParseTransformation) { self.step = step }
  var name: String { "pre-parse " + step.wireName }
  var isIdempotent: Bool { false }
  var openQuestions: OpenQuestions { step.openQuestions }
  func apply(
    to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
  ) -> TransformEffect {
    step.apply(to: input, into: &output, flipping: flipping)
  }
  func keptPrefix(of input: Span<UInt8>) -> Int? { step.keptPrefix(of: input) }
}

/// The transformed value and the effect, the input where nothing changed.
private func applied(
  _ step: some Transformation, _ value: [UInt8], _ flipping: OpenQuestions
) -> (value: [UInt8], effect: TransformEffect) {
  var output = Array("leftover".utf8)
  let effect = step.apply(to: value.span, into: &output, flipping: flipping)
  return (effect.changed ? output : value, effect)
}

/// Holds a transformation against its contract on one value; returns what it makes of it.
private func check(
  _ step: some Transformation, _ value: [UInt8], _ flip: OpenQuestions
) throws(FuzzFailure) -> [UInt8] {
  let plain = applied(step, value, [])
  let flipped = applied(step, value, flip)
  for (result, reading) in [(plain, "default"), (flipped, "other")] {
    func fail(_ what: String) -> FuzzFailure {
      FuzzFailure(
        "\(step.name), \(reading) reading of \(flip.rawValue): \(what); "
          + "\(quoted(value)) gives \(quoted(result.value))")
    }
    if result.effect.changed, result.value == value { throw fail("changed to the same") }
    if !step.openQuestions.isSuperset(of: result.effect.questions) {
      throw fail("unannounced questions")
    }
    let flipping = reading == "other" ? flip : []
    if step.isIdempotent, applied(step, result.value, flipping).value != result.value {
      throw fail("not idempotent")
    }
    // What a start of the value gives must be the start of what the whole gives.
    for cut in Set([value.count / 2, value.count - 1, value.count]) where cut >= 0 {
      let start = value.span.extracting(0..<cut)
      guard let kept = step.keptPrefix(of: start) else { continue }
      guard (0...cut).contains(kept) else { throw fail("keeps \(kept) of \(cut) bytes") }
      let head = applied(step, Array(value.prefix(kept)), flipping).value
      if !result.value.starts(with: head) {
        throw fail("the first \(kept) of \(cut) bytes give \(quoted(head))")
      }
    }
  }
  try require(
    plain.effect.questions == flipped.effect.questions,
    "\(step.name): the questions hang on the reading: \(quoted(value))")
  try require(
    plain.value == flipped.value || plain.effect.questions.contains(flip),
    "\(step.name): question \(flip.rawValue) is not named: \(quoted(value))")
  return plain.value
}
