import WAFTraffic

/// The framer's rules for streams of records, said as simply as possible.
///
/// All bytes are at hand. What the framer makes of a stream is held against this.
///
/// Containers, limits and deep nesting are left out.
struct NaiveFramer {
  enum Item: Equatable {
    case record(Range<Int>)
    case reject(Range<Int>, RecordError.Code)
  }

  private enum Outcome {
    case complete(end: Int)
    case broken(Int)
    case unfinished
  }

  private let bytes: [UInt8]
  private var items: [Item] = []
  private var reject: (start: Int, code: RecordError.Code)?

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func frame(_ bytes: [UInt8]) -> [Item] {
    var framer = NaiveFramer(bytes)
    framer.run()
    return framer.items
  }

  private mutating func run() {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): index = takeRecord(at: index)
      case let byte where " \t\r\n,[]".utf8.contains(byte): index += 1
      default:
        reject = (index, .notARecord)
        index = skipReject(from: index, spansLines: false, indentation: 0)
      }
    }
    closeReject(at: bytes.count)
  }

  /// Frames the record at an index; returns where to go on.
  private mutating func takeRecord(at start: Int) -> Int {
    let fault: Int
    switch object(at: start) {
    case .complete(let end):
      closeReject(at: start)
      items.append(.record(start..<end))
      return end
    case .unfinished:
      reject = reject ?? (start, .truncatedRecord)
      closeReject(at: bytes.count)
      return bytes.count
    case .broken(let index): fault = index
    }
    reject = reject ?? (start, .brokenRecord)
    let spansLines = bytes[start..<fault].contains(0x0A)
    if bytes[fault] == 0x0A, !spansLines {
      closeReject(at: fault)
      return fault
    }
    return skipReject(from: fault, spansLines: spansLines, indentation: indentation(at: start))
  }

  /// Passes bytes that are no record; returns where to go on.
  private mutating func skipReject(from start: Int, spansLines: Bool, indentation: Int) -> Int {
    for index in start..<bytes.count {
      if !spansLines {
        // A record on the line may end the reject: that shows once it is read.
        if bytes[index] == UInt8(ascii: "{") { return takeRecord(at: index) }
        if bytes[index] == 0x0A {
          closeReject(at: index)
          return index
        }
      } else if bytes[index] == UInt8(ascii: "{"), hasOnlyClosers(before: index),
        self.indentation(at: index) <= indentation
      {
        closeReject(at: index)
        return index
      }
    }
    return bytes.count
  }

  private mutating func closeReject(at end: Int) {
    guard let closed = reject else { return }
    reject = nil
    var end = end
    while end > closed.start, " \t\r\n\u{0B}\u{0C}".utf8.contains(bytes[end - 1]) { end -= 1 }
    items.append(.reject(closed.start..<end, closed.code))
  }

  private func lineStart(of index: Int) -> Int {
    (bytes[..<index].lastIndex(of: 0x0A) ?? -1) + 1
  }

  private func indentation(at index: Int) -> Int {
    bytes[lineStart(of: index)...].prefix { " \t\r".utf8.contains($0) }.count
  }

  private func hasOnlyClosers(before index: Int) -> Bool {
    bytes[lineStart(of: index)..<index].allSatisfy { " \t\r}],".utf8.contains($0) }
  }

  // MARK: The grammar

  private func object(at start: Int) -> Outcome {
    var index = skipSpace(from: start + 1)
    if byte(index) == UInt8(ascii: "}") { return .complete(end: index + 1) }
    while true {
      guard let first = byte(index) else { return .unfinished }
      guard first == UInt8(ascii: "\"") else { return .broken(index) }
      guard case .complete(let keyEnd) = string(at: index) else { return string(at: index) }
      index = skipSpace(from: keyEnd)
      guard let colon = byte(index) else { return .unfinished }
      guard colon == UInt8(ascii: ":") else { return .broken(index) }
      index = skipSpace(from: index + 1)
      guard case .complete(let valueEnd) = value(at: index) else { return value(at: index) }
      index = skipSpace(from: valueEnd)
      guard let separator = byte(index) else { return .unfinished }
      if separator == UInt8(ascii: "}") { return .complete(end: index + 1) }
      guard separator == UInt8(ascii: ",") else { return .broken(index) }
      index = skipSpace(from: index + 1)
    }
  }

  private func array(at start: Int) -> Outcome {
    var index = skipSpace(from: start + 1)
    if byte(index) == UInt8(ascii: "]") { return .complete(end: index + 1) }
    while true {
      guard case .complete(let valueEnd) = value(at: index) else { return value(at: index) }
      index = skipSpace(from: valueEnd)
      guard let separator = byte(index) else { return .unfinished }
      if separator == UInt8(ascii: "]") { return .complete(end: index + 1) }
      guard separator == UInt8(ascii: ",") else { return .broken(index) }
      index = skipSpace(from: index + 1)
    }
  }

  private func value(at index: Int) -> Outcome {
    switch byte(index) {
    case nil: return .unfinished
    case UInt8(ascii: "{"): return object(at: index)
    case UInt8(ascii: "["): return array(at: index)
    case UInt8(ascii: "\""): return string(at: index)
    default:
      // Scalars are for the decoder to check.
      let scalar = bytes[index...].prefix { !" \t\r\n\"{}[]:,".utf8.contains($0) }
      return scalar.isEmpty ? .broken(index) : .complete(end: scalar.endIndex)
    }
  }

  private func string(at start: Int) -> Outcome {
    var index = start + 1
    while let byte = byte(index) {
      if byte == UInt8(ascii: "\"") { return .complete(end: index + 1) }
      if byte == 0x0A { return .broken(index) }
      index += 1
      guard byte == UInt8(ascii: "\\") else { continue }
      if self.byte(index) == 0x0A { return .broken(index) }
      index += 1
    }
    return .unfinished
  }

  private func skipSpace(from start: Int) -> Int {
    start + bytes[start...].prefix { " \t\r\n".utf8.contains($0) }.count
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
}
