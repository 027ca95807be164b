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
    readHeaders(record)
    var value = SlotValue(state: .values, first: elements.count)
    // Almost no request comes near the limits: then there is nothing to count.
    let isSmall = !headersCouldBeOverLimit(record)
    var budget = PartBudget(isOtherReading: flipping == .componentLimits)
    if record.mayMissHeaders {
      // A header that is not recorded may stand before all others and push them over the limits.
      let couldBeSelected = couldMissSelected(selection.pattern, record)
      if couldBeSelected { append(.unrecorded, to: &value) }
      budget.passHidden(.unrecorded, isCounted: couldBeSelected)
    }
    let (looksAtKeys, looksAtValues) = (selection.scope.looksAtKeys, selection.scope.looksAtValues)
    let joinsRepeated = flipping.rawValue == OpenQuestions.repeatedHeaders.rawValue
    for index in record.headers.indices {
      let header = record.headers[index]
      let name = headerLines[index].name
      let isSelected = selects(selection.pattern, name, ignoringCase: true, record)
      if !isSelected && isSmall { continue }
      var content = content(at: index, flipping: flipping, record)
      if isSelected && looksAtValues {
        if content.isTrimmable { value.questions.insert(.headerTrimming) }
        if content.isLossy { value.weaken(to: .approximate, .lossy) }
      } else if content.isLossy {
        // It counts by one reading, with a size that is not known.
        content.element.state = .redacted
      }
      if isSelected && hasEarlierLine(index, record) {
        value.questions.insert(.repeatedHeaders)
        // By the other reading it went with the first header of its name.
        if joinsRepeated { continue }
      }
      if isSelected && joinsRepeated {
        content.element = joinedContent(content.element, name, from: index, record)
      }
      if content.element.isHidden { content.element.range = .empty }
      let key = headerKey(
        header.name, hasUppercase: isSelected && looksAtKeys && headerLines[index].hasUppercase,
        flipping: flipping, &value.questions, record)
      if isSmall {
        if looksAtKeys { append(key, to: &value) }
        if looksAtValues { append(content.element, to: &value) }
      } else {
        append(
          NamedPart(key: key, content: content.element, isSelected: isSelected), selection.scope,
          budget: &budget, to: &value)
      }
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
    _ name: ByteRange, hasUppercase: Bool, flipping: OpenQuestions,
    _ questions: inout OpenQuestions, _ record: borrowing RequestRecord
  ) -> Element {
    var key = Element(range: name, name: name)
    guard hasUppercase else { return key }
    questions.insert(.headerNameCase)
    if flipping == .headerNameCase {
      key.range = appendLowercased(name, record)
      key.isInArena = true
    }
    return key
  }

  func hasUppercase(_ name: ByteRange, _ record: borrowing RequestRecord) -> Bool {
    let bytes = record.storage.span.extracting(name.bounds)
    for index in bytes.indices where bytes[index].isASCIIUppercase { return true }
    return false
  }

  mutating func appendLowercased(
    _ name: ByteRange, _ record: borrowing RequestRecord
  ) -> ByteRange {
    let start = arena.count
    for index in name.bounds { arena.append(record.storage[index].asciiLowercased) }
    return ByteRange(start: start, count: arena.count - start)
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
