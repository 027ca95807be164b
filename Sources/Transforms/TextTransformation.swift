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
  case md5
  case sha256
  case hexDecode
  case sqlHexDecode
  case base64DecodeExt
  case escapeSeqDecode
  case jsDecode
  case jsDecodeExt
  case cssDecode
  case utf8ToUnicode
  case normalizePathWin
  case replaceNulls
  case replaceComments
  case removeCommentsChar
  case removeWhitespace
  case trim
  case trimLeft
  case trimRight
  case uppercase
  case cmdLine
  case cmdLineUnix
  case cmdLineWin
}

/// What applying a text transformation to one input did.
@frozen package struct TransformEffect: Hashable, Sendable {
  /// Whether the output differs from the input.
  package var changed: Bool
  /// The open questions whose other reading could give another output for this input.
  package var questions: OpenQuestions

  @inlinable package init(
    changed: Bool, questions: OpenQuestions = OpenQuestions(rawValue: 0)
  ) {
    self.changed = changed
    self.questions = questions
  }

  /// An effect that hangs on `question` where `isQuestionable` says so.
  init(changed: Bool, hangingOn question: OpenQuestions, if isQuestionable: Bool) {
    self.init(
      changed: changed, questions: isQuestionable ? question : OpenQuestions(rawValue: 0))
  }

  /// The input stands, whatever the reading.
  @inlinable package static var unchanged: TransformEffect { TransformEffect(changed: false) }
}

extension TextTransformation {
  /// The open questions that this transformation's output may depend on for some input.
  package var openQuestions: OpenQuestions {
    switch self {
    case .urlDecode, .urlDecodeUni: .plusAsSpace
    case .htmlEntityDecode: .htmlEntities
    case .normalizePath, .normalizePathWin: .emptyRelativePath
    case .base64Decode, .hexDecode, .escapeSeqDecode: .invalidEncoding
    case .removeWhitespace: .nonBreakingSpace
    case .cmdLine, .cmdLineWin: .commandLine
    case .none, .lowercase, .uppercase, .compressWhiteSpace, .removeNulls, .replaceNulls,
      .replaceComments, .removeCommentsChar, .trim, .trimLeft, .trimRight, .base64DecodeExt,
      .sqlHexDecode, .jsDecode, .jsDecodeExt, .cssDecode, .utf8ToUnicode, .cmdLineUnix, .md5,
      .sha256:
      []
    }
  }

  /// Whether applying the transformation to its own output never changes anything, whatever the
  /// reading of the open questions.
  package var isIdempotent: Bool {
    switch self {
    case .none, .lowercase, .uppercase, .compressWhiteSpace, .removeWhitespace, .trim, .trimLeft,
      .trimRight, .removeNulls, .replaceNulls, .replaceComments, .normalizePath, .normalizePathWin,
      .utf8ToUnicode, .cmdLineUnix, .cmdLineWin:
      true
    // In one reading CMD_LINE leaves the space of `,/`, and deletes it the second time. What
    // REMOVE_COMMENTS_CHAR deletes can bring the halves of a mark together.
    case .cmdLine, .removeCommentsChar, .urlDecode, .urlDecodeUni, .htmlEntityDecode,
      .base64Decode, .base64DecodeExt, .hexDecode, .sqlHexDecode, .escapeSeqDecode, .jsDecode,
      .jsDecodeExt, .cssDecode, .md5, .sha256:
      false
    }
  }

  /// Applies the transformation to `input`.
  ///
  /// What `output` had is gone where the value changes, its capacity kept. Where the effect says
  /// *not changed*, its content is unspecified and the input stands: most inputs have nothing to
  /// decode, which is told before anything is copied.
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
    switch self {
    case .none: .unchanged
    case .lowercase: applyLowercase(to: input, into: &output)
    case .urlDecode: applyURLDecode(to: input, into: &output, flipping: flipping)
    case .urlDecodeUni: applyURLDecodeUni(to: input, into: &output, flipping: flipping)
    case .htmlEntityDecode: applyHTMLEntityDecode(to: input, into: &output, flipping: flipping)
    case .compressWhiteSpace: applyCompressWhiteSpace(to: input, into: &output)
    case .normalizePath: applyNormalizePath(to: input, into: &output, flipping: flipping)
    case .base64Decode: applyBase64Decode(to: input, into: &output, flipping: flipping)
    case .removeNulls: applyRemoveNulls(to: input, into: &output)
    case .md5: applyMD5(to: input, into: &output)
    case .sha256: applySHA256(to: input, into: &output)
    case .hexDecode: applyHexDecode(to: input, into: &output, flipping: flipping)
    case .sqlHexDecode: applySQLHexDecode(to: input, into: &output)
    case .base64DecodeExt: applyBase64DecodeExt(to: input, into: &output)
    case .escapeSeqDecode: applyEscapeSeqDecode(to: input, into: &output, flipping: flipping)
    case .jsDecode: applyJSDecode(to: input, into: &output)
    case .jsDecodeExt: applyJSDecodeExt(to: input, into: &output)
    case .cssDecode: applyCSSDecode(to: input, into: &output)
    case .utf8ToUnicode: applyUTF8ToUnicode(to: input, into: &output)
    case .normalizePathWin: applyNormalizePathWin(to: input, into: &output, flipping: flipping)
    case .replaceNulls: applyReplaceNulls(to: input, into: &output)
    case .replaceComments: applyReplaceComments(to: input, into: &output)
    case .removeCommentsChar: applyRemoveCommentsChar(to: input, into: &output)
    case .removeWhitespace: applyRemoveWhitespace(to: input, into: &output, flipping: flipping)
    case .trim: applyTrim(left: true, right: true, to: input, into: &output)
    case .trimLeft: applyTrim(left: true, to: input, into: &output)
    case .trimRight: applyTrim(right: true, to: input, into: &output)
    case .uppercase: applyUppercase(to: input, into: &output)
    case .cmdLine: applyCmdLine(to: input, into: &output, flipping: flipping)
    case .cmdLineUnix: applyCmdLineUnix(to: input, into: &output)
    case .cmdLineWin: applyCmdLineWin(to: input, into: &output, flipping: flipping)
    }
  }
}
