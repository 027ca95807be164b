import WAFProgram

/// A need, or something that needs follow from, before it is put into words.
struct NeedCode: Hashable, Sendable {
  enum Kind: UInt8 {
    /// A rule that is left open: no need itself, but the open rules follow from it.
    case unsettled
    case terminatingUnsettled
    case gate
    case opaqueGroup
    /// What a condition would have to be known of; with the reason why it is not.
    case leaf
    // What a label that is asked for hangs on.
    case opaqueGroupOfLabel
    case country
    case region
    case forwardedCountry
    case forwardedRegion
    case header
  }

  /// Kind, reason, whether the request is known to be gRPC, subject of the owner; then the index.
  private var words: UInt64
  /// The rule, group or label whose statement asks.
  let owner: Int32

  init(
    _ kind: Kind, _ index: Int32 = 0, of owner: UnsettledRule,
    reason: Answer.Reason = .evidence, isGRPC: Bool = false
  ) {
    words =
      UInt64(kind.rawValue) | UInt64(reason.rawValue) << 8 | (isGRPC ? 1 << 16 : 0)
      | UInt64(owner.subject.rawValue) << 24 | UInt64(UInt32(bitPattern: index)) << 32
    self.owner = owner.index
  }

  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: words)) ?? .unsettled }
  var reason: Answer.Reason {
    Answer.Reason(rawValue: UInt8(truncatingIfNeeded: words >> 8)) ?? .notRecorded
  }
  var subject: UnsettledRule.Subject {
    UnsettledRule.Subject(rawValue: UInt8(truncatingIfNeeded: words >> 24)) ?? .rule
  }
  var index: Int { Int(truncatingIfNeeded: words >> 32) }

  @inline(__always)
  func mixed(into hash: UInt64) -> UInt64 {
    let mixed = (hash ^ words ^ UInt64(UInt32(bitPattern: owner)) << 18) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  @inline(__always)
  static func == (left: NeedCode, right: NeedCode) -> Bool {
    left.words == right.words && left.owner == right.owner
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words)
    hasher.combine(owner)
  }
}

/// What leaves a verdict open: what would settle it, and the rules that could still end it.
///
/// Many requests are open in the same way; an evaluator hands out the same arrays for them.
package struct OpenFindings: Sendable {
  package let needs: [Need]
  package let rules: [OpenRule]
}

/// What a walk through all worlds left, set aside while the record is filled from another walk.
struct OpenState: Sendable {
  private var labels: LabelState
  private var unsettledRules: ContiguousArray<UnsettledRule> = []
  /// Whose walk it was; nil where nothing is set aside.
  var turn: UInt8?

  init(labels: LabelState) {
    self.labels = labels
  }

  /// Sets it aside; buffers change places, so that nothing is allocated.
  mutating func keep(
    _ labels: inout LabelState, _ rules: inout ContiguousArray<UnsettledRule>, turn: UInt8
  ) {
    exchange(&labels, &rules)
    rules.removeAll(keepingCapacity: true)
    self.turn = turn
  }

  mutating func give(
    back labels: inout LabelState, _ rules: inout ContiguousArray<UnsettledRule>
  ) {
    exchange(&labels, &rules)
    turn = nil
  }

  private mutating func exchange(
    _ labels: inout LabelState, _ rules: inout ContiguousArray<UnsettledRule>
  ) {
    swap(&self.labels, &labels)
    swap(&unsettledRules, &rules)
  }
}

/// The needs that were put into words before, by what they follow from.
struct NeedsMemory: Sendable {
  /// What the needs of the request at hand follow from, in the order met.
  private(set) var codes: ContiguousArray<NeedCode> = []
  private var hash: UInt64 = 0
  /// The labels that a rule that is open asks for.
  var askedLabels = BitSet(capacity: 0)

  private var known: ContiguousArray<Known> = []
  private var knownHashes: ContiguousArray<UInt64> = []
  /// The conditions of each statement, by whose turn it is.
  private var statements: [UInt8: StatementLeaves] = [:]

  private struct Known {
    var codes: ContiguousArray<NeedCode>
    var findings: OpenFindings
  }

  /// How many ways to be open are remembered.
  private static let capacity = 256

  mutating func begin(turn: UInt8, labelCount: Int) {
    codes.removeAll(keepingCapacity: true)
    // Two web ACLs that take turns have rules of their own.
    hash = UInt64(turn)
    if askedLabels.words.count * 64 < labelCount {
      askedLabels = BitSet(capacity: labelCount)
    } else {
      askedLabels.removeAll()
    }
  }

  @inline(__always)
  mutating func append(_ code: NeedCode) {
    codes.append(code)
    hash = code.mixed(into: hash)
  }

  /// The findings that follow from the codes, if they were put into words before.
  var findings: OpenFindings? {
    for place in knownHashes.indices
    where knownHashes[place] == hash && known[place].codes == codes {
      return known[place].findings
    }
    return nil
  }

  mutating func remember(_ findings: OpenFindings) {
    if known.count == Self.capacity {
      known.removeAll(keepingCapacity: true)
      knownHashes.removeAll(keepingCapacity: true)
    }
    known.append(Known(codes: codes, findings: findings))
    knownHashes.append(hash)
  }

  /// The conditions of the statements of `program`, whose turn it is.
  mutating func leaves(_ program: Program, turn: UInt8) -> StatementLeaves {
    if let known = statements[turn] { return known }
    let leaves = StatementLeaves(program)
    statements[turn] = leaves
    return leaves
  }
}

/// The conditions that statements are made of, in the order of the document.
struct StatementLeaves: Sendable {
  /// By place in `Program.rules`, `Program.labelRules` and `Program.topRules`.
  private var rules: ContiguousArray<ContiguousArray<LeafIndex>>
  private var labels: ContiguousArray<ContiguousArray<LeafIndex>>
  private var scopeDowns: ContiguousArray<ContiguousArray<LeafIndex>>
  /// By place in `Program.managed`: those of all branches.
  private var managed: ContiguousArray<ContiguousArray<LeafIndex>>

  init(_ program: Program) {
    rules = .init(program.ruleInfo.map { .init($0.formula.leaves) })
    labels = .init(program.labelRules.map { .init($0.formula.leaves) })
    scopeDowns = .init(program.topRules.map { .init($0.scopeDownFormula?.leaves ?? []) })
    managed = .init(
      program.managed.map { rule in .init(rule.branches.flatMap { $0.formula.leaves }) })
  }

  func leaves(of item: UnsettledRule) -> ContiguousArray<LeafIndex> {
    switch item.subject {
    case .rule: rules[Int(item.index)]
    case .label: labels[Int(item.index)]
    case .scopeDown: scopeDowns[Int(item.index)]
    case .opaqueGroup, .gate: []
    }
  }

  func leaves(ofManaged index: Int) -> ContiguousArray<LeafIndex> { managed[index] }
}
