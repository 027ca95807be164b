import Behaviour
import Bytes
import WAFProgram

/// What a slot yields for a record: the values a condition is tested on.
struct SlotValue {
  enum State: UInt8 {
    case values
    /// The request has no such component.
    case missing
    /// Nothing of the component is recorded.
    case unknown
  }

  var state: State
  /// What the value, or its absence, rests on.
  var level: EvidenceLevel = .exact
  var reason: Answer.Reason = .evidence
  /// The elements in `Evaluator.elements`.
  var first = 0
  var count = 0
  /// The open questions whose other reading could give other elements.
  var questions: OpenQuestions = []
  /// Whether the component is above its inspection limit.
  var isOversize = false
  /// Whether a redacted part leaves open if it is.
  var isSizeUnknown = false

  static func unknown(_ reason: Answer.Reason) -> SlotValue {
    SlotValue(state: .unknown, reason: reason)
  }

  var elements: Range<Int> { first..<first + count }
}

/// One value of a slot.
struct Element {
  enum State: UInt8 {
    case known
    /// Only the first bytes of the value are recorded.
    case prefix
    /// The value was redacted.
    case unknown
  }

  var range: ByteRange
  /// Whether the bytes lie in the evaluator's arena; else in the record's.
  var isInArena = false
  var state: State = .known
  /// The name of the header, argument or cookie, in the record's arena.
  var name: ByteRange = .empty
}
