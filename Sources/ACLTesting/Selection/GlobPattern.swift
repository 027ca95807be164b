/// A pattern for paths and hosts: `*` stands for any bytes but `/`, `**` for any bytes at all.
package struct GlobPattern: Hashable, Sendable {
  private enum Piece: Hashable {
    case bytes([UInt8])
    /// Whether it also stands for `/`.
    case any(acrossSlashes: Bool)
  }

  package let text: String
  private let pieces: [Piece]

  package init(_ text: String) {
    self.text = text
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "*") else {
        literal.append(byte)
        continue
      }
      if !literal.isEmpty { pieces.append(.bytes(literal)) }
      literal = []
      let stars = rest.prefix { $0 == UInt8(ascii: "*") }.count
      rest = rest.dropFirst(stars)
      pieces.append(.any(acrossSlashes: stars > 0))
    }
    if !literal.isEmpty { pieces.append(.bytes(literal)) }
    self.pieces = pieces
  }

  /// Whether the pattern stands for the whole of some bytes.
  ///
  /// All ways are followed at once, so that no pattern takes long: at most the product of both
  /// lengths.
  package func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
    // The places in `bytes` that the pieces so far can end at.
    var places = [Bool](repeating: false, count: bytes.count + 1)
    places[0] = true
    for piece in pieces {
      switch piece {
      case .any(let acrossSlashes):
        for index in bytes.indices where places[index - bytes.startIndex] {
          let next = index - bytes.startIndex + 1
          if acrossSlashes || bytes[index] != UInt8(ascii: "/") { places[next] = true }
        }
      case .bytes(let literal):
        var next = [Bool](repeating: false, count: places.count)
        for start in places.indices where places[start] {
          let end = start + literal.count
          guard end < places.count else { break }
          let from = bytes.startIndex + start
          if bytes[from..<from + literal.count].elementsEqual(literal) { next[end] = true }
        }
        places = next
      }
    }
    return places[bytes.count]
  }
}
