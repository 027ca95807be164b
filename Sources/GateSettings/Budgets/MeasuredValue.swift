import Findings

/// What a metric is in a run: a number, or bounds where the run does not tell exactly.
struct MeasuredValue: Hashable {
  /// The number, or the best estimate of it.
  var value: Int
  var lower: Int
  var upper: Int
  /// Whether `value` was estimated because there was too much to keep.
  var isEstimate = false

  init(_ value: Int) {
    self.init(value: value, lower: value, upper: value)
  }

  init(value: Int, lower: Int, upper: Int, isEstimate: Bool = false) {
    self.lower = min(lower, upper)
    self.upper = max(lower, upper)
    self.value = min(max(value, self.lower), self.upper)
    self.isEstimate = isEstimate
  }

  var isExact: Bool { lower == upper }

  /// `42`, `between 2 and 5`, `≈ 1200 (between 1050 and 1350)`.
  var text: String {
    if isExact { return String(value) }
    let bounds = "between \(lower) and \(upper)"
    return isEstimate ? "≈ \(value) (\(bounds))" : bounds
  }
}

extension BudgetMetric {
  /// How far an estimate of clients may be off, in percent: four times the standard error of the
  /// sketch of 1,024 hashes that counts them.
  private static let estimateErrorPercent = 13

  /// What the metric is in a run.
  func measure(_ metrics: Metrics) -> MeasuredValue {
    guard name.isOfChanges else { return MeasuredValue(total(metrics)) }
    let changes = selectedChanges(metrics)
    switch unit {
    case .requests:
      return MeasuredValue(changes.reduce(0) { $0 &+ certainty.count(of: $1.requests) })
    case .clients: return clients(of: changes)
    }
  }

  /// The changes that it counts.
  func selectedChanges(_ metrics: Metrics) -> [Metrics.Change] {
    guard name.isOfChanges else { return [] }
    return metrics.changes.filter { change in
      name.kinds.contains(change.kind) && selector.selects(change)
        && certainty.count(of: change.requests) > 0
    }
  }

  private func total(_ metrics: Metrics) -> Int {
    switch name {
    case .requests: metrics.requests
    case .records: metrics.records
    case .rejects: metrics.rejects
    default: metrics.totals[name.rawValue] ?? 0
    }
  }

  /// What a percentage of it is a share of: the records for what is said of reading, else the
  /// requests evaluated.
  func whole(_ metrics: Metrics) -> Int {
    name.isOfReading ? metrics.records : metrics.requests
  }

  /// The different clients of some changes.
  ///
  /// The clients of a change are those of all its requests, whatever their certainty: where only
  /// some of the requests count, so may only some of the clients, and bounds are left. A client has
  /// one request at least; each request that does not count can take one client away.
  private func clients(of changes: [Metrics.Change]) -> MeasuredValue {
    var union: Set<UInt64> = []
    var sure: Set<UInt64> = []
    var lower = 0
    var uncounted = 0
    var requests = 0
    var isEstimate = false
    for change in changes {
      let counted = certainty.count(of: change.requests)
      let left = change.requests.upperBound &- counted
      requests &+= counted
      let all = change.clients?.count ?? change.clientCount.value
      var fewest = all
      if let clients = change.clients {
        union.formUnion(clients)
        if left == 0 { sure.formUnion(clients) }
      } else {
        var most = all
        if !change.clientCount.isExact {
          isEstimate = true
          let error = all / 100 * Self.estimateErrorPercent + Self.estimateErrorPercent
          fewest = max(0, all &- error)
          most = all &+ error
        }
        uncounted &+= min(most, counted)
      }
      lower = max(lower, min(counted, fewest &- left))
    }
    lower = max(lower, sure.count)
    let upper = max(lower, min(requests, union.count &+ uncounted))
    let estimate = changes.reduce(0) { most, change in
      max(most, change.clients == nil ? change.clientCount.value : 0)
    }
    return MeasuredValue(
      value: max(estimate, union.count), lower: lower, upper: upper, isEstimate: isEstimate)
  }
}
