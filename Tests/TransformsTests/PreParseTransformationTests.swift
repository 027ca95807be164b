import Behaviour
import Bytes
import TestSupport
import Testing
import Transforms

/// The pre-parse transformations: examples of the guide, and what the assumptions say.
@Suite struct PreParseTransformationTests {
  struct Example: CustomTestStringConvertible {
    var transformation: PreParseTransformation
    var input: String
    var output: String
    /// The output of the other reading; nil where the readings agree.
    var other: String?
    var testDescription: String { "\(transformation) \(input)" }

    init(_ transformation: PreParseTransformation, _ input: String, _ output: String) {
      self.init(transformation, input, output, nil)
    }

    init(
      _ transformation: PreParseTransformation, _ input: String, _ output: String, _ other: String?
    ) {
      self.transformation = transformation
      self.input = input
      self.output = output
      self.other = other
    }
  }

  static let examples: [Example] = [
    .init(.none, "a=%26;+", "a=%26;+"),
    .init(.urlDecode, "a=1%26b=2", "a=1&b=2"),
    .init(.urlDecode, "a%3D1", "a=1"),
    .init(.urlDecode, "a=%2526", "a=%26"),
    .init(.urlDecode, "a=%u0041", "a=%u0041"),
    .init(.urlDecode, "a=x+y", "a=x y", "a=x+y"),
    .init(.urlDecodeUni, "a=%uff1cx", "a=<x"),
    .init(.urlDecodeUni, "a%u003d+", "a= ", "a=+"),
    .init(.replaceSemicolonsWithAmpersands, "a=1;b=2", "a=1&b=2"),
    .init(.replaceSemicolonsWithAmpersands, ";;a=%3b", "&&a=%3b"),
    .init(.replaceSemicolonsWithAmpersands, "a=1", "a=1"),
    .init(.combineDuplicateQueryArgsByComma, "", ""),
    .init(.combineDuplicateQueryArgsByComma, "a=1", "a=1"),
    .init(.combineDuplicateQueryArgsByComma, "a=1&b=2", "a=1&b=2"),
    .init(.combineDuplicateQueryArgsByComma, "a=1&b=2&a=3", "a=1,3&b=2"),
    .init(.combineDuplicateQueryArgsByComma, "b=1&a=2&a=3&b=4&a=5", "b=1,4&a=2,3,5"),
    .init(.combineDuplicateQueryArgsByComma, "a=1&a=1", "a=1,1"),
    .init(.combineDuplicateQueryArgsByComma, "a&a", "a=,"),
    .init(.combineDuplicateQueryArgsByComma, "a&a=2", "a=,2"),
    .init(.combineDuplicateQueryArgsByComma, "a=&a=2", "a=,2"),
    .init(.combineDuplicateQueryArgsByComma, "a=1&a", "a=1,"),
    .init(.combineDuplicateQueryArgsByComma, "a=x=y&a=z=", "a=x=y,z="),
    .init(.combineDuplicateQueryArgsByComma, "=1&=2", "=1,2"),
    .init(.combineDuplicateQueryArgsByComma, "a=1&&&", "a=1&&&"),
    .init(.combineDuplicateQueryArgsByComma, "&a=1&&a=2", "&a=1,2&"),
    // Keys are compared as sent.
    .init(.combineDuplicateQueryArgsByComma, "a=1&%61=2", "a=1&%61=2"),
    .init(.combineDuplicateQueryArgsByComma, "a=1&A=2", "a=1&A=2", "a=1,2"),
    .init(.combineDuplicateQueryArgsByComma, "A=1&a=2&A=3", "A=1,3&a=2", "A=1,2,3"),
    .init(.combineDuplicateQueryArgsByComma, "a=A&b=a", "a=A&b=a"),
  ]

  @Test(arguments: examples)
  func rewrites(_ example: Example) {
    let input = example.input.utf8Bytes
    let question = example.transformation.openQuestions
    let (output, effect) = apply(example.transformation, to: input)
    #expect(output == example.output.utf8Bytes)
    #expect(effect.questions == (example.other == nil ? [] : question))
    let flipped = apply(example.transformation, to: input, flipping: question)
    #expect(flipped.output == (example.other ?? example.output).utf8Bytes)
  }

  @Test(arguments: PreParseTransformation.allCases)
  func tellsWhatChangedAndWhatItHangsOn(_ transformation: PreParseTransformation) {
    let question = transformation.openQuestions
    for input in Self.inputs() {
      let (output, effect) = apply(transformation, to: input)
      #expect(effect.changed == (output != input), "\(input)")
      #expect(effect.questions.isSubset(of: question), "\(input)")
      let flipped = apply(transformation, to: input, flipping: question)
      #expect((flipped.output != output) == !effect.questions.isEmpty, "\(input)")
      #expect(flipped.effect.changed == (flipped.output != input), "\(input)")
      #expect(flipped.effect.questions == effect.questions, "\(input)")
    }
  }

  @Test(arguments: PreParseTransformation.allCases)
  func keepsOnlyWhatCannotChange(_ transformation: PreParseTransformation) {
    var generator = SplitMix(state: 22)
    for whole in Self.inputs() {
      let start = Array(whole.prefix(Int.random(in: 0...whole.count, using: &generator)))
      guard let kept = transformation.keptPrefix(of: start.span) else { continue }
      for flipping in [[], transformation.openQuestions] {
        let part = apply(transformation, to: Array(start.prefix(kept)), flipping: flipping).output
        let all = apply(transformation, to: whole, flipping: flipping).output
        #expect(all.starts(with: part), "\(start) of \(whole)")
      }
    }
  }

  @Test func knowsTheNamesOfTheAPI() {
    for transformation in PreParseTransformation.allCases {
      #expect(PreParseTransformation(wireName: transformation.wireName) == transformation)
    }
    #expect(PreParseTransformation(wireName: "LOWERCASE") == nil)
  }

  static func inputs() -> [[UInt8]] {
    var generator = SplitMix(state: 21)
    let pieces = ["a", "A", "b", "=", "&", "&", ";", "+", "%26", "%u0061", "%", "1"]
    return (0..<8_000).map { _ in
      (0..<Int.random(in: 0...12, using: &generator)).flatMap { _ in
        (pieces.randomElement(using: &generator) ?? "").utf8Bytes
      }
    }
  }

  private func apply(
    _ transformation: PreParseTransformation, to input: [UInt8], flipping: OpenQuestions = []
  ) -> (output: [UInt8], effect: TransformEffect) {
    var output = Array("left over".utf8)
    let effect = transformation.apply(to: input.span, into: &output, flipping: flipping)
    return (effect.changed ? output : input, effect)
  }
}
