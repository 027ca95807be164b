/// How much of a web ACL the tests have seen at work.
package struct Coverage: Hashable, Sendable {
  /// One rule or leaf statement.
  package struct Item: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case rule
      case leaf
    }

    package var kind: Kind
    /// The rule's path, or the statement in words: `ByteMatchStatement on uri path CONTAINS "/admin"`.
    package var name: String
    /// The rule that it belongs to.
    package var rule: String
    package var location: Finding.Location?
    /// How often it was seen to match and not to match.
    package var matches: Int
    package var misses: Int

    package init(
      kind: Kind, name: String, rule: String, location: Finding.Location? = nil,
      matches: Int = 0, misses: Int = 0
    ) {
      self.kind = kind
      self.name = name
      self.rule = rule
      self.location = location
      self.matches = matches
      self.misses = misses
    }

    /// A rule is covered when it matched; a leaf when it matched once and did not match once.
    package var isCovered: Bool {
      switch kind {
      case .rule: matches > 0
      case .leaf: matches > 0 && misses > 0
      }
    }
  }

  package var items: [Item]

  package init(items: [Item] = []) {
    self.items = items
  }

  /// Covered and all items of a kind.
  package func counts(of kind: Item.Kind) -> (covered: Int, all: Int) {
    let those = items.filter { $0.kind == kind }
    return (those.count { $0.isCovered }, those.count)
  }

  /// Percent of all items that are covered; 100 where there are none.
  package var percent: Double {
    items.isEmpty ? 100 : 100 * Double(items.count { $0.isCovered }) / Double(items.count)
  }

  package var uncovered: [Item] { items.filter { !$0.isCovered } }
}
