import WAFEngine
import WAFProgram
import WAFRequests

/// All that an evaluator says of a record.
struct Observation {
  private let verdict: Verdict
  private let details: VerdictDetails
  private let needs: [Need]
  private let openRules: [OpenRule]
  /// The same, asked for when the evaluator's last walk was another one.
  private let needsAgain: [Need]
  private let parts: [RateParticipation]
  private let trace: Trace?

  /// - Parameter isTraced: whether an explanation is asked for too.
  init(_ evaluator: inout Evaluator, _ record: RequestRecord, isTraced: Bool = false) {
    var parts: [RateParticipation] = []
    var found: ContiguousArray<RateParticipation> = []
    for rate in evaluator.program.rates.indices {
      evaluator.probeRates(rate..<rate + 1, record, into: &found)
      parts += found
    }
    self.parts = parts
    verdict = evaluator.evaluate(record)
    var details = VerdictDetails()
    evaluator.copyDetails(for: verdict, into: &details)
    evaluator.noteMatchDetails(for: verdict, record, into: &details)
    self.details = details
    let findings = evaluator.openFindings(for: verdict, record)
    needs = findings?.needs ?? []
    openRules = findings?.rules ?? []
    needsAgain = evaluator.needs(for: verdict, record)
    trace = isTraced ? evaluator.trace(record) : nil
  }

  var certainty: Certainty { verdict.certainty }
  var hasOpenFields: Bool { !verdict.open.isEmpty }
  var hasLabels: Bool { !details.labels.isEmpty }
  var hasAssumptions: Bool { !details.assumptions.isEmpty }
  var hasNeeds: Bool { !needs.isEmpty }
  var hasOversize: Bool { !details.oversize.isEmpty }

  /// What the other says otherwise.
  ///
  /// Not the level of an indeterminate verdict: a rule that is not visited, because it cannot match,
  /// brings up no weaker level.
  func differences(from other: Observation) -> [Difference] {
    var found: [Difference] = []
    func compare<Value: Equatable>(_ name: String, _ value: (Observation) -> Value) {
      let (own, others) = (value(self), value(other))
      guard own != others else { return }
      found.append(Difference(name: name, values: "\(own), not \(others)"))
    }
    compare("action") { $0.verdict.action }
    compare("certainty") { $0.verdict.certainty }
    compare("possible") { $0.verdict.possible.actions }
    compare("open") { $0.verdict.open.names }
    compare("rule") { $0.verdict.rule }
    compare("top") { $0.verdict.top }
    compare("responseCode") { $0.verdict.responseCode }
    compare("fidelity") { $0.verdict.fidelity }
    compare("events") { $0.details.events }
    compare("labels") { $0.details.labels }
    compare("matches") { $0.details.matches }
    compare("texts") { $0.details.texts }
    compare("assumptions") { $0.details.assumptions }
    compare("oversize") { $0.details.oversize.logNames }
    compare("needs") { $0.needs }
    if needsAgain != other.needs {
      found.append(
        Difference(name: "needs asked again", values: "\(needsAgain), not \(other.needs)"))
    }
    compare("openRules") { $0.openRules }
    compare("rates") { $0.parts }
    compare("trace") { $0.trace }
    return found
  }

  func hasLevel(of other: Observation) -> Bool { verdict.level == other.verdict.level }

  struct Difference {
    var name: String
    var values: String
  }
}
