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
  /// The raw query goes through the pre-parse transformations. It is then split at `&` only, name
  /// and value at the first `=`; names are compared as sent, ASCII case ignored. Source: "Request
  /// components", "Using pre-parse text transformations" of the developer guide (documented: the
  /// transformations, the split, the comparison; assumed: no decoding of names, see
  /// `argumentNames`).
  mutating func extractArguments(
    named name: [UInt8]?, preParse: [PreParseTransformation], flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> SlotValue {
    switch record.query.state {
    case .known, .lossy, .prefix: break
    case .absent, .empty, .absentOrEmpty: return missing(flipping: flipping)
    case .redacted: return .unknown(.redacted)
    case .notRecorded: return .unknown(.notRecorded)
    }
    var value = SlotValue(state: .values, first: elements.count)
    if record.query.state == .lossy { value.weaken(to: .approximate, .lossy) }
    var query = RawQuery(range: record.query.range, isCut: record.query.state == .prefix)
    for transformation in preParse where transformation != .none {
      // What stands in the place of a redacted value may have been an `&`, or have become one.
      if !query.isTransformed && hasRedactedPart(query.range, separator: 0x26, record) {
        return .unknown(.redacted)
      }
      guard apply(transformation, to: &query, flipping: flipping, &value.questions, record) else {
        return .unknown(.notRecorded)
      }
    }
    let bounds = query.range.bounds
    var start = bounds.lowerBound
    while start <= bounds.upperBound {
      let end = firstIndex(
        of: 0x26, in: start..<bounds.upperBound, isInArena: query.isInArena, record)
      appendArgument(start..<end, of: query, named: name, flipping: flipping, to: &value, record)
      start = end + 1
    }
    // Arguments behind the recorded part may follow, and the last one may go on.
    if query.isCut { append(.unrecorded, to: &value) }
    guard value.count > 0 else {
      var nothing = missing(flipping: flipping)
      nothing.questions.formUnion(value.questions)
      nothing.level = value.level
      nothing.reason = value.reason
      return nothing
    }
    return value
  }

  /// The query string on its way to being split.
  private struct RawQuery {
    var range: ByteRange
    var isInArena = false
    /// Whether only its start is recorded.
    var isCut: Bool
    var isTransformed = false
  }

  /// False where what is not recorded could change what is.
  private mutating func apply(
    _ transformation: PreParseTransformation, to query: inout RawQuery, flipping: OpenQuestions,
    _ questions: inout OpenQuestions, _ record: borrowing RequestRecord
  ) -> Bool {
    query.isTransformed = true
    if query.isCut {
      let kept =
        query.isInArena
        ? transformation.keptPrefix(of: arena.span.extracting(query.range.bounds))
        : transformation.keptPrefix(of: record.storage.span.extracting(query.range.bounds))
      guard let kept else { return false }
      query.range.count = UInt32(truncatingIfNeeded: kept)
    }
    let effect =
      query.isInArena
      ? transformation.apply(to: arena, query.range, into: &staging, flipping: flipping)
      : transformation.apply(to: record.storage, query.range, into: &staging, flipping: flipping)
    questions.formUnion(effect.questions)
    if effect.changed {
      query.range = ByteRange(start: arena.count, count: staging.count)
      query.isInArena = true
      arena.append(contentsOf: staging)
    }
    return true
  }

  private mutating func appendArgument(
    _ segment: Range<Int>, of query: RawQuery, named name: [UInt8]?, flipping: OpenQuestions,
    to value: inout SlotValue, _ record: borrowing RequestRecord
  ) {
    if segment.isEmpty {
      value.questions.insert(.emptyArguments)
      guard flipping == .emptyArguments, name == nil || name == [] else { return }
    }
    let equals = firstIndex(of: 0x3D, in: segment, isInArena: query.isInArena, record)
    let key = ByteRange(start: segment.lowerBound, count: equals - segment.lowerBound)
    if let name,
      !isArgument(
        key, isInArena: query.isInArena, named: name, flipping: flipping, &value.questions, record)
    {
      return
    }
    let valueStart = min(equals + 1, segment.upperBound)
    var element = Element(
      range: ByteRange(start: valueStart, count: segment.upperBound - valueStart),
      isInArena: query.isInArena, name: key, isNameInArena: query.isInArena)
    let isCut = query.isCut && segment.upperBound == query.range.end
    if !query.isTransformed && isRedacted(element.range, record) {
      element.state = .redacted
    } else if isCut {
      // Of an argument that is cut inside its name nothing is known.
      element.state = equals == segment.upperBound ? .unrecorded : .prefix
    }
    append(element, to: &value)
  }

  private mutating func isArgument(
    _ key: ByteRange, isInArena: Bool, named name: [UInt8], flipping: OpenQuestions,
    _ questions: inout OpenQuestions, _ record: borrowing RequestRecord
  ) -> Bool {
    let asSent =
      isInArena
      ? arena.span.extracting(key.bounds).equalsIgnoringASCIICase(name.span)
      : record.storage.span.extracting(key.bounds).equalsIgnoringASCIICase(name.span)
    let effect =
      isInArena
      ? TextTransformation.urlDecode.apply(to: arena, key, into: &staging, flipping: flipping)
      : TextTransformation.urlDecode.apply(
        to: record.storage, key, into: &staging, flipping: flipping)
    guard effect.changed else { return asSent }
    let decoded = staging.span.equalsIgnoringASCIICase(name.span)
    if decoded != asSent { questions.insert(.argumentNames) }
    return flipping == .argumentNames ? decoded : asSent
  }
}

extension PreParseTransformation {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the output.
  fileprivate func apply(
    to bytes: [UInt8], _ range: ByteRange, into output: inout [UInt8], flipping: OpenQuestions
  ) -> TransformEffect {
    apply(to: bytes.span.extracting(range.bounds), into: &output, flipping: flipping)
  }
}
