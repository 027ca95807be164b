import DocumentTree

/// What a statement does where the body is not the JSON that it should be.
public enum BodyParsingFallbackBehavior: String, Hashable, Sendable, CaseIterable {
  /// It matches.
  case match = "MATCH"
  /// It does not match.
  case noMatch = "NO_MATCH"
  /// It inspects the body as plain text.
  case evaluateAsString = "EVALUATE_AS_STRING"
}

extension BodyParsingFallbackBehavior: WireWord, TreeWritable {}
