/// How much a diagnostic matters.
public enum Severity: String, Hashable, Sendable, CaseIterable {
  /// The document can't be used.
  case error
  /// The document can be used, but probably does not say what its writer meant.
  case warning
  /// Something worth knowing.
  case note
}
