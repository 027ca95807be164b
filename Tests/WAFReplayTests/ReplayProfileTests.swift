import Testing
import WAFEngine
import WAFReplay

struct ReplayProfileTests {
  private func replay(
    workers: Int, profiles: Bool
  ) async throws -> (report: ReplayReport, profile: ReplayProfile?) {
    var traffic = Traffic(seed: 23)
    var found: ReplayProfile?
    var options = ReplayOptions(workers: workers, writesPredictions: true)
    options.profiles = profiles
    let report = try await ReplayRun(TestProgram.make(.init(hasGeo: true)), options: options)
      .report(
        on: LineSource(traffic.lines(300)), decoder: LogDecoder(),
        to: ReplaySinks(profile: { found = $0 }))
    return (report, found)
  }

  @Test(arguments: [1, 3])
  func measuringChangesNoReport(workers: Int) async throws {
    let plain = try await replay(workers: workers, profiles: false)
    let measured = try await replay(workers: workers, profiles: true)
    #expect(plain.profile == nil)
    #expect(measured.report == plain.report)
    let profile = try #require(measured.profile)
    #expect(profile.requests == plain.report.evaluated)
    // The sample has records of every kind, so that each stage takes its time.
    #expect(plain.report.outcomes.indeterminate > 0)
    for stage in ReplayProfile.Stage.allCases { #expect(profile[stage] > 0, "\(stage)") }
    let sum = ReplayProfile.Stage.allCases.reduce(0) { $0 + profile[$1] }
    #expect(profile.nanoseconds == sum)
  }

  @Test func partsMergeInAnyOrder() {
    let program = TestProgram.make()
    func part(_ seed: Int) -> ReplayProfile {
      var profile = ReplayProfile(program)
      profile.requests = seed
      profile[.decode] = seed * 3
      profile[.write] = seed * 5
      for place in profile.evaluation.rules.indices {
        profile.evaluation.rules[place] = EvaluationProfile.Entry(
          count: seed + place, hits: seed, unknown: 1, runs: place, bytes: seed * 7,
          nanoseconds: seed * 11)
      }
      profile.evaluation.slots[0].count = seed
      profile.evaluation.patterns[0].unknown = seed
      return profile
    }
    var one = part(1)
    one.merge(part(2))
    one.merge(part(3))
    var other = part(3)
    var rest = part(2)
    rest.merge(part(1))
    other.merge(rest)
    #expect(one == other)
    #expect(one.requests == 6)
    #expect(one[.write] == 30)
    #expect(one.evaluation.rules[1].count == 9)
    #expect(one.evaluation.patterns[0].unknown == 6)
    var same = part(4)
    same.merge(ReplayProfile(program))
    #expect(same == part(4))
  }
}
