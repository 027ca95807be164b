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
    _ selection: PartSelection, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    var value = SlotValue(state: .values, first: elements.count)
    var budget = PartBudget(isOtherReading: flipping == .componentLimits)
    var hasCookieHeader = false
    readHeaders(record)
    let cookieName = Self.cookieName
    let mark = NameMark(cookieName.span)
    var next = 0
    while let index = indexOfLine(named: Self.cookieName, mark, from: next, record) {
      next = index + 1
      let header = record.headers[index]
      hasCookieHeader = true
      switch header.value.state {
      case .redacted: appendHidden(.redacted, budget: &budget, to: &value)
      case .notRecorded: appendHidden(.unrecorded, budget: &budget, to: &value)
      case .known, .empty, .absent, .absentOrEmpty, .lossy, .prefix:
        if header.value.state == .lossy { value.weaken(to: .approximate, .lossy) }
        appendCookies(
          header.value, selection, flipping: flipping, budget: &budget, to: &value, record)
        if header.value.state == .prefix {
          appendHidden(.unrecorded, budget: &budget, to: &value)
        }
      }
    }
    if !hasCookieHeader && record.mayMissHeader(named: Self.cookieName) {
      return .unknown(.notRecorded)
    }
    return finished(value, budget, flipping: flipping)
  }

  static let cookieName = Array("cookie".utf8)

  /// Cookies of which nothing is known, not even how many they are.
  private mutating func appendHidden(
    _ state: Element.State, budget: inout PartBudget, to value: inout SlotValue
  ) {
    append(Element(range: .empty, state: state), to: &value)
    budget.passHidden(state, isCounted: true)
  }

  private mutating func appendCookies(
    _ component: Component, _ selection: PartSelection, flipping: OpenQuestions,
    budget: inout PartBudget, to value: inout SlotValue, _ record: borrowing RequestRecord
  ) {
    let bounds = component.range.bounds
    var start = bounds.lowerBound
    while start < bounds.upperBound {
      let end = firstIndex(of: 0x3B, in: start..<bounds.upperBound, isInArena: false, record)
      let cookie = trimmed(ByteRange(start: start, count: end - start), record)
      // The last cookie of a line of which only the start is recorded may go on: it counts with what
      // is not recorded.
      let isCutOff = component.state == .prefix && end == bounds.upperBound
      if !cookie.isEmpty && !isCutOff {
        appendCookie(
          cookie.bounds, selection, flipping: flipping, budget: &budget, to: &value, record)
      }
      start = end + 1
    }
  }

  private mutating func appendCookie(
    _ cookie: Range<Int>, _ selection: PartSelection, flipping: OpenQuestions,
    budget: inout PartBudget, to value: inout SlotValue, _ record: borrowing RequestRecord
  ) {
    let equals = firstIndex(of: 0x3D, in: cookie, isInArena: false, record)
    var key = ByteRange(start: cookie.lowerBound, count: equals - cookie.lowerBound)
    let valueStart = min(equals + 1, cookie.upperBound)
    var content = ByteRange(start: valueStart, count: cookie.upperBound - valueStart)
    if equals == cookie.upperBound {
      value.questions.insert(.bareCookies)
      if flipping == .bareCookies { swap(&key, &content) }
    }
    var part = NamedPart(
      key: Element(range: key, name: key), content: Element(range: content, name: key),
      isSelected: selects(selection.pattern, key, ignoringCase: false, record))
    if isRedacted(content, record) {
      part.content.range = .empty
      part.content.state = .redacted
    }
    append(part, selection.scope, budget: &budget, to: &value)
  }
}
