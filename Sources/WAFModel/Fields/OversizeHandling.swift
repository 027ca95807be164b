import DocumentTree

/// What happens where a component is larger than what AWS WAF inspects.
public enum OversizeHandling: String, Hashable, Sendable, CaseIterable {
  /// The part within the limit is inspected.
  case `continue` = "CONTINUE"
  /// The statement matches.
  case match = "MATCH"
  /// The statement does not match.
  case noMatch = "NO_MATCH"
}

extension OversizeHandling: WireWord, TreeWritable {}
