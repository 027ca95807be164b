import DocumentTree

/// How a size is compared: `size(component) OP Size`.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  /// Equal.
  case eq = "EQ"
  /// Not equal.
  case ne = "NE"
  /// Less or equal.
  case le = "LE"
  /// Less.
  case lt = "LT"
  /// Greater or equal.
  case ge = "GE"
  /// Greater.
  case gt = "GT"
}

extension ComparisonOperator: WireWord, TreeWritable {}
