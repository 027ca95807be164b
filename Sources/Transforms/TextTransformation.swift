package import Behaviour

/// A text transformation of AWS WAF.
///
/// What AWS documents, what is assumed and what is an open question stands with each algorithm, one
/// file each.
package enum TextTransformation: UInt8, CaseIterable, Hashable, Sendable {
  case none
  case lowercase
  case urlDecode
  case urlDecodeUni
  case htmlEntityDecode
  case compressWhiteSpace
  case normalizePath
  case base64Decode
  case removeNulls
}

/// What applying a text transformation to one input did.
package struct TransformEffect: Hashable, Sendable {
  /// Whether the output differs from the input.
  package var changed: Bool
  /// The open questions whose other reading could give another output for this input.
  package var questions: OpenQuestions

  package init(changed: Bool, questions: OpenQuestions = []) {
    self.changed = changed
    self.questions = questions
  }

  /// The input stands, whatever the reading.
  package static let unchanged = TransformEffect(changed: false)
}

extension TextTransformation {
  /// The open questions that this transformation's output may depend on for some input.
  package var openQuestions: OpenQuestions {
    switch self {
    case .none, .lowercase, .compressWhiteSpace, .removeNulls: []
    case .urlDecode, .urlDecodeUni: .plusAsSpace
    case .htmlEntityDecode: .htmlEntities
    case .normalizePath: .emptyRelativePath
    case .base64Decode: .invalidEncoding
    }
  }

  /// Applies the transformation to `input`.
  ///
  /// `output` is emptied first, its capacity kept. Where the effect says *not changed*, its content
  /// is unspecified and the input stands: most inputs have nothing to decode and are not copied.
  /// Any bytes are a valid input.
  ///
  /// - Parameters:
  ///   - input: the value; may not be storage of `output`.
  ///   - output: receives the transformed value.
  ///   - flipping: the open questions to be answered with the other reading.
  /// - Returns: whether the value changed, and which questions it hangs on. The questions are those
  ///   of the input and do not depend on `flipping`.
  package func apply(
    to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions = []
  ) -> TransformEffect {
    output.removeAll(keepingCapacity: true)
    return switch self {
    case .none: .unchanged
    case .lowercase: applyLowercase(to: input, into: &output)
    case .urlDecode: applyURLDecode(to: input, into: &output, flipping: flipping)
    case .urlDecodeUni: applyURLDecodeUni(to: input, into: &output, flipping: flipping)
    case .htmlEntityDecode: applyHTMLEntityDecode(to: input, into: &output, flipping: flipping)
    case .compressWhiteSpace: applyCompressWhiteSpace(to: input, into: &output)
    case .normalizePath: applyNormalizePath(to: input, into: &output, flipping: flipping)
    case .base64Decode: applyBase64Decode(to: input, into: &output, flipping: flipping)
    case .removeNulls: applyRemoveNulls(to: input, into: &output)
    }
  }
}
