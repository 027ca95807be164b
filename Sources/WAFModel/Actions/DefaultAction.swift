import Diagnostics
package import DocumentTree

/// What a web ACL does with the requests that no terminating rule took.
public enum DefaultAction: Hashable, Sendable {
  /// Lets the request through.
  case allow(AllowAction)
  /// Answers the request.
  case block(BlockAction)

  /// The names of the actions in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The action Allow.
    case allow = "Allow"
    /// The action Block.
    case block = "Block"
  }

  /// Which action it is.
  public var kind: Kind {
    switch self {
    case .allow: .allow
    case .block: .block
    }
  }
}

extension DefaultAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard
      let union = UnionReader(cursor, in: context, what: "the default action", names: names)
    else { return nil }
    switch Kind(rawValue: union.name) {
    case .allow:
      guard let body = AllowAction(reading: union.value, in: context) else { return nil }
      self = .allow(body)
    case .block:
      guard let body = BlockAction(reading: union.value, in: context) else { return nil }
      self = .block(body)
    case nil:
      context.error(
        "invalid-default-action",
        "the default action must be Allow or Block, not '\(union.name)'",
        at: union.value.pointer, focus: .key,
        suggestion: didYouMean(union.name, among: names))
      return nil
    }
  }

  package func node() -> Node {
    switch self {
    case .allow(let body): Node(kind.rawValue, body)
    case .block(let body): Node(kind.rawValue, body)
    }
  }
}
