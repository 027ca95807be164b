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
