import Behaviour
import Bytes
import Transforms
import WAFProgram
import WAFRequests

extension Evaluator {
  /// The values of a slot under one reading; those of the default reading are computed once.
  mutating func slotValue(
    _ slot: SlotIndex, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    let position = slot.position
    if !isSlotComputed[position] {
      let value = computeSlot(position, flipping: [], record)
      slotValues[position] = value
      isSlotComputed[position] = true
    }
    if flipping.isEmpty { return slotValues[position] }
    // Questions about conditions flip no values, but for those a missing or cut value answers.
    guard
      slotValues[position].questions.contains(flipping) || flipping == .absentAsEmpty
        || flipping == .truncatedBodySize
    else { return slotValues[position] }
    return computeSlot(position, flipping: flipping, record)
  }

  private mutating func computeSlot(
    _ position: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    let slot = program.slots[position]
    guard let parent = slot.parent, let transformation = slot.transformation else {
      return extract(slot.field, flipping: flipping, record)
    }
    let source = slotValue(parent, flipping: flipping, record)
    guard source.state == .values else { return source }
    var value = source
    // The parent's elements may lie anywhere before; those of this slot are appended in a row.
    value.first = elements.count
    for index in source.elements {
      let (element, questions) = transform(
        elements[index], by: transformation, flipping: flipping, record)
      elements.append(element)
      value.questions.formUnion(questions)
    }
    return value
  }

  /// One element behind one transformation; an element that it leaves alone is shared.
  private mutating func transform(
    _ element: Element, by transformation: TextTransformation, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> (Element, OpenQuestions) {
    guard element.state != .unknown else { return (element, []) }
    var result = element
    if element.state == .prefix {
      guard let kept = keptPrefix(element, transformation, record) else {
        result.state = .unknown
        return (result, [])
      }
      result.range.count = UInt32(truncatingIfNeeded: kept)
    }
    let effect =
      result.isInArena
      ? transformation.apply(to: arena, result.range, into: &staging, flipping: flipping)
      : transformation.apply(
        to: record.storage, result.range, into: &staging, flipping: flipping)
    if effect.changed {
      result.range = ByteRange(start: arena.count, count: staging.count)
      result.isInArena = true
      arena.append(contentsOf: staging)
    }
    return (result, effect.questions)
  }

  /// How much of a recorded start keeps being the start of the transformed value; nil where no part
  /// does, since what follows could change it.
  private func keptPrefix(
    _ element: Element, _ transformation: TextTransformation, _ record: borrowing RequestRecord
  ) -> Int? {
    let count = Int(element.range.count)
    let sequence: Int
    switch transformation {
    case .none, .lowercase, .removeNulls, .compressWhiteSpace: return count
    case .urlDecode: sequence = 3
    case .urlDecodeUni: sequence = 6
    case .htmlEntityDecode, .normalizePath, .base64Decode: return nil
    }
    // An escape that the cut may have split is left out.
    for offset in stride(from: count - 1, through: max(0, count - sequence + 1), by: -1) {
      let byte =
        element.isInArena
        ? arena[Int(element.range.start) + offset]
        : record.storage[Int(element.range.start) + offset]
      if byte == UInt8(ascii: "%") { return offset }
    }
    return count
  }

  // MARK: Fields

  private mutating func extract(
    _ field: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    switch program.fields[field] {
    case .method: return extract(record.method, flipping: flipping)
    case .uriPath: return extract(record.path, flipping: flipping)
    case .queryString: return extractQuery(flipping: flipping, record)
    case .singleHeader(let name): return extractHeader(name, flipping: flipping, record)
    case .singleQueryArgument(let name):
      return extractArguments(named: name, flipping: flipping, record)
    case .allQueryArguments: return extractArguments(named: nil, flipping: flipping, record)
    case .cookies(let selection): return extractCookies(selection, flipping: flipping, record)
    case .body: return extractBody(flipping: flipping, record)
    }
  }

  /// A component that is one value.
  mutating func extract(_ component: Component, flipping: OpenQuestions) -> SlotValue {
    switch component.state {
    case .known, .lossy, .prefix, .empty:
      var element = Element(range: component.range)
      if component.state == .prefix { element.state = .prefix }
      var value = single(element)
      if component.state == .lossy {
        value.level = .approximate
        value.reason = .lossy
      }
      return value
    case .absent:
      return missing(flipping: flipping)
    case .absentOrEmpty:
      // The format cannot tell: every condition is tried on the empty value too.
      return flipping == .absentAsEmpty
        ? single(Element(range: .empty))
        : SlotValue(state: .missing, questions: .absentAsEmpty)
    case .redacted: return .unknown(.redacted)
    case .notRecorded: return .unknown(.notRecorded)
    }
  }

  mutating func single(_ element: Element) -> SlotValue {
    elements.append(element)
    return SlotValue(state: .values, first: elements.count - 1, count: 1)
  }

  /// What stands for a component that is not there.
  mutating func missing(flipping: OpenQuestions) -> SlotValue {
    flipping == .absentAsEmpty ? single(Element(range: .empty)) : SlotValue(state: .missing)
  }

  private mutating func extractBody(
    flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    var component = record.body
    if component.state == .absent {
      var value = missing(flipping: flipping)
      switch record.bodyAbsence {
      case .recorded: value.questions.insert(.absentAsEmpty)
      case .framing: break
      case .assumedForHTTP2:
        value.level = .assumed
        value.reason = .bodylessHTTP2
      }
      return value
    }
    let isOversize = Int(component.range.count) > bodyLimitBytes
    if isOversize && flipping != .truncatedBodySize {
      component.range.count = UInt32(truncatingIfNeeded: bodyLimitBytes)
      // All that the service inspects is recorded.
      if component.state == .prefix { component.state = .known }
    }
    var value = extract(component, flipping: flipping)
    value.isOversize = isOversize
    return value
  }
}

extension TextTransformation {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the output.
  fileprivate func apply(
    to bytes: [UInt8], _ range: ByteRange, into output: inout [UInt8], flipping: OpenQuestions
  ) -> TransformEffect {
    apply(to: bytes.span.extracting(range.bounds), into: &output, flipping: flipping)
  }
}
