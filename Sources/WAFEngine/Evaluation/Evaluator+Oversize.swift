import Behaviour
import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// The inspected parts that are above their limit, by the best known answers.
  mutating func oversizeParts(
    among inspected: InspectedParts, _ record: borrowing RequestRecord
  ) -> InspectedParts {
    // Not `[]`: across modules that goes through an initializer that is not specialized.
    var parts = InspectedParts(rawValue: 0)
    guard inspected.rawValue != 0, couldBeOversize(record) else { return parts }
    let bodies = inspected.intersection(.bodies)
    if bodies.rawValue != 0, bodyOverLimit(record).value == .match { parts.formUnion(bodies) }
    if inspected.contains(.headers),
      slotsOverLimit(program.headerSlots, record).value == .match
    {
      parts.insert(.headers)
    }
    if inspected.contains(.cookies),
      slotsOverLimit(program.cookieSlots, record).value == .match
    {
      parts.insert(.cookies)
    }
    return parts
  }

  /// Whether the evidence of the walk's level leaves open which inspected parts are above their
  /// limit, given what the rules reached so far look at.
  mutating func isOversizeOpen(_ record: borrowing RequestRecord) -> Bool {
    let inspected = walk.inspected.union(walk.maybeInspected)
    guard inspected.rawValue != 0, couldBeOversize(record) else { return false }
    let onlyMaybe = walk.maybeInspected.subtracting(walk.inspected)
    if !oversizeParts(among: onlyMaybe, record).isEmpty { return true }
    if inspected.intersection(.bodies).rawValue != 0, !isSettled(bodyOverLimit(record)) {
      return true
    }
    if inspected.contains(.headers), !isSettled(slotsOverLimit(program.headerSlots, record)) {
      return true
    }
    if inspected.contains(.cookies), !isSettled(slotsOverLimit(program.cookieSlots, record)) {
      return true
    }
    guard inspected.contains(.unmodelled) else { return false }
    // What nobody can model may look at anything: the body as a whole or as JSON, headers, cookies.
    let body = bodyOverLimit(record)
    return !isSettled(body) || body.value == .match || headersCouldBeOverLimit(record)
  }

  /// Whether two paths that look at different parts fill the field differently.
  mutating func isOversizeDifferent(
    _ left: InspectedParts, _ right: InspectedParts, _ record: borrowing RequestRecord
  ) -> Bool {
    left != right && couldBeOversize(record)
      && oversizeParts(among: left, record) != oversizeParts(among: right, record)
  }

  private func isSettled(_ answer: Answer) -> Bool {
    answer.value.isKnown && answer.level <= level
  }

  private func bodyOverLimit(_ record: borrowing RequestRecord) -> Answer {
    switch record.body.state {
    case .known, .empty, .absentOrEmpty:
      let size = Int(record.body.range.count)
      let answer = Answer(Ternary(size > bodyLimitBytes))
      return isResourceTypeAssumed && size > Self.smallestBodyLimit
        ? answer.weakened(to: .assumed, .resourceType) : answer
    case .absent:
      return record.bodyAbsence == .assumedForHTTP2
        ? Answer(.no, .assumed, .bodylessHTTP2) : Answer(.no)
    case .lossy, .prefix, .redacted, .notRecorded:
      let size = recordedBodySize(record)
      let answer = bodyIsOver(size, record)
      let isLarge = size.map { $0.bytes > Self.smallestBodyLimit } ?? true
      return isResourceTypeAssumed && isLarge
        ? answer.weakened(to: .assumed, .resourceType) : answer
    }
  }

  /// What the slots of the program agree on; unknown where they do not, since each counts the
  /// headers or cookies that it selects.
  private mutating func slotsOverLimit(
    _ slots: ContiguousArray<SlotIndex>, _ record: borrowing RequestRecord
  ) -> Answer {
    guard headersCouldBeOverLimit(record) else { return Answer(.no) }
    var agreed: Answer?
    for slot in slots {
      let answer = slotOverLimit(slot, record)
      guard answer.value.isKnown else { return answer }
      guard let before = agreed else {
        agreed = answer
        continue
      }
      if before.value != answer.value { return .unknown(.unknowable) }
      agreed = before.weakened(to: answer.level, answer.reason)
    }
    return agreed ?? Answer(.no)
  }

  private mutating func slotOverLimit(
    _ slot: SlotIndex, _ record: borrowing RequestRecord
  ) -> Answer {
    let value = slotValue(slot, flipping: Self.defaultReading, record)
    if value.isSizeUnknown || value.state == .unknown { return .unknown(.notRecorded) }
    var rest = value.questions.rawValue
    while rest != 0 {
      let bit = rest & (0 &- rest)
      rest &= rest - 1
      let other = slotValue(slot, flipping: OpenQuestions(rawValue: bit), record)
      if other.isSizeUnknown || other.isOversize != value.isOversize {
        return Answer(Ternary(value.isOversize), value.level, value.reason)
          .weakened(to: .approximate, .openQuestion)
      }
    }
    return Answer(Ternary(value.isOversize), value.level, value.reason)
  }

  /// Whether headers or cookies, however counted, could be above 8,192 bytes or 200 items.
  mutating func headersCouldBeOverLimit(_ record: borrowing RequestRecord) -> Bool {
    if let known = couldHeadersBeOverLimit { return known }
    let answer = sumHeaders(record)
    couldHeadersBeOverLimit = answer
    return answer
  }

  /// Whether any part could be above its limit, however counted: almost no request is, and then
  /// nothing else here needs asking.
  private mutating func couldBeOversize(_ record: borrowing RequestRecord) -> Bool {
    if let known = couldAnythingBeOversize { return known }
    let body = bodyOverLimit(record)
    let answer =
      body.value != .no || body.level != .exact || headersCouldBeOverLimit(record)
    couldAnythingBeOversize = answer
    return answer
  }

  private mutating func sumHeaders(_ record: borrowing RequestRecord) -> Bool {
    guard !record.mayMissHeaders, record.headers.count <= PartSelection.itemLimit else {
      return true
    }
    readHeaders(record)
    let cookieName = Self.cookieName
    let cookies = NameMark(cookieName.span)
    var bytes = 0
    var items = record.headers.count
    for index in record.headers.indices {
      let (content, value) = (headerLines[index].content, record.headers[index].value.range)
      guard content.element.state == .known, !content.isLossy else { return true }
      if content.isTrimmable, hasRedactedPart(value, separator: 0x3B, record) { return true }
      // Two more for what joins names, or values of one name.
      bytes += Int(record.headers[index].name.count) + Int(value.count) + 2
      if headerLines[index].mark == cookies {
        items += record.storage.count(of: 0x3B, in: value)
      }
    }
    return bytes > PartSelection.byteLimit || items > PartSelection.itemLimit
  }
}

extension [UInt8] {
  fileprivate func count(of byte: UInt8, in range: ByteRange) -> Int {
    let bytes = span.extracting(range.bounds)
    // Sound: the buffer is the span's own, for the time of the call. So the loop becomes vectors.
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      for index in 0..<buffer.count { count &+= unsafe buffer[index] == byte ? 1 : 0 }
      return count
    }
  }
}

extension InspectedParts {
  /// The body, whichever way it is looked at.
  fileprivate static let bodies = InspectedParts.body.union(.jsonBody)
}
