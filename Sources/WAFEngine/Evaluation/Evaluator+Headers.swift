import Behaviour
import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// The values of the header `name` (lower case), one element a line.
  mutating func extractHeader(
    _ name: [UInt8], flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    var value = SlotValue(state: .values, first: elements.count)
    readHeaders(record)
    let mark = NameMark(name.span)
    var next = 0
    while let index = indexOfLine(named: name, mark, from: next, record) {
      next = index + 1
      let content = content(at: index, flipping: flipping, record)
      if content.isTrimmable { value.questions.insert(.headerTrimming) }
      if content.isLossy { value.weaken(to: .approximate, .lossy) }
      append(content.element, to: &value)
    }
    guard value.count > 0 else {
      return record.mayMissHeader(named: name)
        ? .unknown(.notRecorded) : missing(flipping: flipping)
    }
    if value.count > 1 {
      value.questions.insert(.repeatedHeaders)
      if flipping == .repeatedHeaders {
        let first = elements.count
        elements.append(joined(value.elements, isCookie: name == Self.cookieName, record))
        value.first = first
        value.count = 1
      }
    }
    return value
  }

  func isNamed(
    _ header: Header, _ name: [UInt8], _ record: borrowing RequestRecord
  ) -> Bool {
    let bytes = record.storage.span.extracting(header.name.bounds)
    // Nearly every name has another length, or no white space around it.
    guard bytes.count > name.count else { return bytes.equalsIgnoringASCIICase(name.span) }
    guard bytes[0].isSpaceOrTab || bytes[bytes.count - 1].isSpaceOrTab else { return false }
    let trimmed = record.storage.span.extracting(trimmed(header.name, record).bounds)
    return trimmed.equalsIgnoringASCIICase(name.span)
  }

  /// The value of a header line.
  struct HeaderContent {
    var element: Element
    /// Whether white space around it is trimmed by one reading only.
    var isTrimmable = false
    var isLossy = false
  }

  func headerContent(
    _ header: Header, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> HeaderContent {
    var content = HeaderContent(element: Element(range: header.value.range, name: header.name))
    switch header.value.state {
    case .known, .empty, .absent, .absentOrEmpty: break
    case .lossy: content.isLossy = true
    case .prefix: content.element.state = .prefix
    case .redacted: content.element.state = .redacted
    case .notRecorded: content.element.state = .unrecorded
    }
    // White space at the end of a value that is cut off may be the last of it: it is not certain.
    let trimmed = trimmed(content.element.range, record)
    if trimmed != content.element.range {
      content.isTrimmable = true
      if flipping != .headerTrimming { content.element.range = trimmed }
    }
    if content.element.state == .known
      && hasRedactedPart(content.element.range, separator: 0x3B, record)
    {
      content.element.state = .redacted
    }
    return content
  }

  func trimmed(_ range: ByteRange, _ record: borrowing RequestRecord) -> ByteRange {
    let bytes = record.storage.span
    // Nearly nothing has white space around it.
    guard !range.isEmpty, bytes[Int(range.start)].isSpaceOrTab || bytes[range.end - 1].isSpaceOrTab
    else { return range }
    var result = range
    while result.count > 0, bytes[Int(result.start)].isSpaceOrTab {
      result.start += 1
      result.count -= 1
    }
    while result.count > 0, bytes[result.end - 1].isSpaceOrTab { result.count -= 1 }
    return result
  }

  /// The other reading of Q7: one value, joined with commas (cookie lines as HTTP/2 joins them).
  mutating func joined(
    _ parts: Range<Int>, isCookie: Bool, _ record: borrowing RequestRecord
  ) -> Element {
    let start = arena.count
    var result = elements[parts.lowerBound]
    result.isInArena = true
    for index in parts {
      if index > parts.lowerBound {
        arena.append(contentsOf: isCookie ? Self.cookieSeparator : Self.headerSeparator)
      }
      arena.append(contentsOf: record.storage[elements[index].range.bounds])
      if elements[index].state != .known { result.state = .unrecorded }
    }
    result.range = ByteRange(start: start, count: arena.count - start)
    return result
  }

  private static let cookieSeparator = Array("; ".utf8)
  private static let headerSeparator = Array(",".utf8)

  /// Whether some `name=REDACTED` stands in the value: data protection replaces single values.
  func hasRedactedPart(
    _ range: ByteRange, separator: UInt8, _ record: borrowing RequestRecord
  ) -> Bool {
    let bytes = record.storage.span.extracting(range.bounds)
    let marker = Self.redactedPart.span
    var start = 0
    while let found = bytes.firstIndex(of: marker, from: start) {
      let end = found + marker.count
      if end == bytes.count || bytes[end] == separator { return true }
      start = found + 1
    }
    return false
  }

  private static let redactedPart = Array("=REDACTED".utf8)
  static let redacted = Array("REDACTED".utf8)

  func isRedacted(_ range: ByteRange, _ record: borrowing RequestRecord) -> Bool {
    record.storage.span.extracting(range.bounds).equals(Self.redacted.span)
  }

  /// The place of a byte in a run of the record's bytes, or of the arena's; its end where it has
  /// none.
  func firstIndex(
    of byte: UInt8, in range: Range<Int>, isInArena: Bool, _ record: borrowing RequestRecord
  ) -> Int {
    let found =
      isInArena
      ? arena.span.extracting(range).firstIndex(of: byte)
      : record.storage.span.extracting(range).firstIndex(of: byte)
    return found.map { range.lowerBound + $0 } ?? range.upperBound
  }
}

extension UInt8 {
  var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
}
