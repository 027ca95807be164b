import DocumentTree

/// What a statement does where what it inspects can't be determined.
public enum FallbackBehavior: String, Hashable, Sendable, CaseIterable {
  /// It matches.
  case match = "MATCH"
  /// It does not match.
  case noMatch = "NO_MATCH"
}

extension FallbackBehavior: WireWord, TreeWritable {}
