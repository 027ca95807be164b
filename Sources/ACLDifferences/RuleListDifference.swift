import Diagnostics

/// How two lists of rules differ.
struct RuleListDifference {
  enum Step {
    case added(RankedRule)
    case removed(RankedRule)
    /// The same content under another name.
    case renamed(from: RankedRule, to: RankedRule)
    /// Where it stands now, and where it stood.
    case moved(RankedRule, String)
    case changed(RankedRule, [String])
  }

  /// In the evaluation order of the new list; what is gone comes last.
  private(set) var steps: [Step] = []

  /// - Parameters: both in evaluation order.
  init(_ old: [RankedRule], _ new: [RankedRule]) {
    let partners = Self.partners(old, new)
    let moved = Self.moved(partners)
    for (place, rule) in new.enumerated() {
      guard let partner = partners[place] else {
        steps.append(.added(rule))
        continue
      }
      let previous = old[partner]
      if previous.name != rule.name { steps.append(.renamed(from: previous, to: rule)) }
      if moved.contains(place) {
        let text = "now \(Self.place(place, in: new)), was \(Self.place(partner, in: old))"
        steps.append(.moved(rule, text))
      }
      let lines = MemberDifference(previous.meaning, rule.meaning).lines
      if !lines.isEmpty { steps.append(.changed(rule, lines)) }
    }
    let kept = Set(partners.compactMap { $0 })
    steps += old.indices.filter { !kept.contains($0) }.map { .removed(old[$0]) }
  }

  /// For each new rule the place of the old one that it was.
  private static func partners(_ old: [RankedRule], _ new: [RankedRule]) -> [Int?] {
    var byName = places(old.indices, by: { old[$0].name })
    var partners: [Int?] = new.map { take(&byName, $0.name) }
    let kept = Set(partners.compactMap { $0 })
    var byContent = places(old.indices.filter { !kept.contains($0) }, by: { old[$0].content })
    for place in new.indices where partners[place] == nil {
      partners[place] = take(&byContent, new[place].content)
    }
    return partners
  }

  private static func places<Key: Hashable>(
    _ indices: some Sequence<Int>, by key: (Int) -> Key
  ) -> [Key: [Int]] {
    Dictionary(grouping: indices, by: key)
  }

  /// The first place that is left under a key.
  private static func take<Key: Hashable>(_ places: inout [Key: [Int]], _ key: Key) -> Int? {
    guard var list = places[key], !list.isEmpty else { return nil }
    let first = list.removeFirst()
    places[key] = list
    return first
  }

  /// The places in the new list of those that stand otherwise among the ones that stay.
  ///
  /// The fewest of which it can be said: all but those of a longest run that kept its order.
  private static func moved(_ partners: [Int?]) -> Set<Int> {
    let stays = partners.indices.filter { partners[$0] != nil }
    let places = partners.compactMap { $0 }
    var length = [Int](repeating: 1, count: places.count)
    var previous = [Int?](repeating: nil, count: places.count)
    for index in places.indices {
      for earlier in 0..<index
      where places[earlier] < places[index] && length[earlier] + 1 > length[index] {
        length[index] = length[earlier] + 1
        previous[index] = earlier
      }
    }
    var moved = Set(stays)
    var current = length.indices.max { length[$0] < length[$1] }
    while let index = current {
      moved.remove(stays[index])
      current = previous[index]
    }
    return moved
  }

  private static func place(_ place: Int, in rules: [RankedRule]) -> String {
    place == 0 ? "first" : "after \"\(printable(rules[place - 1].name))\""
  }
}
