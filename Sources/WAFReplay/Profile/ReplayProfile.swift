package import WAFEngine
package import WAFProgram

/// Where the time of a replay went.
///
/// INVARIANT: merging is commutative and associative, and a new profile of the same program is its
/// neutral element. Times differ from run to run, so that a profile is no part of the report.
package struct ReplayProfile: Hashable, Sendable {
  /// What is done with a record, in order.
  package enum Stage: Int, CaseIterable, Sendable {
    /// Its bytes are read, inflated, and told from those of the next one.
    case read
    /// Its members are found.
    case decode
    /// The web ACL is run over it.
    case evaluate
    /// What would settle an indeterminate verdict is worked out.
    case explain
    /// It is counted in the report.
    case count
    /// Its predicted record is written.
    case write
  }

  /// Records evaluated.
  package var requests = 0
  /// Nanoseconds by `Stage`, of all workers.
  private var stages = [Int](repeating: 0, count: Stage.allCases.count)
  /// What the evaluators did.
  package var evaluation: EvaluationProfile

  /// The empty profile of a program.
  package init(_ program: Program) {
    evaluation = EvaluationProfile(program)
  }

  /// The time spent with a stage, in nanoseconds.
  package subscript(stage: Stage) -> Int {
    get { stages[stage.rawValue] }
    set { stages[stage.rawValue] = newValue }
  }

  /// The time spent with all stages, in nanoseconds.
  package var nanoseconds: Int { stages.reduce(0, +) }

  package mutating func merge(_ other: ReplayProfile) {
    requests += other.requests
    for stage in Stage.allCases { self[stage] += other[stage] }
    evaluation.merge(other.evaluation)
  }
}

/// Measures the stages of a record: each lasts from the end of the one before.
struct StageClock {
  private var last = 0

  /// Begins the first stage.
  mutating func start() { last = EvaluationProfile.now }

  /// Ends a stage; its time goes to the profile.
  mutating func end(_ stage: ReplayProfile.Stage, in profile: inout ReplayProfile) {
    let now = EvaluationProfile.now
    profile[stage] += now - last
    last = now
  }
}
