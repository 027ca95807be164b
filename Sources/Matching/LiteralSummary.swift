/// What is known of the text that a part of a pattern consumes.
///
/// The sets may hold more than the part can match, never less: everything here stays sound where
/// strings are added, cut at their far end, or replaced by the empty string.
struct LiteralSummary {
  /// Every text begins with one of these.
  private(set) var prefixes: LiteralSet
  /// Every text ends with one of these.
  private(set) var suffixes: LiteralSet
  /// Whether the prefixes, and likewise the suffixes, are the whole texts.
  private(set) var isExact: Bool
  /// Every text holds one of these somewhere: the best of what was found inside the part.
  private(set) var inner: LiteralSet?

  /// Text of which nothing is known.
  static let anything = LiteralSummary(
    prefixes: .empty, suffixes: .empty, isExact: false, inner: nil)
  /// No text: anchors, lookarounds, comments.
  static let nothing = LiteralSummary(exactly: .empty)

  private init(
    prefixes: LiteralSet, suffixes: LiteralSet, isExact: Bool, inner: LiteralSet?
  ) {
    self.prefixes = prefixes
    self.suffixes = suffixes
    self.isExact = isExact
    self.inner = inner
  }

  /// A part that matches the strings of `set` and nothing else.
  init(exactly set: LiteralSet) {
    self.init(exactly: set, inner: nil)
  }

  private init(exactly set: LiteralSet, inner: LiteralSet?) {
    prefixes = set.cutPrefixes
    suffixes = set.cutSuffixes
    isExact = set.isWithinLimits
    self.inner = inner
  }

  /// The set to look for: of those of which every text holds a string, the one that costs least.
  var best: LiteralSet? {
    Self.cheapest([prefixes, isExact ? nil : suffixes, inner])
  }

  private static func cheapest(_ sets: [LiteralSet?]) -> LiteralSet? {
    var best: (set: LiteralSet, cost: Double)?
    for case let set? in sets where !set.holdsEmpty {
      let cost = set.cost
      if cost < best?.cost ?? .infinity { best = (set, cost) }
    }
    return best?.set
  }

  /// This part and `next` behind it.
  func followed(by next: LiteralSummary) -> LiteralSummary {
    if isExact, next.isExact, let whole = prefixes.followed(by: next.prefixes) {
      // The few strings of a half may be better than the many of the whole.
      let count = whole.strings.count
      return LiteralSummary(
        exactly: whole,
        inner: Self.cheapest([
          count > prefixes.strings.count ? best : inner,
          count > next.prefixes.strings.count ? next.best : next.inner,
        ]))
    }
    // Where both halves are exact but the product is too large, the halves are what is known.
    let joint = suffixes.followed(by: next.prefixes)
    let longPrefixes = isExact ? prefixes.followed(by: next.prefixes) : nil
    let longSuffixes = next.isExact ? suffixes.followed(by: next.suffixes) : nil
    return LiteralSummary(
      prefixes: (longPrefixes ?? prefixes).cutPrefixes,
      suffixes: (longSuffixes ?? next.suffixes).cutSuffixes,
      isExact: false, inner: Self.cheapest([best, next.best, joint]))
  }

  /// One of some parts.
  init(oneOf parts: [LiteralSummary]) {
    let prefixes = LiteralSet(union: parts.map(\.prefixes))
    let suffixes = LiteralSet(union: parts.map(\.suffixes))
    isExact = prefixes.isWithinLimits && suffixes.isWithinLimits && parts.allSatisfy(\.isExact)
    inner = nil
    // Of exact parts the strings themselves say all there is.
    if !isExact {
      let best = parts.compactMap(\.best)
      let union = LiteralSet(union: best).withoutRedundant
      if best.count == parts.count, union.isWithinLimits { inner = union }
    }
    self.prefixes = prefixes.cutPrefixes
    self.suffixes = suffixes.cutSuffixes
  }

  /// This part `count` times, at least once; `isOpen` where there may be more.
  func repeated(_ count: Int, isOpen: Bool) -> LiteralSummary {
    var whole = self
    // More copies than this add nothing to a needle. A text of more copies begins and ends with
    // what one of fewer begins and ends with.
    let copies = min(count, 8)
    for _ in 1..<copies { whole = whole.followed(by: self) }
    if isOpen || copies < count {
      whole.inner = whole.best
      whole.isExact = false
    }
    return whole
  }

  /// This part or nothing at all; `isOpen` where it may come more than once.
  func optional(isOpen: Bool) -> LiteralSummary {
    isOpen ? .anything : LiteralSummary(oneOf: [self, .nothing])
  }
}
