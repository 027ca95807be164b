import DocumentTree

/// Where in a component the search string must be.
public enum PositionalConstraint: String, Hashable, Sendable, CaseIterable {
  /// It is the whole component.
  case exactly = "EXACTLY"
  /// At the start.
  case startsWith = "STARTS_WITH"
  /// At the end.
  case endsWith = "ENDS_WITH"
  /// Anywhere.
  case contains = "CONTAINS"
  /// Anywhere, not next to an ASCII letter, digit or underscore.
  case containsWord = "CONTAINS_WORD"
}

extension PositionalConstraint: WireWord, TreeWritable {}
