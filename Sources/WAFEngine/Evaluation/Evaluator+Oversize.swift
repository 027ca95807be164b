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
    guard couldBeOversize(record) else { return parts }
    if inspected.contains(.body), bodyOverLimit(record).value == .match { parts.insert(.body) }
    if inspected.contains(.cookies), cookiesOverLimit(record).value == .match {
      parts.insert(.cookies)
    }
    return parts
  }

  /// Whether the evidence of the walk's level leaves open which inspected parts are above their
  /// limit, given what the rules reached so far look at.
  mutating func isOversizeOpen(_ record: borrowing RequestRecord) -> Bool {
    guard couldBeOversize(record) else { return false }
    let inspected = walk.inspected.union(walk.maybeInspected)
    let onlyMaybe = walk.maybeInspected.subtracting(walk.inspected)
    if !oversizeParts(among: onlyMaybe, record).isEmpty { return true }
    if inspected.contains(.body), !isSettled(bodyOverLimit(record)) { return true }
    if inspected.contains(.cookies), !isSettled(cookiesOverLimit(record)) { return true }
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

  /// What the `Cookies` fields of the program agree on; unknown where they do not, since each
  /// counts the cookies that it selects.
  private mutating func cookiesOverLimit(_ record: borrowing RequestRecord) -> Answer {
    var agreed: Answer?
    for slot in program.cookieSlots {
      let cookies = slotValue(slot, flipping: [], record)
      if cookies.isSizeUnknown || cookies.state == .unknown { return .unknown(.notRecorded) }
      var answer = Answer(Ternary(cookies.isOversize), cookies.level, cookies.reason)
      if cookies.questions.contains(.componentLimits) {
        let other = slotValue(slot, flipping: .componentLimits, record)
        if other.isOversize != cookies.isOversize {
          answer = answer.weakened(to: .approximate, .openQuestion)
        }
      }
      guard let before = agreed else {
        agreed = answer
        continue
      }
      if before.value != answer.value { return .unknown(.unknowable) }
      agreed = before.weakened(to: answer.level, answer.reason)
    }
    return agreed ?? Answer(.no)
  }

  /// Whether headers or cookies, however counted, could be above 8,192 bytes or 200 items.
  private mutating func headersCouldBeOverLimit(_ record: borrowing RequestRecord) -> Bool {
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

  private func sumHeaders(_ record: borrowing RequestRecord) -> Bool {
    guard record.headersAreComplete, record.headers.count <= CookieSelection.itemLimit else {
      return true
    }
    var bytes = 0
    var items = record.headers.count
    for header in record.headers {
      switch header.value.state {
      case .redacted, .prefix, .lossy, .notRecorded: return true
      case .known, .empty, .absent, .absentOrEmpty: break
      }
      bytes += Int(header.name.count) + Int(header.value.range.count)
      for index in header.value.range.bounds where record.storage[index] == 0x3B { items += 1 }
    }
    return bytes > CookieSelection.byteLimit || items > CookieSelection.itemLimit
  }
}
