import Behaviour
import Bytes
import Literals
import Transforms
import WAFProgram
import WAFRequests

// Prefilters: one pass over each value of a field tells which leaves could match it, and whether
// transformations can change it at all. Leaves without a candidate miss, and what their miss says is
// worked out once for all of them.

extension Evaluator {
  /// The answer of a leaf whose literals are in none of its values; nil where it has to be tested.
  mutating func missAnswer(
    _ filter: LeafFilter, _ record: borrowing RequestRecord
  ) -> Answer? {
    let group = Int(filter.group)
    let field = scanGroup(group, record)
    guard !findings.fields[field].isOpen, !findings.isCandidate(Int(filter.bit), of: field) else {
      return nil
    }
    return plainMiss(group, record)
  }

  /// Looks through the values that the leaves of a miss group are tested on; their field.
  mutating func scanGroup(_ group: Int, _ record: borrowing RequestRecord) -> Int {
    let field = program.filters.missGroups[group].field
    if !findings.fields[field].isScanned { scan(field, record) }
    return field
  }

  /// What a leaf of the group says where it matches no value.
  mutating func plainMiss(_ group: Int, _ record: borrowing RequestRecord) -> Answer {
    if findings.isMissKnown[group] { return findings.misses[group] }
    let (field, oversize) = (
      program.filters.missGroups[group].field, program.filters.missGroups[group].oversize
    )
    let root = program.filters.fields[field].root
    let answer =
      isPlain(root, field, record)
      ? Answer(.no)
      : componentAnswer(
        .bytes(root, search: Self.absentSearch, .contains, oversize), root, oversize, record)
    findings.misses[group] = answer
    findings.isMissKnown[group] = true
    return answer
  }

  /// Whether a field has values, or none, of which all is known.
  private mutating func isPlain(
    _ root: SlotIndex, _ field: Int, _ record: borrowing RequestRecord
  ) -> Bool {
    if findings.fields[field].isBody { return false }
    let value = slotValue(root, flipping: Self.defaultReading, record)
    guard value.level == .exact, value.questions.rawValue == 0, !value.isOversize,
      !value.isSizeUnknown
    else { return false }
    switch value.state {
    case .values: if findings.fields[field].isHidden { return false }
    case .missing: break
    case .unknown, .decidedMatch, .decidedNoMatch: return false
    }
    switch value.elsewhere {
    case .theSame: return true
    case .match, .noMatch: return false
    }
  }

  /// Stands for a search string that is in no value.
  static var absentSearch: Int { -1 }

  /// Whether a slot's transformations leave all values of its field alone, under all readings.
  mutating func isUnchanged(_ slot: Int, _ record: borrowing RequestRecord) -> Bool {
    let field = program.slots[slot].field
    if !findings.fields[field].isScanned { scan(field, record) }
    return !findings.fields[field].isOpen
      && !findings.fields[field].traits.intersects(program.filters.slots[slot].changing)
  }

  /// Looks through the values of a field, under all readings that are tried.
  private mutating func scan(_ field: Int, _ record: borrowing RequestRecord) {
    findings.begin(field: field)
    let start = isProfiling ? EvaluationProfile.now : 0
    defer { if isProfiling { profileScan(field, since: start) } }
    let root = program.filters.fields[field].root
    let value = slotValue(root, flipping: Self.defaultReading, record)
    scan(value, field, flipping: Self.defaultReading, record)
    var rest = value.questions.rawValue
    while rest != 0 {
      let question = OpenQuestions(rawValue: rest & (0 &- rest))
      rest &= rest - 1
      scan(slotValue(root, flipping: question, record), field, flipping: question, record)
    }
  }

  /// The passes of the prefilter are a cost of the untransformed slot.
  private mutating func profileScan(_ field: Int, since start: Int) {
    let root = program.filters.fields[field].root.position
    profile.slots[root].nanoseconds += EvaluationProfile.now - start
  }

