import Bytes
import Literals
import Transforms
import WAFProgram

/// What the prefilters found in a record's values; kept from record to record for its memory.
struct FilterFindings {
  /// What a field's filter found.
  struct FieldFinding {
    var isScanned = false
    /// Whether only the start of some value is known: each leaf has an answer of its own.
    var isOpen = false
    /// Whether some value is not recorded.
    var isHidden = false
    /// The traits of all values under all readings.
    var traits = ByteTraits(rawValue: 0)
    /// How many leaves have a candidate.
    var candidateCount = 0
    /// The place of the first word of its leaves in `candidates`.
    var firstWord = 0
    var wordCount = 0
    var needleWords = 0
    // What the program says of the field, without copying any of its tables.
    var allBits = 0..<0
    var slotCount = 0
    var isBody = false
  }

  var fields: ContiguousArray<FieldFinding>
  /// A bit a leaf: whether some value, under some reading, has one of its literals.
  var candidates: ContiguousArray<UInt64>
  /// A bit a leaf for each value that has literals: `Element.hits` is the place of the first word.
  var hits: ContiguousArray<UInt64> = []
  /// The needles of the value that is looked at.
  var needles: [UInt64]
  /// By miss group: what a plain miss of its leaves says.
  var misses: ContiguousArray<Answer>
  var isMissKnown: ContiguousArray<Bool>
  /// The rules of the segment under way that have to be visited.
  var rules: ContiguousArray<UInt64>
  /// Whether the value that is looked through has a literal, under some transformation.
  var hasHit = false
  let traitTable = ByteTraits.table
  /// By field.
  let prefilters: ContiguousArray<LiteralPrefilter>
  /// What the slots of a field make of the value that is looked at, by their places in the field.
  var results: ContiguousArray<Element>

  init(_ program: Program) {
    let filters = program.filters
    fields = []
    prefilters = ContiguousArray(filters.fields.map(\.prefilter))
    var (words, needles) = (0, 0)
    for field in filters.fields {
      var finding = FieldFinding()
      finding.firstWord = words
      finding.wordCount = field.wordCount
      finding.needleWords = field.prefilter.wordCount
      finding.allBits = 0..<field.leaves.count
      finding.slotCount = field.slots.count
      finding.isBody = program.fields[fields.count].isBody
      words += field.wordCount
      needles = max(needles, field.prefilter.wordCount)
      fields.append(finding)
    }
    candidates = .init(repeating: 0, count: words)
    self.needles = .init(repeating: 0, count: needles)
    misses = .init(repeating: Answer(.no), count: filters.missGroups.count)
    isMissKnown = .init(repeating: false, count: filters.missGroups.count)
    rules = .init(repeating: 0, count: program.schedule.wordCount)
    let slots = filters.fields.map(\.slots.count).max() ?? 0
    results = .init(repeating: .unrecorded, count: slots)
  }

  /// Forgets the record before.
  mutating func removeAll() {
    for field in fields.indices { fields[field].isScanned = false }
    isMissKnown.fill(with: false)
    hits.removeAll(keepingCapacity: true)
  }

  /// Makes room for the rules of another web ACL over the same tables.
  mutating func reserveRules(of other: Program) {
    while rules.count < other.schedule.wordCount { rules.append(0) }
  }

  /// Whether a value has one of the literals of a leaf.
  func hits(_ place: Int32, _ bit: Int) -> Bool {
    place >= 0 && hits[Int(place) + bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  func isCandidate(_ bit: Int, of field: Int) -> Bool {
    fields[field].candidateCount > 0
      && candidates[fields[field].firstWord + bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  mutating func begin(field: Int) {
    fields[field].isScanned = true
    fields[field].isOpen = false
    fields[field].isHidden = false
    fields[field].traits = ByteTraits(rawValue: 0)
    fields[field].candidateCount = 0
    let first = fields[field].firstWord
    for word in first..<first + fields[field].wordCount { candidates[word] = 0 }
  }

  /// Adds what was found in a value to the candidates of a field: those of the leaves of `bits`.
  mutating func addCandidates(_ hits: Int32, _ bits: Range<Int>, of field: Int) {
    guard hits >= 0, !bits.isEmpty else { return }
    let place = Int(hits)
    let (low, high) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
    let first = fields[field].firstWord
    var added = 0
    for word in low...high {
      var found = self.hits[place + word]
      if word == low { found &= ~0 << UInt64(bits.lowerBound & 63) }
      if word == high { found &= ~0 >> UInt64(63 - (bits.upperBound - 1) & 63) }
      added += (found & ~candidates[first + word]).nonzeroBitCount
      candidates[first + word] |= found
    }
    fields[field].candidateCount += added
  }
}

extension ContiguousArray where Element == Bool {
  mutating func fill(with value: Bool) {
    // Sound: the buffer is the array's own, for the time of the call.
    unsafe withUnsafeMutableBufferPointer { unsafe $0.update(repeating: value) }
  }
}
