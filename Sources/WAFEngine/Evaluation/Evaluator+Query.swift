import Behaviour
import Bytes
import Transforms
import WAFProgram
import WAFRequests

extension Evaluator {
  mutating func extractQuery(
    flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    if record.query.state.hasBytes
      && hasRedactedPart(record.query.range, separator: 0x26, record)
    {
      return .unknown(.redacted)
    }
    return extract(record.query, flipping: flipping)
  }

  /// The values of the arguments called `name` (lower case), or of all.
  ///
  /// Split at `&` only, name and value at the first `=`; names are compared as sent, ASCII case
  /// ignored. Source: "Request components" of the developer guide (documented: the split, the
  /// comparison; assumed: no decoding of names, see `argumentNames`).
  mutating func extractArguments(
    named name: [UInt8]?, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    switch record.query.state {
    case .known, .lossy, .prefix: break
    case .absent, .empty, .absentOrEmpty: return missing(flipping: flipping)
    case .redacted: return .unknown(.redacted)
    case .notRecorded: return .unknown(.notRecorded)
    }
    var value = SlotValue(state: .values, first: elements.count)
    if record.query.state == .lossy {
      value.level = .approximate
      value.reason = .lossy
    }
    let bounds = record.query.range.bounds
    var start = bounds.lowerBound
    while start <= bounds.upperBound {
      var end = start
      while end < bounds.upperBound, record.storage[end] != 0x26 { end += 1 }
      appendArgument(start..<end, named: name, flipping: flipping, to: &value, record)
      start = end + 1
    }
    if record.query.state == .prefix {
      // Arguments behind the recorded part may follow, and the last one may go on.
      elements.append(Element(range: .empty, state: .unknown))
      value.count += 1
    }
    guard value.count > 0 else {
      var nothing = missing(flipping: flipping)
      nothing.questions.formUnion(value.questions)
      nothing.level = value.level
      nothing.reason = value.reason
      return nothing
    }
    return value
  }

  private mutating func appendArgument(
    _ segment: Range<Int>, named name: [UInt8]?, flipping: OpenQuestions,
    to value: inout SlotValue, _ record: borrowing RequestRecord
  ) {
    if segment.isEmpty {
      value.questions.insert(.emptyArguments)
      guard flipping == .emptyArguments, name == nil || name == [] else { return }
    }
    var equals = segment.lowerBound
    while equals < segment.upperBound, record.storage[equals] != 0x3D { equals += 1 }
    let key = ByteRange(start: segment.lowerBound, count: equals - segment.lowerBound)
    if let name, !isArgument(key, named: name, flipping: flipping, &value.questions, record) {
      return
    }
    let valueStart = min(equals + 1, segment.upperBound)
    var element = Element(
      range: ByteRange(start: valueStart, count: segment.upperBound - valueStart), name: key)
    let isCut = record.query.state == .prefix && segment.upperBound == record.query.range.end
    if isRedacted(element.range, record) || (isCut && equals == segment.upperBound) {
      // Of an argument that is cut inside its name nothing is known.
      element.state = .unknown
    } else if isCut {
      element.state = .prefix
    }
    elements.append(element)
    value.count += 1
  }

  private mutating func isArgument(
    _ key: ByteRange, named name: [UInt8], flipping: OpenQuestions,
    _ questions: inout OpenQuestions, _ record: borrowing RequestRecord
  ) -> Bool {
    let bytes = record.storage.span.extracting(key.bounds)
    let asSent = bytes.equalsIgnoringASCIICase(name.span)
    let effect = TextTransformation.urlDecode.apply(to: bytes, into: &staging)
    guard effect.changed else { return asSent }
    let decoded = staging.span.equalsIgnoringASCIICase(name.span)
    if decoded != asSent { questions.insert(.argumentNames) }
    return flipping == .argumentNames ? decoded : asSent
  }
}
