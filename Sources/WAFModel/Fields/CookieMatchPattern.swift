import Diagnostics
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
    let names = Kind.allCases.map(\.rawValue)
    guard let union = UnionReader(cursor, in: context, what: "the match pattern", names: names)
    else { return nil }
    guard let kind = Kind(rawValue: union.name) else {
      context.error(
        "unknown-value", "unknown match pattern '\(union.name)'", at: union.value.pointer,
        focus: .key, suggestion: didYouMean(union.name, among: names))
      return nil
    }
    guard kind != .all else {
      guard var object = ObjectReader(union.value, in: context) else { return nil }
      object.finish()
      self = .all
      return
    }
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let cookies = object.list(kind.rawValue, of: String.self)
    guard !object.isBroken else { return nil }
    self = kind == .includedCookies ? .includedCookies(cookies) : .excludedCookies(cookies)
  }

  package func node() -> Node {
    switch self {
    case .all: Node(kind.rawValue, Node.emptyObject)
    case .includedCookies(let names): Node(kind.rawValue, names)
    case .excludedCookies(let names): Node(kind.rawValue, names)
    }
  }
}
