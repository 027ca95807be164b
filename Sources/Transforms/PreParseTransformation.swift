package import Behaviour
import Bytes

/// A text transformation of the raw query string, before it is split into arguments.
///
/// *Documented*: "Using pre-parse text transformations in AWS WAF", AWS WAF Developer Guide.
package enum PreParseTransformation: UInt8, CaseIterable, Hashable, Sendable {
  case none
  /// As the text transformation; that `+` becomes a space is *assumed* (Q24).
  case urlDecode
  case urlDecodeUni
  case combineDuplicateQueryArgsByComma
  case replaceSemicolonsWithAmpersands
}

extension PreParseTransformation {
  /// The name in the wafv2 API.
  package var wireName: String {
    switch self {
    case .none: "NONE"
    case .urlDecode: "URL_DECODE"
    case .urlDecodeUni: "URL_DECODE_UNI"
    case .combineDuplicateQueryArgsByComma: "COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA"
    case .replaceSemicolonsWithAmpersands: "REPLACE_SEMICOLONS_WITH_AMPERSANDS"
    }
  }

  /// The transformation of this name in the wafv2 API, nil where there is none.
  package init?(wireName: String) {
    guard let found = Self.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = found
  }

  /// The open questions that this transformation's output may depend on for some input.
  package var openQuestions: OpenQuestions {
    switch self {
    case .none, .replaceSemicolonsWithAmpersands: []
    case .urlDecode, .urlDecodeUni: .plusAsSpace
    case .combineDuplicateQueryArgsByComma: .argumentKeyCase
    }
  }

  /// Applies the transformation to a raw query string.
  ///
  /// The contract is that of ``TextTransformation/apply(to:into:flipping:)``.
  package func apply(
    to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions = []
  ) -> TransformEffect {
    switch self {
    case .none: .unchanged
    case .urlDecode: applyURLDecode(to: input, into: &output, flipping: flipping)
    case .urlDecodeUni: applyURLDecodeUni(to: input, into: &output, flipping: flipping)
    case .combineDuplicateQueryArgsByComma:
      applyCombineDuplicateQueryArgs(to: input, into: &output, flipping: flipping)
    case .replaceSemicolonsWithAmpersands: replaceSemicolons(input, into: &output)
    }
  }

  /// How much of the recorded start of a query string can be transformed without the rest.
  ///
  /// As ``TextTransformation/keptPrefix(of:)``; nil where a later argument can change an earlier.
  package func keptPrefix(of input: Span<UInt8>) -> Int? {
    switch self {
    case .none, .replaceSemicolonsWithAmpersands: input.count
    case .urlDecode: TextTransformation.urlDecode.keptPrefix(of: input)
    case .urlDecodeUni: TextTransformation.urlDecodeUni.keptPrefix(of: input)
    case .combineDuplicateQueryArgsByComma: nil
    }
  }
}

/// REPLACE_SEMICOLONS_WITH_AMPERSANDS: every `;` becomes `&`.
private func replaceSemicolons(
  _ input: Span<UInt8>, into output: inout [UInt8]
) -> TransformEffect {
  let semicolon = UInt8(ascii: ";")
  guard input.firstIndex(of: semicolon) != nil else { return .unchanged }
  mapping(input, into: &output) { block in
    block ^ (block.isByte(semicolon).ones & ByteBlock(repeating: semicolon ^ UInt8(ascii: "&")))
  }
  return TransformEffect(changed: true)
}
