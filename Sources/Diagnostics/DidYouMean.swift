/// The one of some words that was probably meant by a misspelt one.
///
/// The distance counts insertions, deletions, substitutions and swaps of neighbours
/// (Damerau-Levenshtein, each piece edited once) and ignores case; among equal distances the
/// word that also agrees in case wins, then the earlier one. A third of the word may be wrong.
///
/// - Returns: `nil` where nothing is near, or where the word itself is among the candidates.
public func didYouMean(_ word: String, among candidates: [String]) -> String? {
  let longest = 160  // The cost is quadratic and the word comes from outside.
  let spelt = Array(word.unicodeScalars)
  guard !spelt.isEmpty, spelt.count <= longest, !candidates.contains(word) else { return nil }
  let folded = Array(word.lowercased().unicodeScalars)
  let tolerance = max(1, spelt.count / 3)
  var best: (word: String, distance: Int, exactDistance: Int)?
  for candidate in candidates {
    let scalars = Array(candidate.unicodeScalars)
    guard !scalars.isEmpty, abs(scalars.count - spelt.count) <= tolerance else { continue }
    let distance = editDistance(folded, Array(candidate.lowercased().unicodeScalars))
    // Of a very short word a single edit leaves nothing of what was written.
    guard distance <= tolerance, distance < max(1, spelt.count) else { continue }
    let exactDistance = editDistance(spelt, scalars)
    if let best, (best.distance, best.exactDistance) <= (distance, exactDistance) { continue }
    best = (candidate, distance, exactDistance)
  }
  return best?.word
}

/// The number of edits between two words (optimal string alignment).
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  guard !left.isEmpty else { return right.count }
  guard !right.isEmpty else { return left.count }
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  var current = previous
  for row in 1...left.count {
    current[0] = row
    for column in 1...right.count {
      let substitution = left[row - 1] == right[column - 1] ? 0 : 1
      var distance = min(
        previous[column] + 1, current[column - 1] + 1, previous[column - 1] + substitution)
      if row > 1, column > 1, left[row - 1] == right[column - 2],
        left[row - 2] == right[column - 1]
      {
        distance = min(distance, beforePrevious[column - 2] + 1)
      }
      current[column] = distance
    }
    (beforePrevious, previous, current) = (previous, current, beforePrevious)
  }
  return previous[right.count]
}
