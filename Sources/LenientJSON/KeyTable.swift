import Bytes

/// The keys of the objects of one text: tells a key that its object has already.
///
/// One open-addressed table for all objects, so that an object of ten thousand keys costs ten
/// thousand look-ups.
struct KeyTable: Sendable {
  private struct Entry {
    var object: Int
    var hash: UInt64
    var name: KeyName
    /// As written, between the quotes.
    var spelling: ByteRange
  }

  /// What a key is to those before it in its object.
  enum Finding {
    case new
    /// One of them is the same, but written otherwise.
    case respelt
    case repeated
  }

  private var entries: ContiguousArray<Entry> = []
  // One more than the place in `entries`; 0 is free. A power of two of them.
  private var table = ContiguousArray<Int32>(repeating: 0, count: 64)

  mutating func removeAll() {
    guard !entries.isEmpty else { return }
    entries.removeAll(keepingCapacity: true)
    for index in table.indices { table[index] = 0 }
  }

  /// Adds a key to those of its object.
  mutating func insert(
    _ name: KeyName, writtenAt spelling: ByteRange, of object: Int, text: Span<UInt8>,
    decoded: [UInt8]
  ) -> Finding {
    var finding = Finding.new
    if (entries.count + 1) * 2 > table.count { grow() }
    let hash =
      name.isDecoded
      ? Self.hash(decoded.span.extracting(name.range.bounds), object)
      : Self.hash(text.extracting(name.range.bounds), object)
    let mask = table.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while table[slot] != 0 {
      let entry = entries[Int(table[slot]) - 1]
      if entry.hash == hash, entry.object == object,
        Self.areEqual(entry.name, name, text: text, decoded: decoded)
      {
        let written = text.extracting(entry.spelling.bounds)
        if written.equals(text.extracting(spelling.bounds)) { return .repeated }
        finding = .respelt
      }
      slot = (slot + 1) & mask
    }
    entries.append(Entry(object: object, hash: hash, name: name, spelling: spelling))
    table[slot] = Int32(truncatingIfNeeded: entries.count)
    return finding
  }

  private mutating func grow() {
    table = ContiguousArray(repeating: 0, count: table.count * 2)
    let mask = table.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while table[slot] != 0 { slot = (slot + 1) & mask }
      table[slot] = Int32(truncatingIfNeeded: index + 1)
    }
  }

  private static func areEqual(
    _ left: KeyName, _ right: KeyName, text: Span<UInt8>, decoded: [UInt8]
  ) -> Bool {
    let first =
      left.isDecoded
      ? decoded.span.extracting(left.range.bounds) : text.extracting(left.range.bounds)
    let second =
      right.isDecoded
      ? decoded.span.extracting(right.range.bounds) : text.extracting(right.range.bounds)
    return first.equals(second)
  }

  /// FNV-1a, its bits mixed once more because the low ones choose the slot.
  private static func hash(_ bytes: Span<UInt8>, _ object: Int) -> UInt64 {
    var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: object) &* 0x9E37_79B9_7F4A_7C15
    for index in bytes.indices {
      hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
    }
    return hash ^ (hash >> 32)
  }
}
