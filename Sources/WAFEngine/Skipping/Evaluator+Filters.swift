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
    let answer = componentAnswer(
      .bytes(root, search: Self.absentSearch, .contains, oversize), root, oversize, record)
    findings.misses[group] = answer
    findings.isMissKnown[group] = true
    return answer
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
      case .redacted, .unrecorded: continue
      }
      // Another reading's value that the default one has too has been looked through.
      guard elements[index].hits == Element.unscanned else { continue }
      let traits = traits(of: index, record)
      elements[index].traits = traits
      findings.fields[field].traits.formUnion(traits)
      elements[index].hits = hits(of: elements[index], field, record)
      guard traits.intersects(program.filters.fields[field].scanned) else {
        let hits = elements[index].hits
        findings.addCandidates(hits, program.filters.fields[field].allBits, of: field)
        continue
      }
      var rest = scanSlots(index, traits, field, flipping: flipping, record)
      guard flipping.rawValue == 0 else { continue }
      while rest != 0 {
        let question = OpenQuestions(rawValue: rest & (0 &- rest))
        rest &= rest - 1
        _ = scanSlots(index, traits, field, flipping: question, record)
      }
    }
  }

  private func traits(of index: Int, _ record: borrowing RequestRecord) -> ByteTraits {
    let range = elements[index].range.bounds
    return elements[index].isInArena
      ? ByteTraits(of: arena.span.extracting(range), findings.traitTable)
      : ByteTraits(of: record.storage.span.extracting(range), findings.traitTable)
  }

  /// Looks through what the slots of a field make of one value; the open questions that come up.
  private mutating func scanSlots(
    _ index: Int, _ traits: ByteTraits, _ field: Int, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> UInt32 {
    let source = elements[index]
    var questions: UInt32 = 0
    for place in 0..<program.filters.fields[field].slots.count {
      let slot = program.filters.fields[field].slots[place].position
      let own = program.filters.slots[slot]
      // The literals of a slot that only lowers letters are looked for without regard to case.
      let isLike = !traits.intersects(own.hasChildren ? own.changing : own.scanned)
      var result = source
      if !isLike, let transformation = program.slots[slot].transformation {
        let parent = findings.results[own.parentPlace]
        result = transform(parent, by: transformation, flipping: flipping, record)
        if result.isSame(as: parent) { result.hits = parent.hits }
        questions |= result.questions.rawValue
        if result.hits == Element.unscanned, !own.bits.isEmpty {
          result.hits = hits(of: result, field, record)
        }
      }
      findings.results[place] = result
      findings.addCandidates(result.hits, own.bits, of: field)
    }
    return questions
  }

  /// Runs a field's prefilter over a value; the place of what it has found.
  private mutating func hits(
    of element: Element, _ field: Int, _ record: borrowing RequestRecord
  ) -> Int32 {
    let hasFound =
      element.isInArena
      ? program.filters.fields[field].prefilter.scan(
        arena, element.range, into: &findings.needles)
      : program.filters.fields[field].prefilter.scan(
        record.storage, element.range, into: &findings.needles)
    return hasFound ? findings.addHits(of: program.filters.fields[field]) : Element.scannedInVain
  }
}

extension LiteralPrefilter {
  /// Takes the array, not a span of it: a span would borrow the evaluator that owns the output.
  fileprivate func scan(_ bytes: [UInt8], _ range: ByteRange, into found: inout [UInt64]) -> Bool {
    scan(bytes.span.extracting(range.bounds), into: &found)
  }
}
