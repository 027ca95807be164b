import Behaviour
import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// Keys and values of the selected cookies.
  ///
  /// Cookie lines are split at `;`, spaces around a cookie trimmed, key and value split at the first
  /// `=`. At most 8,192 bytes and 200 cookies are inspected. Source: "Request components" and
  /// "Oversize request components" of the developer guide (documented: limits, selection; assumed:
  /// how the limits are counted, see `componentLimits`; cookies without `=`, see `bareCookies`).
  mutating func extractCookies(
    _ selection: CookieSelection, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    var value = SlotValue(state: .values, first: elements.count)
    var budget = CookieBudget(countsAllParts: flipping == .componentLimits)
    var hasCookieHeader = false
    for header in record.headers where isNamed(header, Self.cookieName, record) {
      hasCookieHeader = true
      switch header.value.state {
      case .redacted, .notRecorded:
        elements.append(Element(range: .empty, state: .unknown))
        value.count += 1
        budget.hasHidden = true
      case .known, .empty, .absent, .absentOrEmpty, .lossy, .prefix:
        if header.value.state == .lossy {
          value.level = .approximate
          value.reason = .lossy
        }
        appendCookies(
          header.value, selection, flipping: flipping, budget: &budget, to: &value, record)
        if header.value.state == .prefix {
          elements.append(Element(range: .empty, state: .unknown))
          value.count += 1
          budget.hasHidden = true
        }
      }
    }
    if budget.allBytes > CookieSelection.byteLimit
      || budget.allItems > CookieSelection.itemLimit
    {
      value.questions.insert(.componentLimits)
    }
    value.isOversize = budget.isOver
    value.isSizeUnknown = budget.hasHidden && !budget.isOver
    guard value.count > 0 else {
      if !hasCookieHeader && !record.headersAreComplete { return .unknown(.notRecorded) }
      var nothing = missing(flipping: flipping)
      nothing.questions.formUnion(value.questions)
      nothing.isOversize = value.isOversize
      nothing.isSizeUnknown = value.isSizeUnknown
      nothing.level = value.level
      nothing.reason = value.reason
      return nothing
    }
    return value
  }

  private static let cookieName = Array("cookie".utf8)

  private mutating func appendCookies(
    _ component: Component, _ selection: CookieSelection, flipping: OpenQuestions,
    budget: inout CookieBudget, to value: inout SlotValue, _ record: borrowing RequestRecord
  ) {
    let bounds = component.range.bounds
    var start = bounds.lowerBound
    while start < bounds.upperBound {
      var end = start
      while end < bounds.upperBound, record.storage[end] != 0x3B { end += 1 }
      var cookie = start..<end
      while let first = cookie.first, record.storage[first].isSpaceOrTab { cookie.removeFirst() }
      while let last = cookie.last, record.storage[last].isSpaceOrTab { cookie.removeLast() }
      // The last cookie of a line of which only the start is recorded may go on: it counts with what
      // is not recorded.
      let isCutOff = component.state == .prefix && end == bounds.upperBound
      if !cookie.isEmpty && !isCutOff {
        appendCookie(
          cookie, selection, flipping: flipping, budget: &budget, to: &value, record)
      }
      start = end + 1
    }
  }

  private mutating func appendCookie(
    _ cookie: Range<Int>, _ selection: CookieSelection, flipping: OpenQuestions,
    budget: inout CookieBudget, to value: inout SlotValue, _ record: borrowing RequestRecord
  ) {
    var equals = cookie.lowerBound
    while equals < cookie.upperBound, record.storage[equals] != 0x3D { equals += 1 }
    var key = ByteRange(start: cookie.lowerBound, count: equals - cookie.lowerBound)
    let valueStart = min(equals + 1, cookie.upperBound)
    var content = ByteRange(start: valueStart, count: cookie.upperBound - valueStart)
    if equals == cookie.upperBound {
      value.questions.insert(.bareCookies)
      if flipping == .bareCookies { swap(&key, &content) }
    }
    let isSelected = selects(selection.pattern, key, record)
    let counted =
      switch selection.scope {
      case .all: Int(key.count) + Int(content.count)
      case .key: Int(key.count)
      case .value: Int(content.count)
      }
    guard
      let room = budget.take(
        isSelected: isSelected, countedBytes: counted,
        allBytes: Int(key.count) + Int(content.count)), isSelected
    else { return }
    let isCut = room < counted
    // The other reading of Q8 drops a cookie that straddles the limit; the default cuts it.
    if isCut && flipping == .componentLimits { return }
    let isHidden = isRedacted(content, record)
    defer { if isHidden && selection.scope != .key { budget.hasHidden = true } }
    // Under the other reading of Q8 a value that is not looked at counts all the same.
    if budget.hasUncounted {
      value.level = max(value.level, .approximate)
      value.reason = .openQuestion
    }
    defer { if isHidden && selection.scope == .key { budget.hasUncounted = true } }
    // Behind a value of unknown size a cookie may lie beyond the limit.
    let isUncertain = budget.hasHidden
    var left = room
    if selection.scope != .value {
      let kept = min(left, Int(key.count))
      append(
        ByteRange(start: Int(key.start), count: kept), key, isHidden: isUncertain, to: &value)
      left -= kept
    }
    if selection.scope != .key && (left > 0 || !isCut) {
      let kept = min(left, Int(content.count))
      append(
        ByteRange(start: Int(content.start), count: kept), key,
        isHidden: isHidden || isUncertain, to: &value)
    }
  }

  private mutating func append(
    _ range: ByteRange, _ name: ByteRange, isHidden: Bool, to value: inout SlotValue
  ) {
    elements.append(Element(range: range, state: isHidden ? .unknown : .known, name: name))
    value.count += 1
  }

  private func selects(
    _ pattern: CookieSelection.Pattern, _ key: ByteRange, _ record: borrowing RequestRecord
  ) -> Bool {
    switch pattern {
    case .all: return true
    case .included(let names):
      for name in names where isEqual(key, name, record) { return true }
      return false
    case .excluded(let names):
      for name in names where isEqual(key, name, record) { return false }
      return true
    }
  }

  private func isEqual(
    _ range: ByteRange, _ name: [UInt8], _ record: borrowing RequestRecord
  ) -> Bool {
    record.storage.span.extracting(range.bounds).equals(name.span)
  }
}

/// Counts cookies against the limits of what is inspected.
private struct CookieBudget {
  /// The other reading of Q8: names and values of all cookies count, selected or not.
  var countsAllParts: Bool
  var bytes = 0
  var items = 0
  var allBytes = 0
  var allItems = 0
  var isOver = false
  /// Whether a value of unknown size has been passed that the default reading does not count.
  var hasUncounted = false
  /// Whether a value of unknown size has been passed.
  var hasHidden = false

  /// How many bytes of the next cookie are inspected; nil where none are.
  mutating func take(isSelected: Bool, countedBytes: Int, allBytes more: Int) -> Int? {
    allBytes += more
    allItems += 1
    guard isSelected || countsAllParts else { return nil }
    let cost = countsAllParts ? more : countedBytes
    items += 1
    // A cookie of no bytes still fits where the limit is reached exactly, never behind it.
    guard items <= CookieSelection.itemLimit,
      bytes < CookieSelection.byteLimit || (cost == 0 && bytes == CookieSelection.byteLimit)
    else {
      isOver = true
      return nil
    }
    let room = min(cost, CookieSelection.byteLimit - bytes)
    bytes += cost
    if room < cost { isOver = true }
    // Under the other reading a cookie that fits as a whole fits in the part looked at.
    return countsAllParts ? (room < cost ? 0 : countedBytes) : room
  }
}
