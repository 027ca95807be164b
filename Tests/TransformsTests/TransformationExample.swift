import Testing
import Transforms

/// An input of a transformation, and what becomes of it.
struct TransformationExample: CustomTestStringConvertible {
  var transformation: TextTransformation
  var input: [UInt8]
  var output: [UInt8]
  /// The output of the other reading of the transformation's open question; nil where the readings
  /// agree.
  var other: [UInt8]?

  var testDescription: String {
    "\(transformation) \(String(decoding: input, as: UTF8.self).debugDescription)"
  }

  init(
    _ transformation: TextTransformation, _ input: String, _ output: String, _ other: String? = nil
  ) {
    self.init(
      transformation, Array(input.utf8), Array(output.utf8), other.map { Array($0.utf8) })
  }

  init(
    _ transformation: TextTransformation, _ input: [UInt8], _ output: [UInt8],
    _ other: [UInt8]? = nil
  ) {
    self.transformation = transformation
    self.input = input
    self.output = output
    self.other = other
  }

  /// Expects both outputs, and that the question is named exactly where they differ.
  func check(sourceLocation: SourceLocation = #_sourceLocation) {
    let question = transformation.openQuestions
    let (actual, effect) = transformation.applied(to: input)
    #expect(actual == output, sourceLocation: sourceLocation)
    #expect(effect.changed == (output != input), sourceLocation: sourceLocation)
    #expect(effect.questions == (other == nil ? [] : question), sourceLocation: sourceLocation)
    let flipped = transformation.applied(to: input, flipping: question)
    #expect(flipped.output == other ?? output, sourceLocation: sourceLocation)
  }
}
