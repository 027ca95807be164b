/// A small fixed set of integers, one bit each.
package struct BitSet: Hashable, Sendable {
  package private(set) var words: [UInt64]

  package init(capacity: Int) {
    words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
  }

  package init(capacity: Int, _ members: some Sequence<Int>) {
    self.init(capacity: capacity)
    for member in members { insert(member) }
  }

  package mutating func insert(_ member: Int) {
    words[member >> 6] |= 1 << UInt64(member & 63)
  }

  package mutating func remove(_ member: Int) {
    words[member >> 6] &= ~(1 << UInt64(member & 63))
  }

  package func contains(_ member: Int) -> Bool {
    words[member >> 6] & (1 << UInt64(member & 63)) != 0
  }

  package func intersects(_ other: BitSet) -> Bool {
    for index in words.indices where words[index] & other.words[index] != 0 { return true }
    return false
  }

  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  package mutating func removeAll() {
    for index in words.indices { words[index] = 0 }
  }

  package var members: [Int] {
    (0..<words.count * 64).filter(contains)
  }
}
