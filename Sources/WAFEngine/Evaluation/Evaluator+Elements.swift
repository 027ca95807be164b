import Behaviour
import Bytes
import Matching
import WAFProgram
import WAFRequests

extension Evaluator {
  /// Whether any element satisfies the condition.
  mutating func testElements(
    _ condition: Condition, _ value: SlotValue, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> Answer {
    if case .size(_, let comparison, let limit, _) = condition, flipping == .elementSizes {
      return totalSizeAnswer(value, comparison, limit)
    }
    var unknown: Answer?
    var miss = Answer(.no)
    // Patterns with lookaround may not be accepted by the service (Q19): approximate either way.
    if case .regex(_, let set, _) = condition, program.patternSets[set].isApproximate {
      miss = Answer(.no, .approximate, .openQuestion)
    }
    for index in value.elements {
      let answer = testElement(condition, elements[index], record)
      switch answer.value {
      case .match: return answer
      case .unknown: unknown = unknown ?? answer
      case .no: miss = miss.weakened(to: answer.level, answer.reason)
      }
    }
    return unknown ?? miss
  }

  /// The other reading of Q2: the elements' total size.
  private func totalSizeAnswer(
    _ value: SlotValue, _ comparison: Comparison, _ limit: Int
  ) -> Answer {
    var total = 0
    for index in value.elements {
      guard elements[index].state == .known else { return .unknown(.redacted) }
      total += Int(elements[index].range.count)
    }
    return Answer(Ternary(comparison.holds(total, limit)))
  }

  mutating func testElement(
    _ condition: Condition, _ element: Element, _ record: borrowing RequestRecord
  ) -> Answer {
    switch element.state {
    case .known, .prefix, .shortened: break
    case .redacted: return .unknown(.redacted)
    case .unrecorded: return .unknown(.notRecorded)
    }
    if testedBit >= 0, element.state == .known, element.hits != Element.unscanned {
      guard findings.hits(element.hits, Int(testedBit)) else { return Answer(.no) }
    }
    if isProfiling { profileRun(bytes: Int(element.range.count)) }
    switch condition {
    case .bytes(_, let search, let position, _):
      let value =
        element.isInArena
        ? testBytes(arena.span.extracting(element.range.bounds), element.state, search, position)
        : testBytes(
          record.storage.span.extracting(element.range.bounds), element.state, search, position)
      return value == .unknown ? .unknown(.notRecorded) : Answer(value)
    case .size(_, let comparison, let limit, _):
      return testSize(Int(element.range.count), element.state, comparison, limit)
    case .regex(_, let set, _):
      // An anchor at the end could look at what is not recorded.
      if element.state != .known { return .unknown(.notRecorded) }
      return testPatterns(set, element, record)
    case .detector(_, let detector, _): return testDetector(detector, element, record)
    case .ipSet, .country, .asn, .label, .rate, .managedRule, .token, .resource, .unknowable:
      return .unknown(.unknowable)
    }
  }

  private func testBytes(
    _ value: Span<UInt8>, _ state: Element.State, _ search: Int, _ position: Position
  ) -> Ternary {
    if search == Self.absentSearch { return .no }
    let needle = program.searches[search]
    if state == .prefix { return testPrefix(value, needle.span, position) }
    if state == .shortened { return testShortened(value, needle.span, position) }
    return switch position {
    case .exactly: Ternary(value.equals(needle.span))
    case .startsWith: Ternary(value.starts(with: needle.span))
    case .endsWith: Ternary(value.ends(with: needle.span))
    case .contains: Ternary(value.contains(needle.span))
    case .containsWord: Ternary(value.containsWord(needle.span))
    }
  }

  /// What the recorded start of a value settles.
  private func testPrefix(
    _ value: Span<UInt8>, _ needle: Span<UInt8>, _ position: Position
  ) -> Ternary {
    switch position {
    case .startsWith:
      if value.count >= needle.count { return Ternary(value.starts(with: needle)) }
      return needle.starts(with: value) ? .unknown : .no
    case .exactly:
      return needle.starts(with: value) ? .unknown : .no
    case .contains:
      return value.contains(needle) ? .match : .unknown
    case .containsWord:
      // A word at the very end may go on in what is not recorded.
      var end = value.count
      while end > 0, value[end - 1].isWordByte { end -= 1 }
      return value.extracting(0..<end).containsWord(needle) ? .match : .unknown
    case .endsWith:
      return .unknown
    }
  }

  /// What holds of any start of a value, the whole and none of it among them.
  private func testShortened(
    _ value: Span<UInt8>, _ needle: Span<UInt8>, _ position: Position
  ) -> Ternary {
    switch position {
    case .exactly, .startsWith: value.starts(with: needle) ? .unknown : .no
    case .endsWith, .contains, .containsWord: value.contains(needle) ? .unknown : .no
    }
  }

  private func testSize(
    _ size: Int, _ state: Element.State, _ comparison: Comparison, _ limit: Int
  ) -> Answer {
    if state == .shortened {
      let couldHold =
        comparison.holds(0, limit) || comparison.holds(size, limit)
        || comparison == .equal && limit < size
      return couldHold ? .unknown(.notRecorded) : Answer(.no)
    }
    guard state == .prefix else { return Answer(Ternary(comparison.holds(size, limit))) }
    // The true size is `size` or more; settled where that leaves one answer.
    switch comparison {
    case .greater where size > limit, .greaterOrEqual where size >= limit,
      .notEqual where size > limit:
      return Answer(.match)
    case .less where size >= limit, .lessOrEqual where size > limit, .equal where size > limit:
      return Answer(.no)
    case .greater, .greaterOrEqual, .notEqual, .less, .lessOrEqual, .equal:
      return .unknown(.notRecorded)
    }
  }

  private mutating func testPatterns(
    _ set: Int, _ element: Element, _ record: borrowing RequestRecord
  ) -> Answer {
    var gaveUp = false
    var uncertainMatch = false
    for index in program.patternSets[set].patterns.indices {
      let pattern = program.patternSets[set].patterns[index]
      let outcome =
        element.isInArena
        ? pattern.firstMatch(in: arena, element.range, scratch: &patternScratch)
        : pattern.firstMatch(in: record.storage, element.range, scratch: &patternScratch)
      switch outcome {
      case .match:
        // A pattern that the service takes for sure settles the set, whatever becomes of the others.
        guard pattern.isApproximate else { return Answer(.match) }
        uncertainMatch = true
      case .gaveUp: gaveUp = true
      case .noMatch: break
      }
    }
    if uncertainMatch { return Answer(.match, .approximate, .openQuestion) }
    if gaveUp { return .unknown(.gaveUp) }
    return program.patternSets[set].isApproximate
      ? Answer(.no, .approximate, .openQuestion) : Answer(.no)
  }
}

extension CompiledPattern {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the scratch.
  fileprivate func firstMatch(
    in bytes: [UInt8], _ range: ByteRange, scratch: inout PatternScratch
  ) -> PatternOutcome {
    firstMatch(in: bytes.span.extracting(range.bounds), scratch: &scratch)
  }
}
