// The data section of a MaxMind database: values behind control bytes, maps and arrays inline or
// behind pointers. The library skips what it does not look for by recursion without a limit, and
// follows every pointer of the metadata, so a hostile file could end the process. This check comes
// first.

/// Whether values in a data section can be handed to the library.
enum RecordStructure {
  /// How deep maps and arrays may lie in one another; MaxMind's own go to five.
  private static let depthLimit = 32
  /// How many values one record may have; MaxMind's own have some hundreds.
  private static let valueLimit = 65_536

  private static let pointer = 1
  private static let map = 7
  private static let array = 11
  private static let boolean = 14
  /// Where the marker lies that ends the types of values.
  private static let lastType = 15

  /// Whether the value at `start` lies within `bytes` and is nested no deeper than the limit.
  ///
  /// Pointers are not followed: each value that is looked into has a check of its own.
  ///
  /// - Parameter refusesSharedContainers: whether a pointer to a map, an array or another pointer is
  ///   refused, as the library follows them all.
  static func isSound(
    _ bytes: Span<UInt8>, at start: Int, refusesSharedContainers: Bool = false
  ) -> Bool {
    var reader = Reader(bytes: bytes, offset: start)
    var open = [32 of Int](repeating: 0)
    var depth = 0
    open[0] = 1
    var count = 0
    while depth >= 0 {
      guard open[depth] > 0 else {
        depth -= 1
        continue
      }
      open[depth] -= 1
      count += 1
      guard count <= valueLimit, let value = reader.next() else { return false }
      switch value.type {
      case pointer:
        if refusesSharedContainers, !isPlain(bytes, at: value.size) { return false }
      case map, array:
        guard depth + 1 < depthLimit, value.size <= valueLimit else { return false }
        depth += 1
        open[depth] = value.type == map ? value.size * 2 : value.size
      case boolean: break
      default: guard reader.skip(value.size) else { return false }
      }
    }
    return true
  }

  /// Whether a map stands at `offset`, or an array where one is asked for.
  static func isContainer(_ bytes: Span<UInt8>, at offset: Int, isArray: Bool) -> Bool {
    var reader = Reader(bytes: bytes, offset: offset)
    return reader.next()?.type == (isArray ? array : map)
  }

  private static func isPlain(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    var reader = Reader(bytes: bytes, offset: offset)
    guard let value = reader.next() else { return false }
    return value.type != pointer && value.type != map && value.type != array
  }

  /// Reads control bytes.
  private struct Reader: ~Escapable {
    private let bytes: Span<UInt8>
    private var offset: Int

    @_lifetime(copy bytes)
    init(bytes: Span<UInt8>, offset: Int) {
      self.bytes = bytes
      self.offset = offset
    }

    /// The type of the next value, and its size; for a pointer, where it points to.
    mutating func next() -> (type: Int, size: Int)? {
      guard let control = byte() else { return nil }
      var type = control >> 5
      if type == RecordStructure.pointer { return pointer(control) }
      if type == 0 {
        guard let extended = byte(), extended > 0 else { return nil }
        type = extended + 7
      }
      guard type <= RecordStructure.lastType else { return nil }
      let short = control & 31
      guard short > 28 else { return (type, short) }
      let base = [29, 285, 65_821][short - 29]
      return number(short - 28).map { (type, base + $0) }
    }

    private mutating func pointer(_ control: Int) -> (type: Int, size: Int)? {
      let length = control >> 3 & 3
      guard let low = number(length + 1) else { return nil }
      let high = control & 7
      let target =
        switch length {
        case 0: high << 8 | low
        case 1: (high << 16 | low) + 2048
        case 2: (high << 24 | low) + 526_336
        default: low
        }
      return (RecordStructure.pointer, target)
    }

    private mutating func number(_ length: Int) -> Int? {
      var value = 0
      for _ in 0..<length {
        guard let byte = byte() else { return nil }
        value = value << 8 | byte
      }
      return value
    }

    private mutating func byte() -> Int? {
      guard offset >= 0, offset < bytes.count else { return nil }
      offset += 1
      return Int(bytes[offset - 1])
    }

    mutating func skip(_ count: Int) -> Bool {
      guard count <= bytes.count - offset else { return false }
      offset += count
      return true
    }
  }
}
