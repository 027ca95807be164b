import Bytes
package import Findings
import WAFEngine
import WAFProgram
package import WAFReplay
import WAFRequests

/// What is known of one unit of change: (kind, rule, method and path template).
package struct ChangeTally: Tally {
  package private(set) var requests = CertaintyCounts()
  /// The different clients.
  package private(set) var clients = DistinctSketch()
  package private(set) var hosts = BoundedTable<RequestCount>(capacity: 16)
  /// Two letters, `-` for undetermined, empty for not recorded.
  package private(set) var countries = BoundedTable<RequestCount>(capacity: 16)
  /// Requests by place in `AgentFamily.names`.
  package private(set) var agents: [Int: Int] = [:]
  package private(set) var times = TimeSpan()
  /// The rules that had to do with the requests on the other side.
  package private(set) var otherRules = BoundedTable<RequestCount>(capacity: 16)
  /// What would settle requests that are not decided any more.
  package private(set) var needs: [String: Int] = [:]
  package private(set) var examples = FirstSamples<ChangedRequest>(capacity: 3)

  package init() {}

  mutating func add(
    _ request: borrowing SummarizedRequest, _ certainty: Certainty, otherRule: String,
    needs: [String]
  ) {
    switch certainty {
    case .exact: requests.exact += 1
    case .observed: requests.observed += 1
    case .approximate: requests.approximate += 1
    case .assumed: requests.assumed += 1
    case .indeterminate: requests.possible += 1
    }
    if let client = request.keys.clientHash { clients.insert(client) }
    countries.update(request.keys.country.span) { $0.requests += 1 }
    addHeaders(of: request.record)
    times.add(request.timestamp)
    if !otherRule.isEmpty {
      let name = Array(otherRule.utf8)
      otherRules.update(name.span) { $0.requests += 1 }
    }
    for need in needs { self.needs[need, default: 0] += 1 }
  }

  private mutating func addHeaders(of record: borrowing RequestRecord) {
    let bytes = record.storage.span
    let none: [UInt8] = []
    if let index = record.indexOfHeader(named: Self.host.span) {
      let range = record.headers[index].value.range.bounds.prefix(Self.longestHost)
      hosts.update(bytes.extracting(range)) { $0.requests += 1 }
    } else {
      hosts.update(none.span) { $0.requests += 1 }
    }
    let family =
      if let index = record.indexOfHeader(named: Self.userAgent.span) {
        AgentFamily.index(of: bytes.extracting(record.headers[index].value.range.bounds))
      } else {
        AgentFamily.index(of: none.span)
      }
    agents[family, default: 0] += 1
  }

  mutating func insert(_ example: ChangedRequest) { examples.insert(example) }

  package mutating func merge(_ other: ChangeTally) {
    requests.exact += other.requests.exact
    requests.observed += other.requests.observed
    requests.approximate += other.requests.approximate
    requests.assumed += other.requests.assumed
    requests.possible += other.requests.possible
    clients.merge(other.clients)
    hosts.merge(other.hosts)
    countries.merge(other.countries)
    agents.merge(other.agents, uniquingKeysWith: +)
    times.merge(other.times)
    otherRules.merge(other.otherRules)
    needs.merge(other.needs, uniquingKeysWith: +)
    examples.merge(other.examples)
  }

  package var weight: Int { requests.upperBound }

  private static let host = Array("host".utf8)
  private static let userAgent = Array("user-agent".utf8)
  private static let longestHost = 253
}
