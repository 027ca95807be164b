import Bytes

/// The keys that a decoder knows of one kind of object, at most 64.
protocol RecordKey: CaseIterable, RawRepresentable<String>, Sendable {}

/// Finds a key by its bytes: a small hash table that is built once and looked at once a member.
struct KeyTable<Key: RecordKey>: Sendable {
  /// A key found, and its bit in a set of the keys seen.
  struct Match {
    var key: Key
    var bit: UInt64
  }

  private struct Entry: Sendable {
    var name: KeyBytes
    var key: Key
  }

  private static var slotCount: Int { 128 }

  /// For each hash, the index of the entry plus one; 0 for none.
  private var slots = [UInt8](repeating: 0, count: slotCount)
  private var entries: [Entry] = []

  init() {
    for (index, key) in Key.allCases.enumerated() {
      guard let name = Self.bytes(of: key) else { continue }
      entries.append(Entry(name: name, key: key))
      var slot = name.hash
      while slots[slot] != 0 { slot = (slot &+ 1) % Self.slotCount }
      slots[slot] = UInt8(index + 1)
    }
  }

  private static func bytes(of key: Key) -> KeyBytes? {
    let name = Array(key.rawValue.utf8)
    return KeyBytes(name.span, ByteRange(start: 0, count: name.count))
  }

  @inline(__always)
  private func match(_ name: KeyBytes) -> Match? {
    var slot = name.hash
    while slots[slot] != 0 {
      let index = Int(slots[slot]) &- 1
      if entries[index].name == name {
        return Match(key: entries[index].key, bit: 1 &<< UInt64(truncatingIfNeeded: index))
      }
      slot = (slot &+ 1) % Self.slotCount
    }
    return nil
  }

  /// The key that a member's key string is; nil for one that is not known.
  @inline(__always)
  func match(_ string: JSONString, in record: Span<UInt8>) -> Match? {
    guard !string.hasEscapes else { return matchUnescaped(string, in: record) }
    guard let name = KeyBytes(record, string.range) else { return nil }
    return match(name)
  }

  @inline(never)
  private func matchUnescaped(_ string: JSONString, in record: Span<UInt8>) -> Match? {
    var name: [UInt8] = []
    JSONText.unescape(string, in: record, into: &name)
    let range = ByteRange(start: 0, count: name.count)
    return KeyBytes(name.span, range).flatMap { match($0) }
  }

  /// The same, for an object whose known keys may stand only once.
  func match(
    _ string: JSONString, in record: Span<UInt8>, seen: inout UInt64
  ) throws(RecordFault) -> Key? {
    guard let found = match(string, in: record) else { return nil }
    guard seen & found.bit == 0 else { throw repetition(of: found.key, at: string) }
    seen |= found.bit
    return found.key
  }

  @inline(never)
  private func repetition(of key: Key, at string: JSONString) -> RecordFault {
    RecordFault(
      .repeatedKey, "repeated key '\(key.rawValue)'", offset: Int(string.range.start) - 1)
  }
}

/// The bytes of a key of at most 32 bytes, which is longer than any that is known: compared in a few
/// steps, however long it is.
struct KeyBytes: Hashable, Sendable {
  private let count: Int
  // The first eight bytes, the first one lowest and zeros behind them, and the last eight of a key that
  // has as many; of one that has more than 16, the ones beside those, too.
  private let first: UInt64
  private let last: UInt64
  private let second: UInt64
  private let secondLast: UInt64

  /// The place in a table of 128: the first bytes and the length tell the keys of a log record apart
  /// well enough.
  @inline(__always)
  var hash: Int {
    let mixed = first &+ UInt64(truncatingIfNeeded: count)
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 57)
  }

  /// The bytes of a range; nil for more than 32.
  @inline(__always)
  init?(_ bytes: Span<UInt8>, _ range: ByteRange) {
    let start = Int(range.start)
    let count = Int(range.count)
    guard count <= 32 else { return nil }
    guard start &+ 32 <= bytes.count else {
      var copy = [UInt8](bytes.extracting(range.bounds))
      copy += [UInt8](repeating: 0, count: 32)
      self.init(copy.span, ByteRange(start: 0, count: count))
      return
    }
    // Sound: 32 bytes from `start` on are inside of the span.
    self = unsafe bytes.withUnsafeBytes { (buffer) -> KeyBytes in
      guard let base = buffer.baseAddress else { return KeyBytes(count: 0, first: 0) }
      return unsafe KeyBytes(at: base + start, count: count)
    }
  }

  /// The bytes at `bytes`, where 32 bytes can be read.
  @inline(__always)
  private init(at bytes: UnsafeRawPointer, count: Int) {
    // Sound: all loads are of the 32 bytes.
    let first = unsafe bytes.loadUnaligned(as: UInt64.self).littleEndian
    if count < 8 {
      let rest = UInt64.max &<< UInt64(truncatingIfNeeded: count &* 8)
      self.init(count: count, first: first & ~rest)
      return
    }
    let last = unsafe bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    if count <= 16 {
      self.init(count: count, first: first, last: last.littleEndian)
      return
    }
    let second = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let secondLast = unsafe bytes.loadUnaligned(fromByteOffset: count &- 16, as: UInt64.self)
    self.init(
      count: count, first: first, last: last.littleEndian, second: second.littleEndian,
      secondLast: secondLast.littleEndian)
  }

  @inline(__always)
  private init(
    count: Int, first: UInt64, last: UInt64 = 0, second: UInt64 = 0, secondLast: UInt64 = 0
  ) {
    self.count = count
    self.first = first
    self.last = last
    self.second = second
    self.secondLast = secondLast
  }
}

/// A fault inside a record, before its path is looked up.
struct RecordFault: Error {
  var code: RecordError.Code
  var problem: String
  var offset: Int

  init(_ code: RecordError.Code, _ problem: String, offset: Int) {
    self.code = code
    self.problem = problem
    self.offset = offset
  }

  /// The fault that a scanner's error is.
  init(_ error: JSONScanError) {
    offset = error.offset
    code = .invalidJSON
    switch error.reason {
    case .unexpectedEnd: problem = "the record ends too early"
    case .expected(let kind):
      if kind != .value { code = .wrongType }
      problem = Self.expectation(of: kind)
    case .expectedKey: problem = "expected a key"
    case .expectedColon: problem = "expected ':'"
    case .expectedCommaOrEnd: problem = "expected ',' or the end"
    case .controlCharacter: problem = "control character inside a string"
    case .badEscape: problem = "invalid escape in a string"
    case .badNumber: problem = "invalid number"
    case .tooDeep:
      code = .nestedTooDeep
      problem = "nested deeper than \(JSONScanner.maximumDepth) levels"
    case .dataAfterValue: problem = "data after the record"
    }
  }

  private static func expectation(of kind: JSONScanError.Kind) -> String {
    switch kind {
    case .object: "expected an object"
    case .array: "expected an array"
    case .string: "expected a string"
    case .number: "expected a number"
    case .value: "expected a value"
    }
  }
}

extension RecordError {
  /// The error of a fault in a record, with the path of the member it is about.
  init(_ error: any Error, in record: Span<UInt8>) {
    let fault =
      error as? RecordFault ?? (error as? JSONScanError).map { RecordFault($0) }
      ?? RecordFault(.invalidJSON, "unreadable", offset: 0)
    let path = JSONPath.text(of: fault.offset, in: record)
    self.init(
      fault.code, path.isEmpty ? fault.problem : "\(path): \(fault.problem)",
      offset: fault.offset)
  }
}
