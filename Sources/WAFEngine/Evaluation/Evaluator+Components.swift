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
    if findings.fields[program.slots[slot.position].field].isBody {
      return bodyAnswer(condition, slot, oversize, record)
    }
    let value = slotValue(slot, flipping: Self.defaultReading, record)
    let answer = readingsAnswer(condition, slot, oversize, value, record)
    switch value.elsewhere {
    case .theSame: return answer
    case .match where answer.value == .match, .noMatch where answer.value == .no: return answer
    // A resource of another type has no such component.
    case .match, .noMatch: return answer.weakened(to: .assumed, .resourceType)
    }
  }

  // No question flipped. Not `[]`: across modules that goes through an unspecialized initializer.
  static var defaultReading: OpenQuestions { OpenQuestions(rawValue: 0) }

  /// The default reading's answer, held against the others.
  mutating func readingsAnswer(
    _ condition: Condition, _ slot: SlotIndex, _ oversize: Oversize, _ value: SlotValue,
    _ record: borrowing RequestRecord
  ) -> Answer {
    let answer = readingAnswer(
      condition, slot, oversize, flipping: Self.defaultReading, record)
    let questions = relevantQuestions(condition, slot, value)
    guard questions.rawValue != 0 && answer.value.isKnown else { return answer }
    return checkReadings(questions, of: answer, condition, slot, oversize, record)
  }

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
    let answer = criteriaAnswer(condition, value, flipping: flipping, record)
    guard value.isSizeUnknown && oversize != .inspectStart else { return answer }
    // Over the limit the handling answers, within it the criteria do.
    return answer.value == (oversize == .match ? .match : .no) ? answer : .unknown(.redacted)
  }

  /// The answer on a value that is within its limit, or inspected as far as that goes.
  mutating func criteriaAnswer(
    _ condition: Condition, _ value: SlotValue, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> Answer {
    switch value.state {
    case .unknown: .unknown(value.reason)
    case .missing, .decidedNoMatch: Answer(.no, value.level, value.reason)
    case .decidedMatch: Answer(.match, value.level, value.reason)
    case .values:
      testElements(condition, value, flipping: flipping, record)
        .weakened(to: value.level, value.reason)
    }
  }

  /// The open questions whose other reading has to be tried for this condition on this value.
  private func relevantQuestions(
    _ condition: Condition, _ slot: SlotIndex, _ value: SlotValue
  ) -> OpenQuestions {
    var questions = value.questions
    if case .size = condition {
      if value.state == .missing { questions.insert(.absentAsEmpty) }
      if value.count > 1 { questions.insert(.elementSizes) }
      if value.isOversize && findings.fields[program.slots[slot.position].field].isBody {
        questions.insert(.truncatedBodySize)
      }
    }
    return questions
  }

  mutating func checkReadings(
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
}
