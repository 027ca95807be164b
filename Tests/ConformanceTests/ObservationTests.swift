import ManagedRules
import TestSupport
import Testing
import WAFRequests
import WAFTraffic
import Wafcast

@Suite struct ObservationTests {
  /// Whether the model has it that the rule, or any rule of the group, matches.
  private func answer(_ item: ObservationCase) throws -> Bool {
    let directory = try TemporaryDirectory()
    let file = try directory.write("acl.json", item.webACL.description)
    let acl: CompiledWebACL
    do throws(LoadFailure) {
      acl = try loadWebACL(file, with: [], options: LoadOptions(searchString: .plain))
    } catch {
      guard case .invalid(let diagnostics, let sources) = error else { return false }
      Issue.record("does not load: \(diagnostics.map(sources.render).joined(separator: "\n"))")
      return false
    }
    var record = RequestRecord()
    try WAFLogDecoder().decode(
      Array(item.record.description.utf8).span, position: RecordPosition(), into: &record)
    var predictor = Predictor(acl)
    let predicted = try JSONValue(parsing: predictor.predictedRecord(record))
    let matched = (predicted["ruleGroupList"]?.elements ?? []).flatMap { group in
      (group["nonTerminatingMatchingRules"]?.elements ?? [])
        + (group["excludedRules"]?.elements ?? [])
        + (group["terminatingRule"].map { [$0] } ?? [])
    }.compactMap { $0["ruleId"]?.text }
    return item.rule.map { matched.contains($0.name) } ?? !matched.isEmpty
  }

  @Test(arguments: ObservationCase.all)
  func modelAgreesOrSaysWhyNot(_ item: ObservationCase) throws {
    let answer = try answer(item)
    if let reason = item.disagrees {
      #expect(answer != item.matched, "it agrees by now; the data says why not: \(reason)")
      #expect(reason.count > 20)
    } else {
      #expect(answer == item.matched)
    }
  }

  /// Of those where a log or a sampled request names the rule nine in ten agree.
  @Test func gradedObservationsAgree() {
    let graded = ObservationCase.all.filter {
      $0.evidence == .log || $0.evidence == .sampledRequests
    }
    let agreeing = graded.filter { $0.disagrees == nil }
    #expect(graded.count >= 10)
    #expect(agreeing.count * 10 >= graded.count * 9, "\(agreeing.count) of \(graded.count)")
  }
}
