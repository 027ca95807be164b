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
      let value = computeSlot(position, flipping: Self.defaultReading, record)
      slotValues[position] = value
      isSlotComputed[position] = true
    }
    if flipping.rawValue == 0 { return slotValues[position] }
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
    guard !element.isHidden else { return (element, Self.defaultReading) }
    var result = element
    if element.state == .shortened && !transformation.keepsStarts {
      result.state = .unrecorded
      return (result, Self.defaultReading)
    }
    if element.state == .prefix {
      let kept =
        element.isInArena
        ? transformation.keptPrefix(of: arena.span.extracting(element.range.bounds))
        : transformation.keptPrefix(of: record.storage.span.extracting(element.range.bounds))
      guard let kept else {
        result.state = .unrecorded
        return (result, Self.defaultReading)
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

  // MARK: Fields

  private mutating func extract(
    _ field: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    switch program.fields[field] {
    case .method: return extract(record.method, flipping: flipping)
    case .uriPath: return extract(record.path, flipping: flipping)
    case .queryString: return extractQuery(flipping: flipping, record)
    case .uriFragment(let fallback):
      return extractFragment(fallback, flipping: flipping, record)
    case .singleHeader(let name): return extractHeader(name, flipping: flipping, record)
    case .headers(let selection): return extractHeaders(selection, flipping: flipping, record)
    case .headerOrder: return extractHeaderOrder(flipping: flipping, record)
    case .singleQueryArgument(let name, let preParse):
      return extractArguments(named: name, preParse: preParse, flipping: flipping, record)
    case .allQueryArguments(let preParse):
      return extractArguments(named: nil, preParse: preParse, flipping: flipping, record)
    case .cookies(let selection): return extractCookies(selection, flipping: flipping, record)
    case .body: return extractBody(flipping: flipping, record)
    case .jsonBody(let selection): return extractJSONBody(selection, flipping: flipping, record)
    case .ja3Fingerprint(let fallback):
      return extractFingerprint(record.ja3Fingerprint, fallback, flipping: flipping, record)
    case .ja4Fingerprint(let fallback):
      return extractFingerprint(record.ja4Fingerprint, fallback, flipping: flipping, record)
    }
  }

  /// A component that is one value.
  mutating func extract(_ component: Component, flipping: OpenQuestions) -> SlotValue {
    switch component.state {
    case .known, .lossy, .prefix, .empty:
      var element = Element(range: component.range)
      if component.state == .prefix { element.state = .prefix }
      var value = single(element)
      if component.state == .lossy { value.weaken(to: .approximate, .lossy) }
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
}

extension TextTransformation {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the output.
  func apply(
    to bytes: [UInt8], _ range: ByteRange, into output: inout [UInt8], flipping: OpenQuestions
  ) -> TransformEffect {
    apply(to: bytes.span.extracting(range.bounds), into: &output, flipping: flipping)
  }
}

extension TextTransformation {
  /// Whether the start of a value always becomes the start of what the value becomes.
  fileprivate var keepsStarts: Bool {
    switch self {
    case .none, .lowercase, .uppercase, .removeNulls, .replaceNulls, .removeWhitespace,
      .compressWhiteSpace:
      true
    default: false
    }
  }
}
