import Behaviour
import Bytes
import Transforms
import WAFProgram

/// What a slot yields for a record: the values a condition is tested on.
struct SlotValue {
  enum State: UInt8 {
    case values
    /// The request has no such component.
    case missing
    /// Nothing of the component is recorded.
    case unknown
    /// The component's own fallback says that the statement matches, or that it does not.
    case decidedMatch
    case decidedNoMatch
  }

  /// What the statement would say if the resource were of another type than the one assumed.
  enum Elsewhere: UInt8 {
    case theSame
    case match
    case noMatch
  }

  var state: State
  /// What the value, or its absence, rests on.
  var level: EvidenceLevel = .exact
  var reason: Answer.Reason = .evidence
  /// The elements in `Evaluator.elements`.
  var first = 0
  var count = 0
  /// The open questions whose other reading could give other elements.
  var questions = OpenQuestions(rawValue: 0)
  /// Whether the component is above its inspection limit.
  var isOversize = false
  /// Whether something that is not recorded leaves open if it is.
  var isSizeUnknown = false
  var elsewhere = Elsewhere.theSame

  static func unknown(_ reason: Answer.Reason) -> SlotValue {
    SlotValue(state: .unknown, reason: reason)
  }

  /// What a component's fallback says.
  static func decided(_ fallback: FieldFallback) -> SlotValue {
    SlotValue(state: fallback == .match ? .decidedMatch : .decidedNoMatch)
  }

  var elements: Range<Int> { first..<first + count }

  /// Makes the value rest on something weaker; stays as it is if it already does.
  mutating func weaken(to weaker: EvidenceLevel, _ why: Answer.Reason) {
    guard weaker > level else { return }
    level = weaker
    reason = why
  }
}

/// The values of a slot under another reading of an open question.
struct Reading {
  var slot: Int
  var question: UInt32
  var value: SlotValue
}

/// One value of a slot.
struct Element {
  enum State: UInt8 {
    case known
    /// The value is known, not how much of its start is inspected: all of it, some, or nothing.
    case shortened
    /// Only the first bytes of the value are recorded.
    case prefix
    /// The value was redacted.
    case redacted
    /// The value, or whether there is one, is not recorded.
    case unrecorded
  }

  var range: ByteRange
  /// Whether the bytes lie in the evaluator's arena; else in the record's.
  var isInArena = false
  var state: State = .known
  /// The name of the header, argument or cookie.
  var name: ByteRange = .empty
  /// Whether the name lies in the evaluator's arena; else in the record's.
  var isNameInArena = false
  /// The open questions that the last transformation of the value depends on.
  var questions = OpenQuestions(rawValue: 0)
  /// The leaves of the slot whose literals are in the value: a place in `FilterFindings.hits`.
  var hits = Element.unscanned
  /// The traits of the untransformed value, once the prefilter has seen it.
  var traits = ByteTraits(rawValue: 0)

  static var unscanned: Int32 { -1 }
  /// The prefilter has found no literal in the value.
  static var scannedInVain: Int32 { -2 }

  /// What stands for values that the recording leaves out.
  static let unrecorded = Element(range: .empty, state: .unrecorded)

  /// Whether both are the same bytes at the same place.
  func isSame(as other: Element) -> Bool {
    range == other.range && isInArena == other.isInArena && state == other.state
  }

  /// Whether nothing of the value is known.
  var isHidden: Bool { state == .redacted || state == .unrecorded }
}
