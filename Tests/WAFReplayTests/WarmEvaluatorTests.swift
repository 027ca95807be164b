import Testing
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

/// An evaluator remembers from record to record what it would work out again; that must not show.
struct WarmEvaluatorTests {
  private static let usages: [TestProgram.Usage] = [
    .init(), .init(hasGeo: true, unmodelled: true), .init(managedIsCounted: true),
    .init(scopeDownPath: "/login", unmodelled: true),
  ]

  @Test(arguments: usages.indices)
  func whatIsOpenDoesNotDependOnTheRecordsBefore(usage: Int) throws {
    let program = TestProgram.make(Self.usages[usage])
    var traffic = Traffic(seed: 61)
    var warm = Evaluator(program)
    var record = RequestRecord()
    var openCount = 0
    for line in traffic.lines(400) {
      do throws(RejectReason) {
        try LogDecoder().decode(
          Array(line.utf8).span, format: 0, position: RecordPosition(), into: &record)
      } catch {
        continue
      }
      let verdict = warm.evaluate(record)
      let needs = warm.needs(for: verdict, record)
      let openRules = verdict.certainty == .indeterminate ? warm.openRules : []
      var fresh = Evaluator(program)
      let expected = fresh.evaluate(record)
      #expect(verdict == expected)
      #expect(needs == fresh.needs(for: expected, record))
      guard verdict.certainty == .indeterminate else { continue }
      openCount += 1
      #expect(openRules == fresh.openRules)
      // Asked for again, and after a walk of another kind, it is the same.
      _ = warm.trace(record)
      #expect(warm.needs(for: verdict, record) == needs)
    }
    #expect(openCount > 10)
  }
}
