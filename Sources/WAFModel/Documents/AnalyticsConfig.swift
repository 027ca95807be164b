package import DocumentTree

/// Whether the service gathers logs over Regions for its own dashboard.
///
/// It changes nothing about the evaluation.
public struct AnalyticsConfig: Hashable, Sendable {
  /// Whether it does.
  public var mode: AnalyticsMode

  /// Creates a configuration.
  public init(mode: AnalyticsMode) {
    self.mode = mode
  }
}

/// Whether the service gathers logs over Regions.
public enum AnalyticsMode: String, Hashable, Sendable, CaseIterable {
  /// It does.
  case crossRegion = "CROSS_REGION"
  /// It does not.
  case disabled = "DISABLED"
}

extension AnalyticsConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let mode = object.required("Mode", as: AnalyticsMode.self)
    object.finish()
    guard !object.isBroken, let mode else { return nil }
    self.init(mode: mode)
  }

  package func node() -> Node { Node("Mode", mode) }
}

extension AnalyticsMode: WireWord, TreeWritable {}
