import Behaviour
import Bytes
import WAFProgram
import WAFRequests

/// Counts headers or cookies against the limits of what is inspected: 8,192 bytes, 200 items.
///
/// Source: "Oversize request components" of the developer guide (documented: the limits; open, Q8:
/// what they count). By default the parts that a field looks at of what it selects count, and a part
/// that straddles the limit is cut there. By other readings names and values count, or those of all
/// headers or cookies, or what straddles is not inspected at all; they are tried together, as one
/// in which only what lies within the limit by all of them is certain.
struct PartBudget {
  /// Whether the other readings of Q8 are tried.
  let isOtherReading: Bool
  private var plain = Count()
  /// Counts names and values of everything.
  private var strict = Count()
  /// Why the size of something passed, which counts, is not known; nil where there was none.
  private var hidden: Element.State?
  /// Whether something of unknown size has been passed that any reading counts.
  private var hasHidden = false

  init(isOtherReading: Bool) {
    self.isOtherReading = isOtherReading
  }

  private struct Count {
    var bytes = 0
    var items = 0
    var isOver = false

    /// How many bytes of the next item lie within the limits; nil where it lies behind them.
    mutating func take(_ cost: Int) -> Int? {
      items += 1
      // An item of no bytes still fits where the limit is reached exactly, never behind it.
      guard items <= PartSelection.itemLimit,
        bytes < PartSelection.byteLimit || (cost == 0 && bytes == PartSelection.byteLimit)
      else {
        isOver = true
        return nil
      }
      let room = min(cost, PartSelection.byteLimit - bytes)
      bytes += cost
      if room < cost { isOver = true }
      return room
    }
  }

  /// Whether other readings of Q8 may see other parts of the component.
  var isContested: Bool { hasHidden || strict.isOver }

  /// Whether the limit is passed for certain.
  var isOver: Bool { isOtherReading ? strict.isOver : plain.isOver }

  /// Whether something of unknown size leaves open if the limit is passed.
  var isSizeUnknown: Bool { (isOtherReading ? hasHidden : hidden != nil) && !isOver }

  /// What is inspected of an item.
  struct Room {
    /// How many bytes of the parts that the field looks at.
    var bytes: Int
    var isWhole: Bool
    /// Nil where it is certain that so much is inspected.
    var doubt: Element.State?
  }

  /// What is inspected of the next item; nil for nothing.
  ///
  /// - Parameters:
  ///   - counted: the bytes of the parts that the field looks at; nil for an item not selected.
  ///   - all: the bytes of name and value.
  ///   - content: what is known of its value, and whether the field looks at that.
  mutating func take(
    counted: Int?, all: Int, content: Element.State, looksAtContent: Bool
  ) -> Room? {
    let hiddenBefore = hidden
    let fitsWhole = strict.take(all) == all
    if content != .known {
      hasHidden = true
      if counted != nil && looksAtContent {
        hidden = hidden ?? (content == .prefix ? .unrecorded : content)
      }
    }
    guard let counted, let room = plain.take(counted) else { return nil }
    var result = Room(bytes: room, isWhole: room == counted, doubt: hiddenBefore)
    if isOtherReading && hiddenBefore == nil && (!fitsWhole || hasHidden) {
      result.doubt = .shortened
    }
    return result
  }

  /// Notes items of which not even the number is known.
  mutating func passHidden(_ state: Element.State, isCounted: Bool) {
    hasHidden = true
    if isCounted { hidden = hidden ?? state }
  }
}

/// A header or a cookie.
struct NamedPart {
  var key: Element
  var content: Element
  var isSelected: Bool
}

extension Evaluator {
  /// Adds the parts of a header or cookie that are looked at and lie within the limits.
  mutating func append(
    _ part: NamedPart, _ scope: MatchScope, budget: inout PartBudget, to value: inout SlotValue
  ) {
    let keyBytes = Int(part.key.range.count)
    let contentBytes = Int(part.content.range.count)
    let looksAtContent = scope.looksAtValues
    let counted = (scope.looksAtKeys ? keyBytes : 0) + (looksAtContent ? contentBytes : 0)
    guard
      let room = budget.take(
        counted: part.isSelected ? counted : nil, all: keyBytes + contentBytes,
        content: part.content.state, looksAtContent: looksAtContent)
    else { return }
    var left = room.bytes
    if scope.looksAtKeys {
      var key = part.key
      key.range.count = min(key.range.count, UInt32(truncatingIfNeeded: left))
      key.doubt(room.doubt)
      append(key, to: &value)
      left -= Int(key.range.count)
    }
    if looksAtContent && (left > 0 || room.isWhole) {
      var content = part.content
      if left < contentBytes {
        content.range.count = UInt32(truncatingIfNeeded: left)
        // All of it that is inspected is recorded.
        if content.state == .prefix { content.state = .known }
      }
      content.doubt(room.doubt)
      append(content, to: &value)
    }
  }

  mutating func append(_ element: Element, to value: inout SlotValue) {
    elements.append(element)
    value.count += 1
  }

  /// A field's value once all its parts are added: what the limits say of it, or that there is none.
  mutating func finished(
    _ value: SlotValue, _ budget: PartBudget, flipping: OpenQuestions
  ) -> SlotValue {
    var result = value
    if value.count == 0 {
      result = missing(flipping: flipping)
      result.questions.formUnion(value.questions)
      result.weaken(to: value.level, value.reason)
    }
    if budget.isContested { result.questions.insert(.componentLimits) }
    result.isOversize = budget.isOver
    result.isSizeUnknown = budget.isSizeUnknown
    return result
  }

  /// Whether a field selects a part of this name.
  func selects(
    _ pattern: PartSelection.Pattern, _ name: ByteRange, ignoringCase: Bool,
    _ record: borrowing RequestRecord
  ) -> Bool {
    switch pattern {
    case .all: return true
    case .included(let names):
      for candidate in names where isEqual(name, candidate, ignoringCase, record) { return true }
      return false
    case .excluded(let names):
      for candidate in names where isEqual(name, candidate, ignoringCase, record) { return false }
      return true
    }
  }

  private func isEqual(
    _ range: ByteRange, _ name: [UInt8], _ ignoringCase: Bool, _ record: borrowing RequestRecord
  ) -> Bool {
    let bytes = record.storage.span.extracting(range.bounds)
    return ignoringCase ? bytes.equalsIgnoringASCIICase(name.span) : bytes.equals(name.span)
  }
}

extension Element {
  /// Makes it uncertain whether the element is inspected.
  fileprivate mutating func doubt(_ doubt: State?) {
    guard let doubt else { return }
    // The start of a value that may not be inspected at all says nothing.
    state = doubt == .shortened && state != .known ? .unrecorded : doubt
  }
}
