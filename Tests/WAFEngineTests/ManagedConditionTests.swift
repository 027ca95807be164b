import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// A managed rule's condition gives the answer of its strongest evidence.
struct ManagedConditionTests {
  /// What one branch says.
  enum Says: Sendable {
    case match
    case miss
    case unknown
    /// An open question reads both ways.
    case doubtfulMatch
  }

  struct Row: CustomTestStringConvertible {
    var branches: [(BranchFidelity, Says)]
    var miss = EvidenceLevel.approximate
    var shown: Shown
    var fidelity: BranchFidelity?
    var testDescription: String {
      branches.map { "\($0.0.name) \($0.1)" }.joined(separator: ", ") + ", miss \(miss)"
    }
  }

  static let rows: [Row] = [
    Row(branches: [(.exact, .match)], shown: .yes, fidelity: .exact),
    Row(branches: [(.high, .match)], shown: Shown(true, .approximate), fidelity: .high),
    Row(branches: [(.low, .match)], shown: Shown(true, .approximate), fidelity: .low),
    Row(branches: [(.exact, .match), (.high, .match)], shown: .yes, fidelity: .exact),
    // The order of the branches does not matter.
    Row(branches: [(.medium, .match), (.exact, .match)], shown: .yes, fidelity: .exact),
    Row(
      branches: [(.exact, .miss), (.medium, .match)], shown: Shown(true, .approximate),
      fidelity: .medium),
    Row(
      branches: [(.exact, .unknown), (.high, .match)], shown: Shown(true, .approximate),
      fidelity: .high),
    Row(branches: [(.exact, .match), (.high, .unknown)], shown: .yes, fidelity: .exact),
    Row(branches: [(.exact, .unknown), (.high, .miss)], shown: .unknown),
    Row(branches: [(.exact, .miss), (.high, .unknown)], miss: .exact, shown: .unknown),
    Row(
      branches: [(.exact, .doubtfulMatch)], shown: Shown(true, .approximate),
      fidelity: .exact),
    Row(branches: [(.exact, .miss)], miss: .exact, shown: .no),
    Row(branches: [(.exact, .miss), (.high, .miss)], shown: Shown(false, .approximate)),
    Row(branches: [(.exact, .miss)], miss: .assumed, shown: Shown(false, .assumed)),
    Row(branches: [], miss: .assumed, shown: Shown(false, .assumed)),
  ]

  private static let record = RequestRecord(
    uri: "/", headers: [("x", "a"), ("x", "b")], clientIP: "192.0.2.1")

  private static func formula(_ says: Says, _ builder: inout ProgramBuilder) -> Formula {
    switch says {
    case .match: builder.path("/")
    case .miss: builder.path("/other")
    case .unknown: builder.unknown()
    case .doubtfulMatch: builder.bytes(.singleHeader(name: Array("x".utf8)), .exactly, "a")
    }
  }

  private static func program(_ row: Row) -> Program {
    sketch { builder in
      var branches: [(BranchFidelity, Formula)] = []
      for (fidelity, says) in row.branches { branches.append((fidelity, formula(says, &builder))) }
      let managed = builder.managedIndex("G/R", branches, miss: row.miss)
      builder.group("g")
      builder.groupRule(
        "r", .block, .leaf(builder.leaf(.managedRule(managed))), managed: managed)
    }
  }

  @Test(arguments: rows)
  func strongestEvidenceAnswers(_ row: Row) {
    let program = Self.program(row)
    #expect(shown(program, Self.record) == row.shown)
    #expect(verdict(program, Self.record).fidelity == row.fidelity)
  }

  @Test
  func aMissThatIsOnlyAssumedIsANamedAssumption() {
    let program = Self.program(Row(branches: [(.high, .miss)], miss: .assumed, shown: .no))
    #expect(assumptions(program, Self.record) == ["G/R=no-match"])
    let exact = Self.program(Row(branches: [(.exact, .miss)], miss: .exact, shown: .no))
    #expect(assumptions(exact, Self.record) == [])
  }

  @Test(
    arguments: [
      (ManagedCondition.Assumption.match, Shown(true, .assumed), ["G/R=match"]),
      (.noMatch, Shown(false, .assumed), ["G/R=no-match"]),
      (.unknown, .unknown, []),
    ])
  func anAssumptionTakesThePlaceOfTheBranches(
    _ row: (ManagedCondition.Assumption, Shown, [String])
  ) {
    for says in [Says.match, .miss, .unknown] {
      let program = sketch { builder in
        let branch = Self.formula(says, &builder)
        builder.rule("r", .block, builder.managed("G/R", [(.exact, branch)], assumption: row.0))
      }
      #expect(shown(program, Self.record) == row.1, "\(says)")
      #expect(assumptions(program, Self.record) == row.2, "\(says)")
    }
    let program = sketch { builder in
      builder.rule("r", .block, builder.managed("G/R", assumption: .unknown))
    }
    #expect(needs(program, Self.record) == ["managedRule:G/R for r"])
  }

  @Test
  func anUnknownBranchNeedsWhatItsLeavesNeed() throws {
    let program = sketch { builder in
      let branch = builder.bytes(.body, .contains, "x")
      builder.rule("r", .block, builder.managed("G/R", [(.high, branch)]))
    }
    #expect(needs(program, try Self.record.with(.notRecorded, "body")) == ["body for r"])
  }

  // The reason of a branch was taken from the wrong place when a rule before had the same
  // assumption in force already: `bodyless-h2` was named for the resource type.
  @Test
  func aBranchOnAnAssumptionNamesThatAssumption() {
    let limits = BodyLimits(stated: nil, assumed: .applicationLoadBalancer, configured: [:])
    let program = sketch(limits: limits) { builder in
      builder.rule("first", .block, builder.bytes(.body, .contains, "x"))
      let branch = builder.bytes(.body, .contains, "y")
      builder.rule("second", .block, builder.managed("G/R", [(.high, branch)], miss: .exact))
    }
    let record = RequestRecord(
      method: "POST", uri: "/", body: [UInt8](repeating: UInt8(ascii: "a"), count: 9000))
    #expect(shown(program, record) == Shown(false, .assumed))
    #expect(assumptions(program, record) == ["resource-type=APPLICATION_LOAD_BALANCER"])
  }

  @Test
  func aBranchOnAnAbsentBodyOfHTTP2NamesTheAssumption() {
    let program = sketch { builder in
      let branch = builder.bytes(.body, .contains, "y")
      builder.rule("second", .block, builder.managed("G/R", [(.high, branch)], miss: .exact))
    }
    let record = RequestRecord.withoutBodyWord(httpVersion: "HTTP/2.0")
    #expect(shown(program, record) == Shown(false, .assumed))
    #expect(assumptions(program, record) == ["bodyless-h2"])
  }
}
