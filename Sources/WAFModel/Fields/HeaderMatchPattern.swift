package import DocumentTree

/// Which headers are inspected.
///
/// The case of a name does not matter.
public enum HeaderMatchPattern: Hashable, Sendable {
  /// All headers.
  case all
  /// The headers of these names.
  case includedHeaders([String])
  /// All headers but those of these names.
  case excludedHeaders([String])

  /// The names of the choices in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// All headers.
    case all = "All"
    /// The named headers.
    case includedHeaders = "IncludedHeaders"
    /// All but the named headers.
    case excludedHeaders = "ExcludedHeaders"
  }

  /// Which choice it is.
  public var kind: Kind {
    switch self {
    case .all: .all
    case .includedHeaders: .includedHeaders
    case .excludedHeaders: .excludedHeaders
    }
  }
}

extension HeaderMatchPattern: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let pattern = MatchPatternReader<Kind>(cursor, in: context, all: .all)
    else { return nil }
    self =
      switch pattern.kind {
      case .all: .all
      case .includedHeaders: .includedHeaders(pattern.list)
      case .excludedHeaders: .excludedHeaders(pattern.list)
      }
  }

  package func node() -> Node {
    switch self {
    case .all: Node(kind.rawValue, Node.emptyObject)
    case .includedHeaders(let list), .excludedHeaders(let list): Node(kind.rawValue, list)
    }
  }
}
