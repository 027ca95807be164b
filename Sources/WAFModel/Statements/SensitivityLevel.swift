import DocumentTree

/// How readily a statement takes something for SQL injection.
public enum SensitivityLevel: String, Hashable, Sendable, CaseIterable {
  /// Fewer false positives; the default.
  case low = "LOW"
  /// More attacks are found, and more false positives.
  case high = "HIGH"
}

extension SensitivityLevel: WireWord, TreeWritable {}
