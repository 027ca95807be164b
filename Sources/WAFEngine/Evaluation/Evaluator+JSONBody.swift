import Behaviour
import Bytes
import LenientJSON
import WAFProgram
import WAFRequests

extension Evaluator {
  /// Keys and scalar values of a JSON body.
  ///
  /// Source: "JSON body" under "Request components" of the developer guide (documented: the
  /// elements, what is done with a body that does not parse; assumed: a body above the limit does
  /// not parse, since it is cut; one that is absent has no elements).
  mutating func extractJSONBody(
    _ selection: JSONSelection, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    switch record.body.state {
    case .absent:
      var value =
        flipping == .absentAsEmpty
        ? inspectJSON(selection, flipping: flipping, record) : SlotValue(state: .missing)
      noteAbsence(of: record.bodyAbsence, in: &value)
      return value
    case .absentOrEmpty where flipping != .absentAsEmpty:
      return SlotValue(state: .missing, questions: .absentAsEmpty)
    case .redacted: return unrecordedJSON(selection, .redacted, record)
    case .notRecorded: return unrecordedJSON(selection, .notRecorded, record)
    case .known, .empty, .absentOrEmpty, .lossy, .prefix:
      return inspectJSON(selection, flipping: flipping, record)
    }
  }

  /// A body of which nothing is recorded: above the limit it does not parse, whatever it is.
  private func unrecordedJSON(
    _ selection: JSONSelection, _ reason: Answer.Reason, _ record: borrowing RequestRecord
  ) -> SlotValue {
    guard let fixed = selection.fallback.fixed else { return .unknown(reason) }
    let isOver = bodyIsOver(recordedBodySize(record), record)
    guard isOver.value == .match else { return .unknown(reason) }
    var value = SlotValue.decided(fixed)
    value.weaken(to: isOver.level, isOver.reason)
    return value
  }

  /// How far the parse of the inspected bytes is known.
  private enum Parse {
    case complete
    case failed
    /// It fails, behind what is recorded.
    case failedLater
    /// It goes on in what is not recorded.
    case open
  }

  private mutating func inspectJSON(
    _ selection: JSONSelection, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    let body = record.body.range
    var inspected = body
    inspected.count = min(body.count, UInt32(truncatingIfNeeded: bodyLimitBytes))
    let isOversize = inspected.count < body.count
    // What lies above the limit need not be recorded.
    let isCut = record.body.state == .prefix && !isOversize
    let outcome = jsonParser.parse(
      record.storage, inspected, paths: selection.paths, isStart: isCut, flipping: flipping)
    var value = SlotValue(state: .values, first: elements.count)
    value.questions = outcome.questions
    value.isOversize = isOversize
    if record.body.state == .lossy { value.weaken(to: .approximate, .lossy) }
    let parse: Parse
    switch outcome.end {
    case .failed: parse = .failed
    case .complete, .unfinished:
      if !isCut {
        parse = outcome.end == .complete && !isOversize ? .complete : .failed
        break
      }
      let isOver = bodyIsOver(recordedBodySize(record), record)
      parse = isOver.value == .match ? .failedLater : .open
      if parse == .failedLater { value.weaken(to: isOver.level, isOver.reason) }
    }
    switch parse {
    case .complete:
      appendJSONElements(selection.scope, body, to: &value)
    case .failed, .failedLater:
      switch selection.fallback {
      case .match: value.state = .decidedMatch
      case .noMatch: value.state = .decidedNoMatch
      case .elementsBefore:
        appendJSONElements(selection.scope, body, to: &value)
        if parse == .failedLater { append(.unrecorded, to: &value) }
      case .plainText:
        var element = Element(range: flipping == .truncatedBodySize ? body : inspected)
        if isCut || (flipping == .truncatedBodySize && record.body.state == .prefix) {
          element.state = .prefix
        }
        append(element, to: &value)
      }
    case .open:
      switch selection.fallback {
      // Elements that are there match whether the rest parses or not.
      case .elementsBefore, .match:
        appendJSONElements(selection.scope, body, to: &value)
        append(.unrecorded, to: &value)
      case .noMatch, .plainText: return .unknown(.notRecorded)
      }
    }
    guard value.state == .values && value.count == 0 else { return value }
    // A body without a selected element has no more to match than one that is absent.
    var nothing = missing(flipping: flipping)
    nothing.questions.formUnion(value.questions)
    nothing.isOversize = isOversize
    nothing.weaken(to: value.level, value.reason)
    return nothing
  }

  private mutating func appendJSONElements(
    _ scope: MatchScope, _ body: ByteRange, to value: inout SlotValue
  ) {
    let start = UInt32(truncatingIfNeeded: arena.count)
    arena.append(contentsOf: jsonParser.decoded)
    for index in jsonParser.elements.indices {
      let found = jsonParser.elements[index]
      switch found.kind {
      case .key where scope == .value: continue
      case .value where scope == .key: continue
      case .key, .value: break
      }
      var element = Element(range: found.range, isInArena: found.isDecoded)
      element.range.start += found.isDecoded ? start : body.start
      append(element, to: &value)
    }
  }
}

extension JSONSelection.Fallback {
  /// The answer on a body that does not parse, where the fallback is one.
  fileprivate var fixed: FieldFallback? {
    switch self {
    case .match: .match
    case .noMatch: .noMatch
    case .elementsBefore, .plainText: nil
    }
  }
}

extension LenientJSONParser {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the parser.
  fileprivate mutating func parse(
    _ bytes: [UInt8], _ range: ByteRange, paths: [[[UInt8]]]?, isStart: Bool,
    flipping: OpenQuestions
  ) -> JSONOutcome {
    parse(
      bytes.span.extracting(range.bounds), paths: paths, isStart: isStart, flipping: flipping)
  }
}