  private mutating func scan(
    _ value: SlotValue, _ field: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) {
    guard value.state == .values else { return }
    for index in value.elements {
      switch elements[index].state {
      case .known: break
      case .prefix, .shortened:
        findings.fields[field].isOpen = true
        continue
      case .redacted, .unrecorded:
        findings.fields[field].isHidden = true
        continue
      }
      // Another reading's value that the default one has too has been looked through.
      guard elements[index].hits == Element.unscanned else { continue }
      let key = memoryKey(of: index, subject: field, record)
      if let key, let traits = rememberedTraits(of: index, key, field, record) {
        elements[index].traits = traits
        elements[index].hits = Element.scannedInVain
        findings.fields[field].traits.formUnion(traits)
        continue
      }
      findings.hasHit = false
      let traits = traits(of: index, record)
      elements[index].traits = traits
      findings.fields[field].traits.formUnion(traits)
      elements[index].hits = hits(of: elements[index], field, record)
      if traits.intersects(program.filters.fields[field].scanned) {
        scanSlots(index, traits, field, value, flipping: flipping, record)
      } else {
        let hits = elements[index].hits
        findings.addCandidates(hits, findings.fields[field].allBits, of: field)
      }
      // Under the reading of a question less is looked at.
      if let key, !findings.hasHit, flipping.rawValue == 0 { remember(index, key, field, record) }
    }
  }

  /// Looks through what the slots of a field make of one value, under all readings that come up.
  private mutating func scanSlots(
    _ index: Int, _ traits: ByteTraits, _ field: Int, _ value: SlotValue, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) {
    // The values of a slot with one element are kept for the leaves that have to be tested.
    let kept = value.count == 1 && options.sharesReadings ? value : nil
    var rest = scanSlots(index, traits, field, flipping: flipping, kept, record)
    guard flipping.rawValue == 0 else { return }
    while rest != 0 {
      let question = OpenQuestions(rawValue: rest & (0 &- rest))
      rest &= rest - 1
      // Where the field's own value is another too, this is not the slot's value.
      let keeps = value.questions.rawValue & question.rawValue == 0
      _ = scanSlots(index, traits, field, flipping: question, keeps ? kept : nil, record)
    }
  }

  // MARK: Values that came before

  /// What a value is kept by in the memory; nil where it is not kept.
  func memoryKey(
    of index: Int, subject: Int, _ record: borrowing RequestRecord
  ) -> UInt64? {
    guard options.remembersValues else { return nil }
    let range = elements[index].range
    return elements[index].isInArena
      ? memory.key(of: arena, range, subject) : memory.key(of: record.storage, range, subject)
  }

  private func rememberedTraits(
    of index: Int, _ key: UInt64, _ subject: Int, _ record: borrowing RequestRecord
  ) -> ByteTraits? {
    let range = elements[index].range.bounds
    return elements[index].isInArena
      ? memory.traits(of: arena.span.extracting(range), key, subject)
      : memory.traits(of: record.storage.span.extracting(range), key, subject)
  }

  private mutating func remember(
    _ index: Int, _ key: UInt64, _ subject: Int, _ record: borrowing RequestRecord
  ) {
    let element = elements[index]
    if element.isInArena {
      memory.remember(arena, element.range, key, subject, element.traits)
    } else {
      memory.remember(record.storage, element.range, key, subject, element.traits)
    }
  }

  private func traits(of index: Int, _ record: borrowing RequestRecord) -> ByteTraits {
    let range = elements[index].range.bounds
    return elements[index].isInArena
      ? ByteTraits(of: arena.span.extracting(range), findings.traitTable)
      : ByteTraits(of: record.storage.span.extracting(range), findings.traitTable)
  }

