/// The condition of a rule over the program's leaves.
///
/// The compiler hands it in and explanations walk it; the hot path runs the jump code made from it.
package indirect enum Formula: Hashable, Sendable {
  case leaf(LeafIndex)
  case and([Formula])
  case or([Formula])
  case not(Formula)

  /// The leaves in the order of the document, each once.
  package var leaves: [LeafIndex] {
    var found: [LeafIndex] = []
    collect(into: &found)
    return found
  }

  /// The leaves that stand under an odd number of NOTs at one place and not at another.
  package var mixedLeaves: [LeafIndex] {
    var plain: Set<LeafIndex> = []
    var negated: Set<LeafIndex> = []
    sort(isNegated: false, &plain, &negated)
    return leaves.filter { plain.contains($0) && negated.contains($0) }
  }

  private func sort(
    isNegated: Bool, _ plain: inout Set<LeafIndex>, _ negated: inout Set<LeafIndex>
  ) {
    switch self {
    case .leaf(let leaf):
      if isNegated { negated.insert(leaf) } else { plain.insert(leaf) }
    case .and(let parts), .or(let parts):
      for part in parts { part.sort(isNegated: isNegated, &plain, &negated) }
    case .not(let part): part.sort(isNegated: !isNegated, &plain, &negated)
    }
  }

  private func collect(into found: inout [LeafIndex]) {
    switch self {
    case .leaf(let leaf):
      if !found.contains(leaf) { found.append(leaf) }
    case .and(let parts), .or(let parts):
      for part in parts { part.collect(into: &found) }
    case .not(let part):
      part.collect(into: &found)
    }
  }
}
