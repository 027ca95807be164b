import Bytes
import IPAddressing
import LenientJSON
import Matching
package import WAFProgram
package import WAFRequests

/// Runs a program over records, one at a time.
///
/// An evaluator belongs to one worker: it keeps the scratch memory of the hot path (arena, slot
/// values, leaf answers, label state) from record to record, so that evaluating allocates nothing
/// once warm. Programs are shared.
package struct Evaluator: ~Copyable {
  /// The web ACL; of two that are compared, that whose turn it is (`takeTurn`).
  package internal(set) var program: Program

  // What the record under evaluation has yielded so far.
  var answers: ContiguousArray<Answer>
  var isAnswered: ContiguousArray<Bool>
  var slotValues: ContiguousArray<SlotValue>
  var isSlotComputed: ContiguousArray<Bool>
  var elements: ContiguousArray<Element> = []
  /// Other readings of the record's slots.
  var readings: ContiguousArray<Reading> = []
  var arena: [UInt8] = []
  var staging: [UInt8] = []
  var patternScratch = PatternScratch()
  var jsonParser = LenientJSONParser()
  var bodyLimitBytes = 0
  /// The type of the resource that took the request, and whether the scope alone implies it.
  var resourceType = ResourceType.applicationLoadBalancer
  var isResourceTypeAssumed = false
  /// The last source name that was looked up.
  var lastSource: (name: [UInt8], type: ResourceType?) = ([], nil)
  /// The record's header lines, once something has asked for them.
  var headerLines: ContiguousArray<HeaderLine> = []
  var areHeadersRead = false
  /// Whether the record is a gRPC request; nil where nothing has asked yet.
  var isGRPC: Bool?
  /// Whether headers, however counted, could be above their limit; nil until asked.
  var couldHeadersBeOverLimit: Bool?
  var couldAnythingBeOversize: Bool?
  /// The IP sets that the peer's address lies in, by each reading of it; nil where nothing has asked.
  var clientSets: ClientSets?
  /// What is known of the places of the record's addresses.
  var addressFindings: AddressFindings
  /// The fidelity of the branch that a managed condition matched by.
  var fidelities: ContiguousArray<BranchFidelity?>
  /// What the prefilters found.
  var findings: FilterFindings
  /// The bit of the leaf that is being tested among those of its slot's filter; -1 for none.
  var testedBit: Int32 = -1
  /// Values of other records in which nothing was found.
  var memory: ValueMemory
  let options: EngineOptions

  // What the walk under way has found.
  var level: EvidenceLevel = .exact
  var mode = WalkMode.worlds
  var labels: LabelState
  var walk = WalkResult()
  /// The bits of the actions that do not end the walk under way early.
  var expectedActions = UInt8.max
  var events: ContiguousArray<WalkEvent> = []
  var chosenUnknowns: ContiguousArray<UnknownChoice> = []
  /// In the order met; one may come several times.
  var metUnknowns: ContiguousArray<UnknownChoice> = []
  /// The unknowns that the verdict's walk through all worlds met.
  var openUnknowns: ContiguousArray<UnknownChoice> = []
  var unsettledRules: ContiguousArray<UnsettledRule> = []
  /// What the walk behind an indeterminate verdict left, until its needs are asked for.
  var openState: OpenState
  var needsMemory = NeedsMemory()
  /// Whether verdicts say which fields of the record are open; a comparison does not ask.
  package var notesOpenFields = true
  /// The ends of the last walk through all worlds, where two web ACLs are compared.
  var ends: ContiguousArray<Outcome> = []
  /// Whether that walk met a rule, beyond a plain miss, that the other web ACL does not have.
  var metUnshared = false
  /// How many of its events come before any end, and so in all worlds.
  var certainEvents: Int?
  /// Which of two web ACLs has its turn: unknowns that they don't share are told apart by it.
  var turn: UInt8 = 0
  /// Whether a leaf, and a rate-based rule, has one answer for both web ACLs.
  var sharesAnswers = true
  var sharesRates = true
  /// What the record of the last verdict lists as oversize.
  var oversize: InspectedParts = []
  var assumptionsInForce: ContiguousArray<AssumptionID> = []
  /// Why the leaf answer on an assumption that was tested last is one.
  var lastAssumedReason = Answer.Reason.bodylessHTTP2
  // Rate-based rules: what a replay found, and the probe by which it learns who takes part.
  /// What was found for the record, for each of `Program.rates`.
  package var rateFindings: ContiguousArray<RateFinding>
  /// The rates that the walk under way is a probe for.
  var probedRates = 0..<0
  var rateParts: ContiguousArray<RateParticipation.Part> = []
  /// The rule of the web ACL that the walk stops behind.
  var lastTop = Int.max
  var rateKeyEncoder = RateKeyEncoder()
  /// What was done and how long it took, where somebody asks.
  package internal(set) var profile: EvaluationProfile
  var isProfiling = false
  /// The condition that is being tested; -1 for none.
  var profiledLeaf = -1
  /// Leaves of the rule under test are looked at one by one for a trace.
  var tracer: TraceRecorder?

  /// - Parameters:
  ///   - addresses: where to look up what a record does not tell of an address.
  ///   - options: what is done to be quick.
  package init(
    _ program: Program, addresses: (any AddressDatabase)? = nil, options: EngineOptions = .all
  ) {
    self.program = program
    self.options = options
    profile = EvaluationProfile(program)
    findings = FilterFindings(program)
    memory = ValueMemory(isUsed: options.remembersValues && options.usesPrefilters)
    addressFindings = AddressFindings(program, addresses)
    answers = .init(repeating: Answer(.no), count: program.leaves.count)
    isAnswered = .init(repeating: false, count: program.leaves.count)
    slotValues = .init(repeating: SlotValue(state: .missing), count: program.slots.count)
    isSlotComputed = .init(repeating: false, count: program.slots.count)
    fidelities = .init(repeating: nil, count: program.managed.count)
    rateFindings = .init(repeating: .none, count: program.rates.count)
    labels = LabelState(
      labelCount: program.labels.count, opaqueGroupCount: program.opaqueGroups.count)
    openState = OpenState(labels: labels)
  }

  /// The verdict on `record`.
  ///
  /// The levels are tried from the strictest on; the first at which one action remains is the
  /// verdict's certainty. Leaf answers are shared by all levels; a level is skipped where no leaf
  /// met so far would answer differently at it.
  package mutating func evaluate(_ record: borrowing RequestRecord) -> Verdict {
    begin(record)
    return evaluateFurther(record)
  }

  /// The verdict on the record that was begun with: leaves that have an answer keep it.
  mutating func evaluateFurther(_ record: borrowing RequestRecord) -> Verdict {
    openState.turn = nil
    var level = EvidenceLevel.exact
    // Most requests end as the default action has it: a walk that finds another action possible
    // stops, since a level that leaves two actions is none.
    var expected = ActionSet(program.defaultAction)
    var hasStopped = false
    while true {
      runWalk(
        at: level, .worlds, expecting: options.stopsWalksEarly ? expected : nil, record)
      if walk.hasStopped, let weaker = walk.nextLevel {
        level = weaker
        hasStopped = true
        continue
      }
      if walk.possible.isSingle, hasStopped, walk.possible != expected {
        // Levels were passed over on a wrong guess.
        expected = walk.possible
        hasStopped = false
        level = .exact
        continue
      }
      if walk.possible.isSingle {
        return finish(Certainty(level), record)
      }
      guard let weaker = walk.nextLevel else {
        return finish(.indeterminate, record)
      }
      level = weaker
    }
  }

  mutating func begin(_ record: borrowing RequestRecord) {
    isAnswered.fill(with: false)
    isSlotComputed.fill(with: false)
    for index in fidelities.indices { fidelities[index] = nil }
    findings.removeAll()
    elements.removeAll(keepingCapacity: true)
    readings.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    areHeadersRead = false
    couldHeadersBeOverLimit = nil
    couldAnythingBeOversize = nil
    isGRPC = nil
    clientSets = nil
    openState.turn = nil
    resolveResourceType(record)
    resolveGeo(record)
  }

  private mutating func resolveResourceType(_ record: borrowing RequestRecord) {
    let limits = program.bodyLimits
    let named = limits.stated ?? (record.sourceName.isEmpty ? nil : sourceType(record))
    resourceType = named ?? limits.assumed
    isResourceTypeAssumed = named == nil
    bodyLimitBytes = limits.limit(of: resourceType)
  }

  /// The type that a record's source name stands for; nearly always that of the record before.
  private mutating func sourceType(_ record: borrowing RequestRecord) -> ResourceType? {
    let name = record.storage.span.extracting(record.sourceName.bounds)
    if name.equals(lastSource.name.span) { return lastSource.type }
    let type = ResourceType(sourceName: record.text(record.sourceName))
    lastSource = (Array(record.storage[record.sourceName.bounds]), type)
    return type
  }

  /// Makes the verdict of the walk just run, and fills the fields of the predicted record.
  ///
  /// They come from the best known answers, whatever their level, and, of the worlds that then give
  /// the verdict's action, from that in which the fewest unknowns match. A certain action can so
  /// come with an approximate label; `open` says that the label could be missing.
  private mutating func finish(
    _ certainty: Certainty, _ record: borrowing RequestRecord
  ) -> Verdict {
    let worlds = walk
    let action = worlds.lastAction
    var open = worlds.open
    let verdictLevel = level
    if worlds.metUnknown {
      if certainty == .indeterminate { openState.keep(&labels, &unsettledRules, turn: turn) }
      // The buffers change places: a copy would make the next walk allocate a new one.
      swap(&metUnknowns, &openUnknowns)
      if !fill(action, record) { open = .all }
    }
    let outcome = walk.outcome ?? worlds.last(action)
    oversize = oversizeParts(among: walk.inspected, record)
    return Verdict(
      action: action, certainty: certainty, possible: worlds.possible, open: open,
      rule: outcome.rule, top: outcome.top == .max ? nil : Int(outcome.top),
      responseCode: outcome.responseCode,
      fidelity: fidelity(of: outcome.rule), level: verdictLevel)
  }

  private func fidelity(of rule: RuleIndex?) -> BranchFidelity? {
    guard let rule else { return nil }
    guard let managed = program.ruleInfo[rule.position].managed else {
      return program.ruleInfo[rule.position].fidelity
    }
    return fidelities[managed]
  }

  /// Looks for the world with the fewest matching unknowns that gives `action`.
  ///
  /// Almost always that is the one in which none matches. Otherwise the search grows by one
  /// unknown at a time and is bounded; where it fails, every field of the record is open.
  private mutating func fill(_ action: Action, _ record: borrowing RequestRecord) -> Bool {
    let level = EvidenceLevel.assumed
    chosenUnknowns.removeAll(keepingCapacity: true)
    runWalk(at: level, .oneWorld, record)
    if walk.outcome?.action == action { return true }
    // One more walk a candidate, then one a pair: choices met only on the way are candidates too.
    var known: ContiguousArray<UnknownChoice> = []
    for unknown in openUnknowns where !known.contains(unknown) { known.append(unknown) }
    for unknown in metUnknowns where !known.contains(unknown) { known.append(unknown) }
    for first in known {
      chosenUnknowns = [first]
      runWalk(at: level, .oneWorld, record)
      if walk.outcome?.action == action { return true }
    }
    let limit = min(known.count, Self.pairSearchLimit)
    for first in 0..<limit {
      for second in first + 1..<max(limit, first + 1) {
        chosenUnknowns = [known[first], known[second]]
        runWalk(at: level, .oneWorld, record)
        if walk.outcome?.action == action { return true }
      }
    }
    chosenUnknowns.removeAll(keepingCapacity: true)
    runWalk(at: level, .oneWorld, record)
    walk.outcome = nil
    return false
  }

  private static let pairSearchLimit = 24
}
