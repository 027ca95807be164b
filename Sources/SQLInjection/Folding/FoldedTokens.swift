/// The tokens that folding leaves of a value: at most five.
package struct FoldedTokens: Hashable, Sendable {
  /// The longest sequence that the decision looks at.
  static let maximumCount = 5

  private var slots = InlineArray<5, Token>(repeating: .absent)
  package private(set) var count = 0

  /// One token alone.
  init(_ token: Token) {
    slots[0] = token
    count = 1
  }

  /// What stands in a window in the end.
  init(_ window: TokenWindow) {
    count = min(window.count, Self.maximumCount)
    for index in 0..<count { slots[index] = window[index] }
  }

  package subscript(_ index: Int) -> Token { slots[index] }

  package static func == (first: FoldedTokens, second: FoldedTokens) -> Bool {
    first.count == second.count && (0..<first.count).allSatisfy { first[$0] == second[$0] }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for index in 0..<count { hasher.combine(slots[index]) }
  }
}
