import Behaviour
import Bytes
import Matching
import Transforms
import WAFProgram
import WAFRequests

extension Evaluator {
  /// The answer of a condition on a request component.
  ///
  /// The default reading gives the value; each open question that touches this value is flipped
  /// once, and an answer that does not survive its flip is approximate.
  mutating func componentAnswer(
    _ condition: Condition, _ slot: SlotIndex, _ oversize: Oversize,
    _ record: borrowing RequestRecord
  ) -> Answer {
    let isBody = program.fields[program.slots[slot.position].field] == .body
    if isBody && record.body.state != .absent && isGRPCRequest(record) {
      return .unknown(.unknowable)
    }
    if isBody && !isBodyRecorded(record) {
      return unrecordedBodyAnswer(condition, slot, oversize, record)
    }
    let value = slotValue(slot, flipping: [], record)
    let isOver = isBody ? record.body.range.count > bodyLimitBytes : value.isOversize
    var answer = readingAnswer(condition, slot, oversize, flipping: [], record)
    let questions = relevantQuestions(condition, value, isBody: isBody, isOver: isOver)
    if !questions.isEmpty && answer.value.isKnown {
      answer = checkReadings(questions, of: answer, condition, slot, oversize, record)
    }
    if isBody,
      dependsOnResourceType(condition, slot, oversize, bytes: Int(record.body.range.count))
    {
      answer = answer.weakened(to: .assumed, .resourceType)
    }
    return answer
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

  /// The answer under one reading.
  private mutating func readingAnswer(
    _ condition: Condition, _ slot: SlotIndex, _ oversize: Oversize, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> Answer {
    let value = slotValue(slot, flipping: flipping, record)
    if value.isOversize {
      switch oversize {
      case .inspectStart: break
      case .match: return Answer(.match, value.level, value.reason)
      case .noMatch: return Answer(.no, value.level, value.reason)
      }
    }
    let answer: Answer
    switch value.state {
    case .unknown: answer = .unknown(value.reason)
    case .missing: answer = Answer(.no, value.level, value.reason)
    case .values:
      answer = testElements(condition, value, flipping: flipping, record)
        .weakened(to: value.level, value.reason)
    }
    guard value.isSizeUnknown && oversize != .inspectStart else { return answer }
    // Over the limit the handling answers, within it the criteria do.
    return answer.value == (oversize == .match ? .match : .no) ? answer : .unknown(.redacted)
  }

  /// The open questions whose other reading has to be tried for this condition on this value.
  private func relevantQuestions(
    _ condition: Condition, _ value: SlotValue, isBody: Bool, isOver: Bool
  ) -> OpenQuestions {
    var questions = value.questions
    if case .size = condition {
      if value.state == .missing { questions.insert(.absentAsEmpty) }
      if value.count > 1 { questions.insert(.elementSizes) }
      if isBody && isOver { questions.insert(.truncatedBodySize) }
    }
    return questions
  }

  private mutating func checkReadings(
    _ questions: OpenQuestions, of answer: Answer, _ condition: Condition, _ slot: SlotIndex,
    _ oversize: Oversize, _ record: borrowing RequestRecord
  ) -> Answer {
    var rest = questions.rawValue
    while rest != 0 {
      let bit = rest & (0 &- rest)
      rest &= rest - 1
      let other = readingAnswer(
        condition, slot, oversize, flipping: OpenQuestions(rawValue: bit), record)
      if other.value != answer.value {
        return answer.weakened(to: .approximate, .openQuestion)
      }
    }
    return answer
  }

  // MARK: Bodies that are not (all) in the record

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
    guard case .size(_, let comparison, let limit, _) = condition,
      program.slots[slot.position].parent == nil
    else {
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

  private mutating func unrecordedBodyCriteria(
    _ condition: Condition, _ slot: SlotIndex, _ size: RecordedSize?,
    _ record: borrowing RequestRecord
  ) -> Answer {
    if case .size(_, let comparison, let limit, _) = condition,
      program.slots[slot.position].parent == nil, let size
    {
      let received = comparison.holds(min(size.bytes, bodyLimitBytes), limit)
      let answer = Answer(Ternary(received), size.level, size.reason)
      // Q1: the truncated size or the true one.
      return received == comparison.holds(size.bytes, limit)
        ? answer : answer.weakened(to: .approximate, .openQuestion)
    }
    guard record.body.state == .prefix || record.body.state == .lossy else {
      return .unknown(record.body.state == .redacted ? .redacted : .notRecorded)
    }
    let value = slotValue(slot, flipping: [], record)
    guard value.state == .values else { return .unknown(value.reason) }
    var answer = testElements(condition, value, flipping: [], record)
      .weakened(to: value.level, value.reason)
    if answer.value.isKnown && !value.questions.isEmpty {
      answer = checkReadings(
        value.questions, of: answer, condition, slot, .inspectStart, record)
    }
    return answer
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
}
