package import IPAddressing
package import WAFEngine
package import WAFProgram

/// What a web ACL would have done to a corpus.
///
/// INVARIANT: merging is commutative and associative, and a new report of the same program is its
/// neutral element, so reports of parts of a corpus merge to the report of the whole, whatever
/// the parts and the order. Memory is bounded: see `BoundedTable`.
package struct ReplayReport: Equatable, Sendable {
  // MARK: Totals

  /// What all evaluated requests met, with the bounds.
  package internal(set) var outcomes = OutcomeCounts()
  /// What could not be read.
  package internal(set) var rejects = RejectReport()
  /// Evaluated records that are predictions of ours: requests like others, but no evidence.
  package internal(set) var predictions = 0
  /// Evaluated records by the ARN of the web ACL that they were recorded under.
  package internal(set) var recordedWebACLs = BoundedTable<RequestCount>(capacity: 64)
  /// Evaluated records that were recorded under another web ACL, by its ARN.
  package internal(set) var otherWebACLs = BoundedTable<RequestCount>(capacity: 64)
  /// Evaluated records that were recorded under another web ACL.
  package internal(set) var recordedUnderOtherWebACL = 0
  /// The time of the first and the last request.
  package internal(set) var times = TimeSpan()
  /// The different clients.
  package internal(set) var clientCount = DistinctSketch()

  // MARK: Parts

  /// Every rule of the web ACL, in evaluation order; the default action last.
  package internal(set) var rules: [RuleReport]
  /// What would settle indeterminate requests.
  var needs = NeedCounts()
  /// Indeterminate requests by method and path template.
  package internal(set) var indeterminateRoutes = BoundedTable<OutcomeCounts>(capacity: 1024)
  /// The first indeterminate requests.
  package internal(set) var indeterminateExamples = FirstSamples<RequestExample>(capacity: 5)
  /// By method and path template: `GET /users/{id}`.
  package internal(set) var routes = BoundedTable<OutcomeCounts>(capacity: 4096)
  /// By client: keys as `clientAddress(ofKey:)` reads them.
  package internal(set) var clients = BoundedTable<OutcomeCounts>(capacity: 8192)
  /// By country: two letters, `-` for undetermined, empty for not recorded.
  package internal(set) var countries = BoundedTable<OutcomeCounts>(capacity: 1024)
  /// What became of stated expectations.
  package internal(set) var expectations = ExpectationReport()

  let webACLARN: [UInt8]
  let assumptionNames: [String]
  var verdictsByAssumption: [Int]

  /// The empty report on a program.
  package init(_ program: Program) {
    rules = program.reportedRules.map(RuleReport.init)
    webACLARN = Array(program.webACLARN.utf8)
    assumptionNames = (0..<program.assumptionCount).map(program.assumptionName(at:))
    verdictsByAssumption = [Int](repeating: 0, count: assumptionNames.count)
  }

  /// The number of records evaluated.
  package var evaluated: Int { outcomes.requests }

  /// The number of different clients; an estimate unless `clientCount.isExact`.
  package var distinctClients: Int { min(clientCount.count, evaluated) }

  /// The number of records, readable or not.
  package var records: Int { evaluated + rejects.count }

  /// The assumptions that verdicts rest on, with the number of those verdicts, most first.
  package var assumptions: [(name: String, verdicts: Int)] {
    zip(assumptionNames, verdictsByAssumption).filter { $0.1 > 0 }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      .map { (name: $0.0, verdicts: $0.1) }
  }

  /// What would settle indeterminate requests, most requests first.
  package var sortedNeeds: [(need: Need, report: NeedReport)] {
    needs.settled.byNeed.sorted { left, right in
      if left.value.requests != right.value.requests {
        return left.value.requests > right.value.requests
      }
      return left.key < right.key
    }.map { (need: $0.key, report: $0.value) }
  }

  /// The evidence that would settle indeterminate requests, whatever the rules that ask for it,
  /// most requests first: a request counts once for each.
  package var sortedEvidence: [(evidence: String, report: NeedReport)] {
    needs.settled.byEvidence.sorted { ($1.value.requests, $0.key) < ($0.value.requests, $1.key) }
      .map { (evidence: $0.key, report: $0.value) }
  }

  /// The clients with the most requests.
  package func topClients(_ count: Int) -> [(address: IPAddress, outcomes: OutcomeCounts)] {
    clients.top(count).compactMap { entry in
      Self.clientAddress(ofKey: entry.key).map { (address: $0, outcomes: entry.value) }
    }
  }

  /// The address that a key of `clients` stands for: its four or sixteen bytes.
  package static func clientAddress(ofKey key: [UInt8]) -> IPAddress? {
    switch key.count {
    case 4: .v4(key.reduce(0) { $0 << 8 | UInt32($1) })
    case 16: .v6(key.reduce(0) { $0 << 8 | UInt128($1) })
    default: nil
    }
  }

  /// Adds the findings of another part of the corpus; both must be reports on the same program.
  package mutating func merge(_ other: ReplayReport) {
    outcomes.merge(other.outcomes)
    rejects.merge(other.rejects)
    predictions += other.predictions
    recordedWebACLs.merge(other.recordedWebACLs)
    otherWebACLs.merge(other.otherWebACLs)
    recordedUnderOtherWebACL += other.recordedUnderOtherWebACL
    times.merge(other.times)
    clientCount.merge(other.clientCount)
    for (index, report) in zip(rules.indices, other.rules) { rules[index].merge(report) }
    needs.merge(other.needs)
    indeterminateRoutes.merge(other.indeterminateRoutes)
    indeterminateExamples.merge(other.indeterminateExamples)
    routes.merge(other.routes)
    clients.merge(other.clients)
    countries.merge(other.countries)
    expectations.merge(other.expectations)
    for (index, count) in zip(verdictsByAssumption.indices, other.verdictsByAssumption) {
      verdictsByAssumption[index] += count
    }
  }
}
