package import DocumentTree

/// Which elements of a JSON body are inspected.
///
/// Paths are JSON pointers (RFC 6901).
public enum JsonMatchPattern: Hashable, Sendable {
  /// All elements of a JSON body.
  case all
  /// The elements at and below these paths.
  case includedPaths([String])

  /// The names of the choices in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// All elements of a JSON body.
    case all = "All"
    /// The elements at some paths.
    case includedPaths = "IncludedPaths"
  }

  /// Which choice it is.
  public var kind: Kind {
    switch self {
    case .all: .all
    case .includedPaths: .includedPaths
    }
  }
}

extension JsonMatchPattern: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let pattern = MatchPatternReader<Kind>(cursor, in: context, all: .all)
    else { return nil }
    self =
      switch pattern.kind {
      case .all: .all
      case .includedPaths: .includedPaths(pattern.list)
      }
  }

  package func node() -> Node {
    switch self {
    case .all: Node(kind.rawValue, Node.emptyObject)
    case .includedPaths(let list): Node(kind.rawValue, list)
    }
  }
}
