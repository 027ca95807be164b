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
    /// Where it is in `table`.
    var slot: Int32
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
    // A table that one text made large is not to cost all later ones.
    if entries.count * 8 < table.count {
      for entry in entries { table[Int(entry.slot)] = 0 }
    } else {
      for index in table.indices { table[index] = 0 }
    }
    entries.removeAll(keepingCapacity: true)
  }

  /// Adds a key to those of its object.
  ///
  /// `hash` is ``hash(_:)`` of the name's bytes.
  mutating func insert(
    _ name: KeyName, hash: UInt64, writtenAt spelling: ByteRange, of object: Int,
    text: Span<UInt8>, decoded: [UInt8]
  ) -> Finding {
    var finding = Finding.new
    if (entries.count + 1) * 2 > table.count { grow() }
    let hash = Self.mixed(hash ^ UInt64(truncatingIfNeeded: object) &* 0x9E37_79B9_7F4A_7C15)
    let mask = table.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while table[slot] != 0 {
      let entry = entries[Int(table[slot]) - 1]
      if entry.hash == hash, entry.object == object,
        Self.areEqual(entry.name, name, text: text, decoded: decoded)
      {
        // Two names without escapes are written as they are.
        if !entry.name.isDecoded && !name.isDecoded { return .repeated }
        let written = text.extracting(entry.spelling.bounds)
        if written.equals(text.extracting(spelling.bounds)) { return .repeated }
        finding = .respelt
      }
      slot = (slot + 1) & mask
    }
    entries.append(
      Entry(
        object: object, hash: hash, name: name, spelling: spelling,
        slot: Int32(truncatingIfNeeded: slot)))
    table[slot] = Int32(truncatingIfNeeded: entries.count)
    return finding
  }

  private mutating func grow() {
    table = ContiguousArray(repeating: 0, count: table.count * 2)
    let mask = table.count - 1
    for index in entries.indices {
      var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
      while table[slot] != 0 { slot = (slot + 1) & mask }
      table[slot] = Int32(truncatingIfNeeded: index + 1)
      entries[index].slot = Int32(truncatingIfNeeded: slot)
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

  /// The hash of a name's bytes, eight at a time.
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index < bytes.count {
      let left = min(bytes.count &- index, 8)
      var word: UInt64 = 0
      for offset in 0..<left {
        word |= UInt64(bytes[index &+ offset]) &<< UInt64(truncatingIfNeeded: offset &* 8)
      }
      hash = mixed(hash ^ word)
      index &+= left
    }
    return hash
  }

  /// Both halves of the product, so that the low bits, which choose the slot, hang on all of them.
  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