  /// Looks through what the slots of a field make of one value; the open questions that come up.
  ///
  /// - Parameter kept: the field's value, where what is made of it is to be kept.
  private mutating func scanSlots(
    _ index: Int, _ traits: ByteTraits, _ field: Int, flipping: OpenQuestions,
    _ kept: SlotValue?, _ record: borrowing RequestRecord
  ) -> UInt32 {
    var source = elements[index]
    source.questions = OpenQuestions(rawValue: 0)
    var questions: UInt32 = 0
    for place in 0..<findings.fields[field].slotCount {
      let slot = program.filters.fields[field].slots[place].position
      let own = program.filters.slots[slot]
      // The literals of a slot that only lowers letters are looked for without regard to case.
      let isLike = !traits.intersects(own.hasChildren ? own.changing : own.scanned)
      var result = source
      if !isLike, let transformation = program.slots[slot].transformation {
        let start = isProfiling ? EvaluationProfile.now : 0
        let parent = findings.results[own.parentPlace]
        result = transform(parent, by: transformation, flipping: flipping, record)
        if result.isSame(as: parent) { result.hits = parent.hits }
        result.traits = traits
        let asked = result.questions.rawValue
        result.questions = OpenQuestions(rawValue: asked | parent.questions.rawValue)
        questions |= asked
        if result.hits == Element.unscanned, !own.bits.isEmpty {
          result.hits = hits(of: result, field, record)
        }
        if let kept { keep(result, asked, of: slot, kept, flipping: flipping) }
        if isProfiling {
          profileSlot(
            slot, since: start, bytes: Int(result.range.count),
            hasChanged: !result.isSame(as: parent))
        }
      }
      findings.results[place] = result
      findings.addCandidates(result.hits, own.bits, of: field)
    }
    return questions
  }

  /// Keeps what a slot makes of the only value of its field, under a reading.
  private mutating func keep(
    _ result: Element, _ asked: UInt32, of slot: Int, _ value: SlotValue, flipping: OpenQuestions
  ) {
    var kept = value
    kept.questions = OpenQuestions(rawValue: value.questions.rawValue | result.questions.rawValue)
    kept.first = elements.count
    var element = result
    element.questions = OpenQuestions(rawValue: asked)
    elements.append(element)
    if flipping.rawValue != 0 {
      readings.append(Reading(slot: slot, question: flipping.rawValue, value: kept))
    } else if !isSlotComputed[slot] {
      slotValues[slot] = kept
      isSlotComputed[slot] = true
    }
  }

  /// Runs a field's prefilter over a value; the place of what it has found.
  private mutating func hits(
    of element: Element, _ field: Int, _ record: borrowing RequestRecord
  ) -> Int32 {
    let hasFound =
      element.isInArena
      ? findings.prefilters[field].scan(arena, element.range, into: &findings.needles)
      : findings.prefilters[field].scan(
        record.storage, element.range, into: &findings.needles)
    guard hasFound else { return Element.scannedInVain }
    findings.hasHit = true
    return addHits(field)
  }

  /// Turns the needles found in a value into the leaves that they stand for; the place of these.
  private mutating func addHits(_ field: Int) -> Int32 {
    let start = findings.hits.count
    for _ in 0..<findings.fields[field].wordCount { findings.hits.append(0) }
    for word in 0..<findings.fields[field].needleWords {
      var rest = findings.needles[word]
      findings.needles[word] = 0
      while rest != 0 {
        let needle = word << 6 + rest.trailingZeroBitCount
        rest &= rest - 1
        let first = program.filters.fields[field].needleStarts[needle]
        let end = program.filters.fields[field].needleStarts[needle + 1]
        for place in first..<end {
          let bit = Int(program.filters.fields[field].needleBits[Int(place)])
          findings.hits[start + bit >> 6] |= 1 << UInt64(bit & 63)
        }
      }
    }
    return Int32(truncatingIfNeeded: start)
  }
}

extension LiteralPrefilter {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the output.
  fileprivate func scan(_ bytes: [UInt8], _ range: ByteRange, into found: inout [UInt64]) -> Bool {
    scan(bytes.span.extracting(range.bounds), into: &found)
  }
}
