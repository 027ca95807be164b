import Behaviour
import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// Names and values of the selected headers, each an element.
  ///
  /// At most 8,192 bytes and 200 headers are inspected. Source: "Request components" and "Oversize
  /// request components" of the developer guide (documented: limits, selection by names whose case
  /// and surrounding spaces make no difference; open: the case of names, Q6, repeated headers, Q7,
  /// what the limits count, Q8; assumed: values without the white space around them).
  mutating func extractHeaders(
    _ selection: PartSelection, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    guard record.headers.count <= Self.mostHeaders else { return .unknown(.notRecorded) }
    var value = SlotValue(state: .values, first: elements.count)
    var budget = PartBudget(isOtherReading: flipping == .componentLimits)
    if record.mayMissHeaders {
      // A header that is not recorded may stand before all others and push them over the limits.
      let couldBeSelected = couldMissSelected(selection.pattern, record)
      if couldBeSelected { append(.unrecorded, to: &value) }
      budget.passHidden(.unrecorded, isCounted: couldBeSelected)
    }
    var seen = NameFilter()
    for index in record.headers.indices {
      let header = record.headers[index]
      let name = trimmed(header.name, record)
      let isSelected = selects(selection.pattern, name, ignoringCase: true, record)
      var content = headerContent(header, flipping: flipping, record)
      if isSelected && selection.scope != .key {
        if content.isTrimmable { value.questions.insert(.headerTrimming) }
        if content.isLossy { value.weaken(to: .approximate, .lossy) }
      } else if content.isLossy {
        // It counts by one reading, with a size that is not known.
        content.element.state = .redacted
      }
      if isSelected && seen.mayHold(name, record) && hasEarlier(name, before: index, record) {
        value.questions.insert(.repeatedHeaders)
        // By the other reading it went with the first header of its name.
        if flipping == .repeatedHeaders { continue }
      }
      if isSelected && flipping == .repeatedHeaders {
        content.element = joinedContent(content.element, name, from: index, record)
      }
      if content.element.isHidden { content.element.range = .empty }
      let key = headerKey(
        header.name, isInspected: isSelected && selection.scope != .value, flipping: flipping,
        &value.questions, record)
      append(
        NamedPart(key: key, content: content.element, isSelected: isSelected), selection.scope,
        budget: &budget, to: &value)
    }
    // What lies within the limits hangs on the order.
    if !record.headersAreInOrder && (budget.isContested || budget.isOver) {
      value.weaken(to: .approximate, .lossy)
    }
    return finished(value, budget, flipping: flipping)
  }

  /// Names are compared with each other, so a list that no service would take is not looked at.
  static let mostHeaders = 2_000

  /// Whether a header that is not recorded could be one of those selected.
  private func couldMissSelected(
    _ pattern: PartSelection.Pattern, _ record: borrowing RequestRecord
  ) -> Bool {
    if record.headersAreComplete {
      for (name, header) in HiddenHeaders.names where record.hiddenHeaders.contains(header) {
        switch pattern {
        case .all: return true
        case .included(let names): if names.contains(name) { return true }
        case .excluded(let names): if !names.contains(name) { return true }
        }
      }
      return false
    }
    guard case .included(let names) = pattern else { return true }
    // Of a name that is there every line is.
    for name in names where record.indexOfHeader(named: name.span) == nil { return true }
    return false
  }

  private mutating func headerKey(
    _ name: ByteRange, isInspected: Bool, flipping: OpenQuestions, _ questions: inout OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> Element {
    var key = Element(range: name, name: name)
    guard isInspected && hasUppercase(name, record) else { return key }
    questions.insert(.headerNameCase)
    if flipping == .headerNameCase {
      key.range = appendLowercased(name, record)
      key.isInArena = true
    }
    return key
  }

  func hasUppercase(_ name: ByteRange, _ record: borrowing RequestRecord) -> Bool {
    for index in name.bounds where record.storage[index].isASCIIUppercase { return true }
    return false
  }

  mutating func appendLowercased(
    _ name: ByteRange, _ record: borrowing RequestRecord
  ) -> ByteRange {
    let start = arena.count
    for index in name.bounds { arena.append(record.storage[index].asciiLowercased) }
    return ByteRange(start: start, count: arena.count - start)
  }

  func hasEarlier(
    _ name: ByteRange, before index: Int, _ record: borrowing RequestRecord
  ) -> Bool {
    for other in 0..<index where isSameName(record.headers[other].name, name, record) {
      return true
    }
    return false
  }

  private func isSameName(
    _ name: ByteRange, _ other: ByteRange, _ record: borrowing RequestRecord
  ) -> Bool {
    let bytes = record.storage.span
    return bytes.extracting(trimmed(name, record).bounds)
      .equalsIgnoringASCIICase(bytes.extracting(other.bounds))
  }

  /// The value of a header joined with those of the later headers of its name.
  private mutating func joinedContent(
    _ content: Element, _ name: ByteRange, from index: Int, _ record: borrowing RequestRecord
  ) -> Element {
    let first = elements.count
    for other in index + 1..<max(record.headers.count, index + 1)
    where isSameName(record.headers[other].name, name, record) {
      if elements.count == first { elements.append(content) }
      elements.append(
        headerContent(record.headers[other], flipping: .repeatedHeaders, record).element)
    }
    guard elements.count > first else { return content }
    let isCookie = isNamed(record.headers[index], Self.cookieName, record)
    let result = joined(first..<elements.count, isCookie: isCookie, record)
    elements.removeSubrange(first...)
    return result
  }
}

/// Tells most names that have not been seen without looking at those that have.
struct NameFilter {
  private var bits: UInt64 = 0

  /// Whether a name of the same length and ends may have been asked for before.
  mutating func mayHold(_ name: ByteRange, _ record: borrowing RequestRecord) -> Bool {
    var mark = UInt64(name.count)
    if name.count > 0 {
      mark &+= UInt64(record.storage[Int(name.start)].asciiLowercased) &* 7
      mark &+= UInt64(record.storage[name.end - 1].asciiLowercased) &* 31
    }
    let bit: UInt64 = 1 << (mark & 63)
    defer { bits |= bit }
    return bits & bit != 0
  }
}
