import Bytes
package import WAFEngine
import WAFProgram
import WAFRequests

extension ReplayReport {
  /// Adds one evaluated request.
  package mutating func add(
    _ request: borrowing SummarizedRequest, _ verdict: Verdict, _ details: VerdictDetails,
    needs: [Need], openRules: [OpenRule], index: ReportIndex
  ) {
    let outcome = OutcomeCounts.Outcome(verdict, isCounted: details.hasCount)
    outcomes.add(outcome)
    times.add(request.timestamp)
    if request.record.recorded.isPrediction { predictions += 1 }
    routes.update(request.keys.route.span, hash: request.keys.routeHash) {
      $0.add(outcome)
    }
    if let hash = request.keys.clientHash {
      let isKnown = clients.update(request.keys.client.span, hash: hash) {
        $0.add(outcome)
      }
      // Who is in the table has been counted.
      if !isKnown { clientCount.insert(hash) }
    }
    countries.update(request.keys.country.span, hash: request.keys.countryHash) {
      $0.add(outcome)
    }
    for assumption in details.assumptions { verdictsByAssumption[assumption] += 1 }
    addToRules(request, verdict, details, index)
    if verdict.certainty == .indeterminate {
      addIndeterminate(request, verdict, needs: needs, openRules: openRules, index)
    }
    addWebACL(of: request)
    addExpectation(request, verdict)
  }

  private mutating func addToRules(
    _ request: borrowing SummarizedRequest, _ verdict: Verdict, _ details: VerdictDetails,
    _ index: ReportIndex
  ) {
    let ending = index.place(of: verdict)
    rules[ending].addEnd(verdict.certainty)
    if ending != index.placeOfDefaultAction, verdict.certainty != .indeterminate {
      rules[ending].addMatch(request, fidelity: verdict.fidelity)
    }
    var group: Int?
    for event in details.events {
      switch event {
      case .groupEvaluated(let top): group = top
      case .innerCount(let rule): addCount(index.placeOfRule[rule.position], request)
      case .innerTerminating(let rule):
        // It ends the group only, where the group's result is turned into Count.
        if let group, index.topIsOverriddenToCount[group] {
          addCount(index.placeOfRule[rule.position], request)
        }
      case .topCount(let top):
        if index.topIsPlain[top] { addCount(index.placeOfTop[top], request) }
      }
    }
  }

  private mutating func addCount(_ place: Int, _ request: borrowing SummarizedRequest) {
    rules[place].addCount()
    rules[place].addMatch(request, fidelity: nil)
  }

  private mutating func addIndeterminate(
    _ request: borrowing SummarizedRequest, _ verdict: Verdict, needs: [Need],
    openRules: [OpenRule], _ index: ReportIndex
  ) {
    let group = self.needs.add(request, needs: needs, openRules: openRules, index)
    for place in self.needs.openPlaces(ofGroup: group) { rules[place].addPossible() }
    let outcome = OutcomeCounts.Outcome(verdict, isCounted: false)
    indeterminateRoutes.update(request.keys.route.span, hash: request.keys.routeHash) {
      $0.add(outcome)
    }
    if indeterminateExamples.wants(request.position) {
      indeterminateExamples.insert(request.makeExample())
    }
  }

  private mutating func addExpectation(
    _ request: borrowing SummarizedRequest, _ verdict: Verdict
  ) {
    let recorded = request.record.recorded
    guard !recorded.expectedAction.isEmpty || !recorded.expectedRule.isEmpty else { return }
    let action = request.record.text(recorded.expectedAction)
    let rule = request.record.text(recorded.expectedRule)
    let agrees =
      (action.isEmpty || action == verdict.action.logName) && (rule.isEmpty || rule == request.rule)
    if verdict.certainty == .indeterminate {
      let actions = verdict.possible.actions
      if action.isEmpty || actions.contains(where: { $0.logName == action }) {
        expectations.undecided += 1
        return
      }
    } else if agrees {
      expectations.held += 1
      return
    }
    expectations.failed += 1
    guard expectations.failures.wants(request.position) else { return }
    expectations.failures.insert(
      ExpectationFailure(
        request: request.makeExample(), expectedAction: action, expectedRule: rule))
  }

  /// Counts a request that was recorded under another web ACL.
  private mutating func addWebACL(of request: borrowing SummarizedRequest) {
    let range = request.record.webACLARN
    guard !range.isEmpty else { return }
    let recorded = request.record.storage.span.extracting(range.bounds)
    recordedWebACLs.update(recurring: recorded) { $0.requests += 1 }
    guard !webACLARN.isEmpty else { return }
    guard !recorded.equals(webACLARN.span) else { return }
    recordedUnderOtherWebACL += 1
    otherWebACLs.update(recurring: recorded) { $0.requests += 1 }
  }

  /// Counts what could not be read.
  package mutating func addReject(_ reject: RejectedRecord) {
    rejects.add(reject)
  }
}
