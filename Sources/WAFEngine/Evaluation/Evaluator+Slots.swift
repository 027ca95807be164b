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
      // Where no transformation changes anything, the untransformed values are these.
      let value =
        isAlias(position, record)
        ? slotValue(root(of: position), flipping: Self.defaultReading, record)
        : measuredSlot(position, flipping: Self.defaultReading, record)
      slotValues[position] = value
      isSlotComputed[position] = true
    }
    if flipping.rawValue == 0 { return slotValues[position] }
    // Questions about conditions flip no values, but for those a missing or cut value answers.
    guard
      slotValues[position].questions.contains(flipping) || flipping == .absentAsEmpty
        || flipping == .truncatedBodySize
    else { return slotValues[position] }
    // The prefilter has seen the readings that the value itself asks for.
    if slotValues[position].questions.contains(flipping), isAlias(position, record) {
      return slotValue(root(of: position), flipping: flipping, record)
    }
    guard options.sharesReadings else {
      return measuredSlot(position, flipping: flipping, record)
    }
    // Several conditions on a slot ask for its other readings.
    for reading in readings where reading.slot == position && reading.question == flipping.rawValue
    {
      return reading.value
    }
    let value = measuredSlot(position, flipping: flipping, record)
    readings.append(Reading(slot: position, question: flipping.rawValue, value: value))
    return value
  }

  private mutating func measuredSlot(
    _ position: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    guard isProfiling else { return computeSlot(position, flipping: flipping, record) }
    let start = EvaluationProfile.now
    let made = arena.count
    let value = computeSlot(position, flipping: flipping, record)
    var bytes = 0
    for index in value.elements { bytes += Int(elements[index].range.count) }
    profileSlot(position, since: start, bytes: bytes, hasChanged: arena.count > made)
    return value
  }

  private func root(of position: Int) -> SlotIndex {
    program.filters.fields[program.slots[position].field].root
  }

  /// Whether a slot has the untransformed values of its field.
  private mutating func isAlias(_ position: Int, _ record: borrowing RequestRecord) -> Bool {
    options.sharesReadings && options.usesPrefilters && program.slots[position].parent != nil
      && isUnchanged(position, record)
  }

  private mutating func computeSlot(
    _ position: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    let slot = program.slots[position]
    guard let parent = slot.parent, let transformation = slot.transformation else {
      let value = extract(slot.field, flipping: flipping, record)
      if flipping.rawValue != 0, options.sharesReadings { shareFindings(position, value) }
      return value
    }
    let source = slotValue(parent, flipping: flipping, record)
    guard source.state == .values else { return source }
    var value = source
    // The parent's elements may lie anywhere before; those of this slot are appended in a row.
    value.first = elements.count
    let shares = flipping.rawValue != 0 && options.sharesReadings
    for place in 0..<source.count {
      let index = source.first + place
      if shares, let known = knownResult(place, of: position, elements[index], parent, flipping) {
        elements.append(elements[known])
        value.questions = OpenQuestions(
          rawValue: value.questions.rawValue | elements[known].questions.rawValue)
        continue
      }
      var element = transform(elements[index], by: transformation, flipping: flipping, record)
      element.traits = elements[index].traits
      if !element.traits.intersects(program.filters.slots[position].scanned) {
        // But for the case of letters it is the value that the prefilter has seen.
        element.hits = elements[index].hits
      }
      elements.append(element)
      value.questions = OpenQuestions(
        rawValue: value.questions.rawValue | element.questions.rawValue)
    }
    return value
  }

  /// The value that the default reading has at the same place, where the other one comes to the same.
  private func knownResult(
    _ place: Int, of position: Int, _ source: Element, _ parent: SlotIndex,
    _ flipping: OpenQuestions
  ) -> Int? {
    let (own, before) = (slotValues[position], slotValues[parent.position])
    guard isSlotComputed[position], own.state == .values, before.state == .values,
      place < own.count, place < before.count,
      elements[before.first + place].isSame(as: source)
    else { return nil }
    let result = own.first + place
    return elements[result].questions.rawValue & flipping.rawValue == 0 ? result : nil
  }

  /// Values that both readings have at the same place need not be looked through twice.
  private mutating func shareFindings(_ position: Int, _ value: SlotValue) {
    let own = slotValues[position]
    guard isSlotComputed[position], own.state == .values, value.state == .values else { return }
    for place in 0..<min(own.count, value.count)
    where elements[own.first + place].isSame(as: elements[value.first + place]) {
      elements[value.first + place].hits = elements[own.first + place].hits
      elements[value.first + place].traits = elements[own.first + place].traits
    }
  }

  /// One element behind one transformation; an element that it leaves alone is shared.
  mutating func transform(
    _ element: Element, by transformation: TextTransformation, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> Element {
    var result = element
    result.questions = Self.defaultReading
    result.hits = Element.unscanned
    guard !element.isHidden else { return result }
    if element.state == .shortened && !transformation.keepsStarts {
      result.state = .unrecorded
      return result
    }
    if element.state == .prefix {
      let kept =
        element.isInArena
        ? transformation.keptPrefix(of: arena.span.extracting(element.range.bounds))
        : transformation.keptPrefix(of: record.storage.span.extracting(element.range.bounds))
      guard let kept else {
        result.state = .unrecorded
        return result
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
    result.questions = effect.questions
    return result
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
