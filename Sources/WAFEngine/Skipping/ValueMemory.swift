import Bytes
import Transforms

/// Values that came before and in which nothing was found: user agents, accepted types, paths.
///
/// What is looked for is part of the key: a field's literals under all of its transformations and
/// readings, or a detector. Of bounded size; what it holds makes no difference but to the time.
struct ValueMemory {
  /// How many values are kept, and how long they may be.
  private static let places = 2048
  private static let longest = 256
  /// Shorter values are as quickly looked through.
  private static let shortest = 8

  private struct Entry {
    var hash: UInt64 = 0
    var subject: Int32 = 0
    var count: Int32 = 0
    var traits = ByteTraits(rawValue: 0)
  }

  private var entries: ContiguousArray<Entry> = []
  /// The bytes of an entry lie at its place times `longest`.
  private var bytes: ContiguousArray<UInt8> = []
  /// The hashes of values that came once: what never comes again takes no place.
  private var seenOnce: ContiguousArray<UInt64> = []

  /// A memory that keeps nothing has no room.
  init(isUsed: Bool) {
    guard isUsed else { return }
    entries = .init(repeating: Entry(), count: Self.places)
    bytes = .init(repeating: 0, count: Self.places * Self.longest)
    seenOnce = .init(repeating: 0, count: Self.places * 2)
  }

  /// Where a value has its place, and what tells it from others; nil for one that is not kept.
  func key(of value: Span<UInt8>, _ subject: Int) -> UInt64? {
    guard !entries.isEmpty, value.count >= Self.shortest, value.count <= Self.longest else {
      return nil
    }
    // 0 stands for no hash.
    return max(1, Self.hash(value, UInt64(truncatingIfNeeded: subject)))
  }

  /// The traits of a value in which nothing is found; nil where it is not known.
  func traits(of value: Span<UInt8>, _ key: UInt64, _ subject: Int) -> ByteTraits? {
    let place = Int(truncatingIfNeeded: key) & (Self.places - 1)
    guard entries[place].hash == key, Int(entries[place].subject) == subject,
      Int(entries[place].count) == value.count
    else { return nil }
    let start = place * Self.longest
    guard bytes.span.extracting(start..<start + value.count).equals(value) else { return nil }
    return entries[place].traits
  }

  /// Keeps a value in which nothing was found, from the second time on.
  mutating func remember(
    _ value: Span<UInt8>, _ key: UInt64, _ subject: Int, _ traits: ByteTraits
  ) {
    let first = Int(truncatingIfNeeded: key &>> 32) & (Self.places * 2 - 1)
    guard seenOnce[first] == key else {
      seenOnce[first] = key
      return
    }
    let place = Int(truncatingIfNeeded: key) & (Self.places - 1)
    entries[place] = Entry(
      hash: key, subject: Int32(truncatingIfNeeded: subject),
      count: Int32(truncatingIfNeeded: value.count), traits: traits)
    let start = place * Self.longest
    for index in value.indices { bytes[start + index] = value[index] }
  }

  private static func hash(_ value: Span<UInt8>, _ subject: UInt64) -> UInt64 {
    // Sound: every load ends within the buffer, which is at least 8 bytes long.
    unsafe value.withUnsafeBytes { buffer in
      var hash = subject &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(buffer.count)
      var offset = 0
      while offset &+ 8 <= buffer.count {
        let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = Self.mix(hash ^ word)
        offset &+= 8
      }
      let last = unsafe buffer.loadUnaligned(
        fromByteOffset: buffer.count &- 8, as: UInt64.self)
      return Self.mix(hash ^ last)
    }
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}

extension ValueMemory {
  // Taking the array, not a span of it: a span would borrow the evaluator that owns the memory.

  func key(of bytes: [UInt8], _ range: ByteRange, _ subject: Int) -> UInt64? {
    key(of: bytes.span.extracting(range.bounds), subject)
  }

  mutating func remember(
    _ bytes: [UInt8], _ range: ByteRange, _ key: UInt64, _ subject: Int, _ traits: ByteTraits
  ) {
    remember(bytes.span.extracting(range.bounds), key, subject, traits)
  }
}
