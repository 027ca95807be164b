import WAFEngine
import WAFProgram

/// What the recording would have to hold to settle requests, with the requests that need it.
package struct NeedReport: Equatable, Sendable {
  /// Indeterminate requests that it would help to settle.
  package private(set) var requests = 0
  /// Of those, the ones that are possibly blocked.
  package private(set) var possiblyBlocked = 0
  /// Method and path template.
  package private(set) var routes = BoundedTable<RequestCount>(capacity: 256)
  /// The first requests.
  package private(set) var examples = FirstSamples<RequestExample>(capacity: 3)

  package init() {}

  mutating func add(_ request: borrowing SummarizedRequest) {
    requests += 1
    if request.possible.contains(.block) { possiblyBlocked += 1 }
    routes.update(request.keys.route.span, hash: request.keys.routeHash) { $0.requests += 1 }
    if examples.wants(request.position) { examples.insert(request.makeExample()) }
  }

  mutating func merge(_ other: NeedReport) {
    requests += other.requests
    possiblyBlocked += other.possiblyBlocked
    routes.merge(other.routes)
    examples.merge(other.examples)
  }
}
