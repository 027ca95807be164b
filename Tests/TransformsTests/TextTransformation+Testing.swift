import Behaviour
import Bytes
import Transforms

extension TextTransformation {
  /// The output for `input`, copied where nothing changed, and the effect.
  func applied(
    to input: [UInt8], flipping: OpenQuestions = []
  ) -> (output: [UInt8], effect: TransformEffect) {
    // What an earlier value left must not show.
    var output = Array("left over".utf8)
    let effect = apply(to: input.span, into: &output, flipping: flipping)
    return (effect.changed ? output : input, effect)
  }
}

extension String {
  var utf8Bytes: [UInt8] { Array(utf8) }
}
