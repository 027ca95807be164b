/// One rule over classes of tokens: which kinds may stand at each of the five places.
///
/// A rule of fewer places says nothing about what follows.
struct Pattern: Sendable {
  private let first: KindSet
  private let second: KindSet
  private let third: KindSet
  private let fourth: KindSet
  private let fifth: KindSet

  init(
    _ first: KindSet, _ second: KindSet, _ third: KindSet, _ fourth: KindSet = .anything,
    _ fifth: KindSet = .anything
  ) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
    self.fifth = fifth
  }

  /// Whether a sequence may begin with the two kinds.
  func mayBegin(with first: TokenKind, _ second: TokenKind) -> Bool {
    self.first.contains(first) && self.second.contains(second)
  }

  /// Whether a sequence that begins as it may goes on as it may.
  func continues(_ shape: Shape) -> Bool {
    !third.isDisjoint(with: shape.third) && !fourth.isDisjoint(with: shape.fourth)
      && !fifth.isDisjoint(with: shape.fifth)
  }

  /// Whether the rule holds of a sequence.
  func matches(_ shape: Shape) -> Bool {
    !first.isDisjoint(with: shape.first) && !second.isDisjoint(with: shape.second)
      && continues(shape)
  }
}

/// The kinds of a folded sequence, as sets of one kind; `end` behind the last one.
struct Shape: Hashable, Sendable {
  let first: KindSet
  let second: KindSet
  let third: KindSet
  let fourth: KindSet
  let fifth: KindSet

  init(_ tokens: TokenWindow) {
    func at(_ index: Int) -> KindSet {
      index < tokens.count ? KindSet(tokens.kind(index)) : .end
    }
    (first, second, third, fourth, fifth) = (at(0), at(1), at(2), at(3), at(4))
  }
}
