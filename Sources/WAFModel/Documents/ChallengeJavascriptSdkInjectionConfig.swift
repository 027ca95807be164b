package import DocumentTree

/// CloudFront puts the script for challenges into the pages that it returns.
///
/// It has no settings: that it is there turns the insertion on. It changes nothing about the
/// evaluation.
public struct ChallengeJavascriptSdkInjectionConfig: Hashable, Sendable {
  /// Creates a configuration.
  public init() {}
}

extension ChallengeJavascriptSdkInjectionConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    object.finish()
    self.init()
  }

  package func node() -> Node { Node.emptyObject }
}
