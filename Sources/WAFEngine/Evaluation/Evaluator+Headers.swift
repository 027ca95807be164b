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
    for header in record.headers where isNamed(header, name, record) {
      appendHeaderValue(header, flipping: flipping, to: &value, record)
    }
    guard value.count > 0 else {
      return record.headersAreComplete ? missing(flipping: flipping) : .unknown(.notRecorded)
    }
    if value.count > 1 {
      value.questions.insert(.repeatedHeaders)
      if flipping == .repeatedHeaders { return joined(value, name, record) }
    }
    return value
  }

  func isNamed(
    _ header: Header, _ name: [UInt8], _ record: borrowing RequestRecord
  ) -> Bool {
    let bytes = record.storage.span.extracting(header.name.bounds)
    var start = 0
    var end = bytes.count
    while start < end, bytes[start].isSpaceOrTab { start += 1 }
    while start < end, bytes[end - 1].isSpaceOrTab { end -= 1 }
    return bytes.extracting(start..<end).equalsIgnoringASCIICase(name.span)
  }

  private mutating func appendHeaderValue(
    _ header: Header, flipping: OpenQuestions, to value: inout SlotValue,
    _ record: borrowing RequestRecord
  ) {
    var element = Element(range: header.value.range, name: header.name)
    switch header.value.state {
    case .known, .empty, .absent, .absentOrEmpty: break
    case .lossy:
      value.level = .approximate
      value.reason = .lossy
    case .prefix: element.state = .prefix
    case .redacted, .notRecorded: element.state = .unknown
    }
    let trimmed = trimmed(element.range, record)
    if trimmed != element.range {
      value.questions.insert(.headerTrimming)
      if flipping != .headerTrimming { element.range = trimmed }
    }
    if element.state == .known && hasRedactedPart(element.range, separator: 0x3B, record) {
      element.state = .unknown
    }
    elements.append(element)
    value.count += 1
  }

  private func trimmed(_ range: ByteRange, _ record: borrowing RequestRecord) -> ByteRange {
    var bounds = range.bounds
    while let first = bounds.first, record.storage[first].isSpaceOrTab {
      bounds.removeFirst()
    }
    while let last = bounds.last, record.storage[last].isSpaceOrTab { bounds.removeLast() }
    return ByteRange(start: bounds.lowerBound, count: bounds.count)
  }

  /// The other reading of Q7: one value, joined with commas (cookie lines as HTTP/2 joins them).
  private mutating func joined(
    _ value: SlotValue, _ name: [UInt8], _ record: borrowing RequestRecord
  ) -> SlotValue {
    let start = arena.count
    var state = Element.State.known
    for index in value.elements {
      if index > value.first {
        arena.append(contentsOf: name == Array("cookie".utf8) ? Array("; ".utf8) : [0x2C])
      }
      arena.append(contentsOf: record.storage[elements[index].range.bounds])
      if elements[index].state != .known { state = .unknown }
    }
    var result = value
    result.first = elements.count
    result.count = 1
    elements.append(
      Element(
        range: ByteRange(start: start, count: arena.count - start), isInArena: true, state: state,
        name: elements[value.first].name))
    return result
  }

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
}

extension UInt8 {
  var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
}
