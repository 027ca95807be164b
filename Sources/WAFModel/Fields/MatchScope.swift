import DocumentTree

/// Which parts of headers, cookies or JSON elements are inspected.
public enum MatchScope: String, Hashable, Sendable, CaseIterable {
  /// Keys and values.
  case all = "ALL"
  /// Keys only.
  case key = "KEY"
  /// Values only.
  case value = "VALUE"
}

extension MatchScope: WireWord, TreeWritable {}
