import Behaviour
import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// The names of all headers as received, joined with `:`, one value.
  ///
  /// Source: "Request components" of the developer guide (documented: the value, limits as those of
  /// `Headers`; open: the case of names, Q6, repeated names, Q7, what the limit counts, Q8: the
  /// value itself, or names and values of the headers). A recording that has the headers in an order
  /// of its own has no more than an approximation.
  mutating func extractHeaderOrder(
    flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    guard !record.mayMissHeaders else { return .unknown(.notRecorded) }
    guard record.headers.count <= Self.mostHeaders else { return .unknown(.notRecorded) }
    let start = arena.count
    let isOtherReading = flipping == .componentLimits
    var questions = Self.defaultReading
    var items = 0
    var allBytes = 0
    var isOver = false
    var hasHidden = false
    // By the other readings of Q8 only the names up to here are certain.
    var isOpen = false
    readHeaders(record)
    for index in record.headers.indices {
      let header = record.headers[index]
      if headerLines[index].hasUppercase { questions.insert(.headerNameCase) }
      if hasEarlierLine(index, record) {
        questions.insert(.repeatedHeaders)
        if flipping == .repeatedHeaders { continue }
      }
      let content = content(at: index, flipping: flipping, record)
      if content.element.state != .known || content.isLossy { hasHidden = true }
      allBytes += Int(header.name.count) + Int(content.element.range.count) + (items > 0 ? 1 : 0)
      items += 1
      if items > PartSelection.itemLimit { isOver = true }
      if isOtherReading {
        if allBytes > PartSelection.byteLimit { isOver = true }
        if isOver || hasHidden { isOpen = true }
      }
      if isOver || isOpen { continue }
      if items > 1 { arena.append(UInt8(ascii: ":")) }
      if flipping == .headerNameCase {
        _ = appendLowercased(header.name, record)
      } else {
        arena.append(contentsOf: record.storage[header.name.bounds])
      }
    }
    if hasHidden || allBytes > PartSelection.byteLimit { questions.insert(.componentLimits) }
    var element = Element(
      range: ByteRange(start: start, count: arena.count - start), isInArena: true)
    if arena.count - start > PartSelection.byteLimit {
      element.range.count = UInt32(truncatingIfNeeded: PartSelection.byteLimit)
      isOver = true
    }
    if isOpen { element.state = .prefix }
    var value = single(element)
    value.questions = questions
    if !record.headersAreInOrder && items > 1 { value.weaken(to: .approximate, .lossy) }
    value.isOversize = isOver
    value.isSizeUnknown = isOtherReading && hasHidden && !isOver
    return value
  }
}
