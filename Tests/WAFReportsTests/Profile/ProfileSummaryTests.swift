import Foundation
import ReportText
import TestSupport
import Testing
import WAFEngine
import WAFProgram
import WAFReplay
import WAFReports

@Suite struct ProfileSummaryTests {
  /// Times and counts that follow from the place alone.
  private static let profile: ReplayProfile = {
    var profile = ReplayProfile(SampleReplay.program)
    profile.requests = 12_345
    for (stage, share) in zip(ReplayProfile.Stage.allCases, [9, 22, 60, 5, 4, 0]) {
      profile[stage] = share * 1_234_567
    }
    func fill(
      _ entries: inout ContiguousArray<EvaluationProfile.Entry>, nanoseconds: Int
    ) {
      for place in entries.indices where place != 1 {
        // The third is the dearest.
        let rank = (place + entries.count - 2) % entries.count
        entries[place] = EvaluationProfile.Entry(
          count: 12_000 - 1000 * rank, hits: 100 * rank, unknown: 0,
          runs: 13_000 - 1000 * rank, bytes: 1_000_000 - rank,
          nanoseconds: nanoseconds / (rank + 1))
      }
    }
    fill(&profile.evaluation.rules, nanoseconds: 23_456_789)
    fill(&profile.evaluation.slots, nanoseconds: 9_876_543)
    fill(&profile.evaluation.patterns, nanoseconds: 1_234_567)
    profile.evaluation.patterns[0].unknown = 17
    return profile
  }()

  private static let summary = ProfileSummary(profile, of: SampleReplay.program)

  @Test func text() {
    let text = Self.summary.text(TextStyle())
    #expect(Snapshot("profile.txt").difference(from: text) == nil)
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func json() {
    let text = Self.summary.json.prettyText + "\n"
    #expect(Snapshot("profile.json").difference(from: text) == nil)
    #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil)
  }

  @Test func whatNeverCameUpIsLeftOut() {
    let paths = Self.summary.rules.map(\.path)
    #expect(!paths.contains("block-login-probe"))
    #expect(paths.count == SampleReplay.program.rules.count - 1)
    let nothing = ProfileSummary(ReplayProfile(SampleReplay.program), of: SampleReplay.program)
    #expect(nothing.rules.isEmpty && nothing.slots.isEmpty && nothing.patterns.isEmpty)
    #expect(nothing.text(TextStyle()).split(separator: "\n").count == 1)
  }

  @Test func theDearestComesFirst() {
    for entries in [
      Self.summary.rules.map(\.found), Self.summary.slots.map(\.found),
      Self.summary.patterns.map(\.found),
    ] {
      let times = entries.map(\.nanoseconds)
      #expect(times == times.sorted(by: >))
    }
  }

  /// Without times what came up most often comes first, then the order of the program decides.
  @Test func equalTimesAreListedByCount() {
    var profile = ReplayProfile(SampleReplay.program)
    for (place, count) in [(0, 3), (2, 7), (4, 3)] {
      profile.evaluation.rules[place].count = count
    }
    let summary = ProfileSummary(profile, of: SampleReplay.program)
    #expect(summary.rules.map(\.found.count) == [7, 3, 3])
    #expect(
      summary.rules.map(\.path) == [2, 0, 4].map { SampleReplay.program.ruleInfo[$0].path })
  }

  @Test func patternsNameTheRulesThatAsk() throws {
    let admin = try #require(Self.summary.patterns.first { $0.title.contains("/admin") })
    #expect(admin.rules == ["admin-protection/AdminProtection_URIPATH"])
    #expect(admin.literals.map(\.text) == ["/admin"])
  }

  /// What a managed rule costs is told of the rule, and of the patterns of its branches.
  @Test func managedRulesAreNoPatterns() {
    #expect(!Self.summary.patterns.isEmpty)
    for pattern in Self.summary.patterns { #expect(!pattern.title.contains("managed rule")) }
  }

  @Test func gaveUpIsToldWithRuleAndPattern() {
    let gaveUp = Self.summary.gaveUp
    #expect(gaveUp.map(\.found.unknown) == [17])
    let text = Self.summary.text(TextStyle())
    #expect(text.contains("Gave up"))
    for pattern in gaveUp {
      for rule in pattern.rules { #expect(text.contains(rule)) }
    }
  }
}
