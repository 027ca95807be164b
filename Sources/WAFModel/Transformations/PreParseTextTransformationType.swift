import Diagnostics
package import DocumentTree

/// What is done to the query string before it is split into arguments.
public enum PreParseTextTransformationType: String, Hashable, Sendable, CaseIterable {
  /// Leaves the query string as it is.
  case none = "NONE"
  /// Percent encoding is decoded.
  case urlDecode = "URL_DECODE"
  /// Percent encoding and `%u` escapes are decoded.
  case urlDecodeUni = "URL_DECODE_UNI"
  /// The values of arguments of one name are joined by commas.
  case combineDuplicateQueryArgsByComma = "COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA"
  /// Semicolons become ampersands.
  case replaceSemicolonsWithAmpersands = "REPLACE_SEMICOLONS_WITH_AMPERSANDS"
}

extension PreParseTextTransformationType: TreeReadable, TreeWritable {
  // No `WireWord`: AWS adds transformations, so that an unknown one may be allowed.
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let name = String(reading: cursor, in: context) else { return nil }
    guard let type = Self(rawValue: name) else {
      context.unknownName(
        "unknown-transformation", "unknown pre-parse text transformation '\(name)'",
        at: cursor.pointer, focus: .value,
        suggestion: didYouMean(name, among: Self.allCases.map(\.rawValue)))
      return nil
    }
    self = type
  }
}
