package import DocumentTree

/// Which cookies are inspected.
///
/// Names are compared exactly, upper and lower case apart.
public enum CookieMatchPattern: Hashable, Sendable {
  /// All cookies.
  case all
  /// The cookies of these names.
  case includedCookies([String])
  /// All cookies but those of these names.
  case excludedCookies([String])

  /// The names of the choices in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// All cookies.
    case all = "All"
    /// The named cookies.
    case includedCookies = "IncludedCookies"
    /// All but the named cookies.
    case excludedCookies = "ExcludedCookies"
  }

  /// Which choice it is.
  public var kind: Kind {
    switch self {
    case .all: .all
    case .includedCookies: .includedCookies
    case .excludedCookies: .excludedCookies
    }
  }
}

extension CookieMatchPattern: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let pattern = MatchPatternReader<Kind>(cursor, in: context, all: .all)
    else { return nil }
    self =
      switch pattern.kind {
      case .all: .all
      case .includedCookies: .includedCookies(pattern.list)
      case .excludedCookies: .excludedCookies(pattern.list)
      }
  }

  package func node() -> Node {
    switch self {
    case .all: Node(kind.rawValue, Node.emptyObject)
    case .includedCookies(let list), .excludedCookies(let list): Node(kind.rawValue, list)
    }
  }
}
