import DocumentTree

/// What the key of a label match statement is compared with.
public enum LabelMatchScope: String, Hashable, Sendable, CaseIterable {
  /// The end of a label, or a whole fully qualified label.
  case label = "LABEL"
  /// A run of a label's namespaces.
  case namespace = "NAMESPACE"
}

extension LabelMatchScope: WireWord, TreeWritable {}
