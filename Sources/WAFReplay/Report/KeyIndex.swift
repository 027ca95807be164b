import Bytes

/// Keys with their hashes, found again by both; each has the place at which it was added.
///
/// The bytes of all keys lie one behind the other, so that a search touches one word of the table
/// and one run of bytes, and counts no references.
struct KeyIndex: Sendable {
  private var bytes: [UInt8] = []
  private var keys: ContiguousArray<Key> = []
  /// Open addressing: the high half of a hash, then one more than the place of the key; 0 is a free
  /// cell.
  ///
  /// Its size is a power of two, and at least twice the number of keys.
  private var cells: ContiguousArray<UInt64> = []

  private struct Key {
    var hash: UInt64
    var start: Int
    var count: Int

    var bounds: Range<Int> { start..<start + count }
  }

  /// The place of a key.
  @inline(__always)
  func place(of key: Span<UInt8>, _ hash: UInt64) -> Int? {
    guard !cells.isEmpty else { return nil }
    let mask = cells.count - 1
    var cell = Int(truncatingIfNeeded: hash) & mask
    while cells[cell] != 0 {
      if (cells[cell] ^ hash) >> 32 == 0 {
        let place = Int(truncatingIfNeeded: cells[cell] & 0xFFFF_FFFF) - 1
        if isKey(key, at: place) { return place }
      }
      cell = (cell + 1) & mask
    }
    return nil
  }

  /// Whether a key is the one that was added last.
  func isLast(_ key: Span<UInt8>) -> Bool {
    !keys.isEmpty && isKey(key, at: keys.count - 1)
  }

  @inline(__always)
  private func isKey(_ key: Span<UInt8>, at place: Int) -> Bool {
    let known = keys[place]
    guard known.count == key.count else { return false }
    return bytes.span.extracting(known.bounds).equals(key)
  }

  /// Adds a key that is not there.
  mutating func append(_ key: Span<UInt8>, _ hash: UInt64) {
    keys.append(Key(hash: hash, start: bytes.count, count: key.count))
    bytes.append(contentsOf: key)
    if keys.count * 2 > cells.count {
      rebuildCells()
    } else {
      setCell(of: keys.count - 1)
    }
  }

  private mutating func rebuildCells() {
    var size = 16
    while size < keys.count * 4 { size *= 2 }
    cells = ContiguousArray(repeating: 0, count: size)
    for place in keys.indices { setCell(of: place) }
  }

  private mutating func setCell(of place: Int) {
    let hash = keys[place].hash
    let mask = cells.count - 1
    var cell = Int(truncatingIfNeeded: hash) & mask
    while cells[cell] != 0 { cell = (cell + 1) & mask }
    cells[cell] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: place + 1)
  }

  func hash(at place: Int) -> UInt64 { keys[place].hash }

  func key(at place: Int) -> [UInt8] { Array(bytes[keys[place].bounds]) }

  func withKey(at place: Int, _ body: (Span<UInt8>) -> Void) {
    body(bytes.span.extracting(keys[place].bounds))
  }
}
