import Behaviour
import Bytes
import WAFProgram
import WAFRequests

// Conditions on the body, plain or as JSON. What of it is inspected hangs on the resource, and
// recordings seldom hold all of it.

extension Evaluator {
  mutating func bodyAnswer(
    _ condition: Condition, _ slot: SlotIndex, _ oversize: Oversize,
    _ record: borrowing RequestRecord
  ) -> Answer {
    if record.body.state != .absent && isGRPCRequest(record) { return .unknown(.unknowable) }
    guard isBodyRecorded(record) else {
      return unrecordedBodyAnswer(condition, slot, oversize, record)
    }
    let value = slotValue(slot, flipping: Self.defaultReading, record)
    let answer = readingsAnswer(condition, slot, oversize, value, record)
    return dependsOnResourceType(condition, slot, oversize, bytes: Int(record.body.range.count))
      ? answer.weakened(to: .assumed, .resourceType) : answer
  }

  /// Rules on the bodies of gRPC requests are ignored (documented, "Considerations for managing body
  /// inspection"); what that makes of the statement is not (Q21).
  private mutating func isGRPCRequest(_ record: borrowing RequestRecord) -> Bool {
    if let isGRPC { return isGRPC }
    var found = false
    for header in record.headers where isNamed(header, Self.contentType, record) {
      let value = record.storage.span.extracting(header.value.range.bounds)
      let count = Self.grpcType.count
      found =
        found
        || value.count >= count
          && value.extracting(first: count).equalsIgnoringASCIICase(Self.grpcType.span)
    }
    isGRPC = found
    return found
  }

  private static let contentType = Array("content-type".utf8)
  private static let grpcType = Array("application/grpc".utf8)

  private func isBodyRecorded(_ record: borrowing RequestRecord) -> Bool {
    switch record.body.state {
    case .known, .absent, .empty, .absentOrEmpty: true
    case .lossy, .prefix, .redacted, .notRecorded: false
    }
  }

  /// No resource type inspects fewer body bytes; below it the type makes no difference.
  static let smallestBodyLimit = 8192

  /// What size evidence alone decides, and what the recorded start of a body does.
  private mutating func unrecordedBodyAnswer(
    _ condition: Condition, _ slot: SlotIndex, _ oversize: Oversize,
    _ record: borrowing RequestRecord
  ) -> Answer {
    let size = recordedBodySize(record)
    let isOver = bodyIsOver(size, record)
    if oversize != .inspectStart && isOver.value == .match {
      let answer = Answer(oversize == .match ? .match : .no, isOver.level, isOver.reason)
      return dependsOnResourceType(condition, slot, oversize, bytes: size?.bytes)
        ? answer.weakened(to: .assumed, .resourceType) : answer
    }
    var inner = unrecordedBodyCriteria(condition, slot, size, record)
    if oversize != .inspectStart && isOver.value == .unknown {
      // Over the limit the handling answers, within it the criteria do.
      let handled: Ternary = oversize == .match ? .match : .no
      if inner.value != handled { inner = .unknown(.notRecorded) }
    } else if oversize != .inspectStart {
      inner = inner.weakened(to: isOver.level, isOver.reason)
    }
    return dependsOnResourceType(condition, slot, oversize, bytes: size?.bytes)
      ? inner.weakened(to: .assumed, .resourceType) : inner
  }

  /// Whether the answer on a body of `bytes` (nil: not known) rests on the resource type that the
  /// scope implies: whether another type, which inspects more or less of it, could answer otherwise.
  private func dependsOnResourceType(
    _ condition: Condition, _ slot: SlotIndex, _ oversize: Oversize, bytes: Int?
  ) -> Bool {
    guard isResourceTypeAssumed else { return false }
    guard let bytes else { return true }
    if bytes <= Self.smallestBodyLimit { return false }
    guard case .size(_, let comparison, let limit, _) = condition, isPlainBody(slot) else {
      // The handling alone answers above the limit of every type.
      return oversize == .inspectStart
        || ResourceType.allCases.contains { bytes <= program.bodyLimits.limit(of: $0) }
    }
    let whole = comparison.holds(bytes, limit)
    for type in ResourceType.allCases {
      let inspected = program.bodyLimits.limit(of: type)
      let answer =
        bytes > inspected && oversize != .inspectStart
        ? oversize == .match : comparison.holds(min(bytes, inspected), limit)
      if answer != whole { return true }
    }
    return false
  }

  /// Whether the slot is the body as it was sent: its size is that of the value.
  private func isPlainBody(_ slot: SlotIndex) -> Bool {
    program.slots[slot.position].parent == nil
      && program.fields[program.slots[slot.position].field] == .body
  }

  private mutating func unrecordedBodyCriteria(
    _ condition: Condition, _ slot: SlotIndex, _ size: RecordedSize?,
    _ record: borrowing RequestRecord
  ) -> Answer {
    if case .size(_, let comparison, let limit, _) = condition, isPlainBody(slot), let size {
      let received = comparison.holds(min(size.bytes, bodyLimitBytes), limit)
      let answer = Answer(Ternary(received), size.level, size.reason)
      // Q1: the truncated size or the true one.
      return received == comparison.holds(size.bytes, limit)
        ? answer : answer.weakened(to: .approximate, .openQuestion)
    }
    let value = slotValue(slot, flipping: Self.defaultReading, record)
    return readingsAnswer(condition, slot, .inspectStart, value, record)
  }

  /// Bytes of the body as evidence tells them, and what that rests on.
  struct RecordedSize {
    var bytes: Int
    var level: EvidenceLevel
    var reason: Answer.Reason
  }

  func recordedBodySize(_ record: borrowing RequestRecord) -> RecordedSize? {
    switch record.bodySize {
    case .unknown: nil
    case .recorded(let bytes): RecordedSize(bytes: bytes, level: .exact, reason: .evidence)
    case .observed(let bytes):
      RecordedSize(bytes: bytes, level: .observed, reason: .serviceFinding)
    }
  }

  func bodyIsOver(_ size: RecordedSize?, _ record: borrowing RequestRecord) -> Answer {
    if let size {
      return Answer(Ternary(size.bytes > bodyLimitBytes), size.level, size.reason)
    }
    if record.body.state == .prefix && Int(record.body.range.count) > bodyLimitBytes {
      return Answer(.match)
    }
    // The service's own limit was at least the smallest one; it settles the smallest only.
    if record.serviceFoundOversizeBody && bodyLimitBytes == Self.smallestBodyLimit {
      return Answer(.match, .observed, .serviceFinding)
    }
    return .unknown(.notRecorded)
  }

  // MARK: The plain body

  mutating func extractBody(
    flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    var component = record.body
    if component.state == .absent {
      var value = missing(flipping: flipping)
      noteAbsence(of: record.bodyAbsence, in: &value)
      return value
    }
    let isOversize = Int(component.range.count) > bodyLimitBytes
    if isOversize && flipping != .truncatedBodySize {
      component.range.count = UInt32(truncatingIfNeeded: bodyLimitBytes)
      // All that the service inspects is recorded.
      if component.state == .prefix { component.state = .known }
    }
    var value = extract(component, flipping: flipping)
    value.isOversize = isOversize
    return value
  }

  func noteAbsence(of absence: BodyAbsence, in value: inout SlotValue) {
    switch absence {
    case .recorded: value.questions.insert(.absentAsEmpty)
    case .framing: break
    case .assumedForHTTP2: value.weaken(to: .assumed, .bodylessHTTP2)
    }
  }
}
