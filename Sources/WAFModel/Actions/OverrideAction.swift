import Diagnostics
package import DocumentTree

/// What becomes of the outcome of a rule group.
public enum OverrideAction: Hashable, Sendable {
  /// The outcome stands.
  case none
  /// A terminating outcome is counted, and the evaluation goes on.
  case count(CountAction)

  /// The names of the actions in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The outcome stands.
    case none = "None"
    /// A terminating outcome is counted.
    case count = "Count"
  }

  /// Which action it is.
  public var kind: Kind {
    switch self {
    case .none: .none
    case .count: .count
    }
  }
}

extension OverrideAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard
      let union = UnionReader(cursor, in: context, what: "the override action", names: names)
    else { return nil }
    guard let kind = Kind(rawValue: union.name) else {
      context.error(
        "unknown-action", "the override action must be None or Count, not '\(union.name)'",
        at: union.value.pointer, focus: .key,
        suggestion: didYouMean(union.name, among: names))
      return nil
    }
    switch kind {
    case .none:
      guard var object = ObjectReader(union.value, in: context) else { return nil }
      object.finish()
      self = .none
    case .count:
      guard let body = CountAction(reading: union.value, in: context) else { return nil }
      self = .count(body)
    }
  }

  package func node() -> Node {
    switch self {
    case .none: Node(kind.rawValue, Node.emptyObject)
    case .count(let body): Node(kind.rawValue, body)
    }
  }
}
