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

  private static var slotCount: Int { 128 }

  /// For each hash, the index of the key plus one; 0 for none.
  private var slots = [UInt8](repeating: 0, count: slotCount)
  private let keys: [Key]
  /// The names of all keys, one after the other, and where each one is.
  private var names: [UInt8] = []
  private var ranges: [ByteRange] = []

  init() {
    keys = Array(Key.allCases)
    for (index, key) in keys.enumerated() {
      let name = Array(key.rawValue.utf8)
      ranges.append(ByteRange(start: names.count, count: name.count))
      names += name
      var slot = Self.hash(name.span)
      while slots[slot] != 0 { slot = (slot + 1) % Self.slotCount }
      slots[slot] = UInt8(index + 1)
    }
  }

  /// Length, first, middle and last byte tell the keys of a log record apart well enough.
  private static func hash(_ name: Span<UInt8>) -> Int {
    guard let last = name.indices.last else { return 0 }
    let mixed =
      name.count &* 5 &+ Int(name[0]) &* 3 &+ Int(name[name.count / 2]) &* 7 &+ Int(name[last])
    return mixed % slotCount
  }

  private func match(_ name: Span<UInt8>) -> Match? {
    var slot = Self.hash(name)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if name.equals(names.span.extracting(ranges[index].bounds)) {
        return Match(key: keys[index], bit: 1 << UInt64(index))
      }
      slot = (slot + 1) % Self.slotCount
    }
    return nil
  }

  /// The key that a member's key string is; nil for one that is not known.
  func match(_ string: JSONString, in record: Span<UInt8>) -> Match? {
    guard string.hasEscapes else { return match(record.extracting(string.range.bounds)) }
    var name: [UInt8] = []
    JSONText.unescape(string, in: record, into: &name)
    return match(name.span)
  }

  /// The same, for an object whose known keys may stand only once.
  func match(
    _ string: JSONString, in record: Span<UInt8>, seen: inout UInt64
  ) throws(RecordFault) -> Key? {
    guard let found = match(string, in: record) else { return nil }
    guard seen & found.bit == 0 else {
      throw RecordFault(
        .repeatedKey, "repeated key '\(found.key.rawValue)'", offset: Int(string.range.start) - 1)
    }
    seen |= found.bit
    return found.key
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
