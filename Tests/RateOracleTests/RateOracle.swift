/// What a recording gives under a web ACL, straight from the wording: for each rate-based rule in
/// order, for each request, every other request in its window is looked at.
struct RateOracle {
  let acl: OracleACL
  let requests: [OracleRequest]

  /// What is known of one request in the end.
  struct Fate: Equatable {
    var certainty: String
    var possible: Set<OracleACL.Action>
  }

  /// Whether keys are limited, by rule and request, at the two levels that know it.
  private typealias Limited = [OracleLevel: [[Truth]]]

  func fates() -> [Fate] {
    let none = acl.rates.map { _ in requests.map { _ in Truth.open } }
    var limited: Limited = [.exact: none, .approximate: none, .assumed: none]
    for rate in acl.rates.indices {
      for level in [OracleLevel.approximate, .assumed] {
        let found = simulate(rate, level, limited)
        limited[level]?[rate] = found
      }
    }
    return requests.indices.map { request in fate(of: request, limited) }
  }

  private func fate(of request: Int, _ limited: Limited) -> Fate {
    var possible: Set<OracleACL.Action> = []
    for level in OracleLevel.allCases {
      var walk = walk(request, level, limited) { _, _ in }
      possible = walk.run(acl)
      if possible.count == 1 { return Fate(certainty: level.rawValue, possible: possible) }
    }
    return Fate(certainty: "indeterminate", possible: possible)
  }

  private func walk(
    _ request: Int, _ level: OracleLevel, _ limited: Limited,
    visit: @escaping (Int, OracleWalk.Participation) -> Void
  ) -> OracleWalk {
    OracleWalk(
      requests[request], mystery: { _ in .open },
      unmodelled: { _ in level == .assumed ? .no : .open },
      isLimited: { limited[level]?[$0][request] ?? .open }, visit: visit)
  }

  // MARK: Rates

  private func simulate(_ rate: Int, _ level: OracleLevel, _ limited: Limited) -> [Truth] {
    let parts = requests.indices.map { request -> OracleWalk.Participation in
      var found = OracleWalk.Participation(takesPart: .no, key: nil)
      var walk = walk(request, level, limited) { place, part in
        if place == rate { found = part }
      }
      _ = walk.run(acl)
      return found
    }
    return requests.indices.map { isLimited($0, acl.rates[rate], level, parts) }
  }

  private func isLimited(
    _ request: Int, _ rate: OracleACL.Rate, _ level: OracleLevel,
    _ parts: [OracleWalk.Participation]
  ) -> Truth {
    // Without a time: no part in the simulation, and not limited, by assumption.
    guard let time = requests[request].time else { return level == .assumed ? .no : .open }
    // The last check before the request.
    let check = checkAfter(time) - 10_000
    let start = check - Int64(rate.windowSeconds) * 1000
    let inWindow = requests.indices.filter { other in
      guard let otherTime = requests[other].time else { return false }
      return otherTime > start && otherTime <= check && parts[other].takesPart != .no
    }
    let keys = Set(inWindow.compactMap { parts[$0].key }).union([["a key of nobody"]])
    let wanted = parts[request].key.map { [$0] } ?? Array(keys)
    let truths = wanted.map { key -> Truth in
      let lower = inWindow.filter { parts[$0].takesPart == .yes && parts[$0].key == key }.count
      let upper = inWindow.filter { parts[$0].key == nil || parts[$0].key == key }.count
      if lower > rate.limit { return .yes }
      if upper > rate.limit { return .open }
      // Of what was before the recording nothing is known.
      let first = requests.compactMap(\.time).min() ?? 0
      return start < checkAfter(first) && level != .assumed ? .open : .no
    }
    return truths.allSatisfy { $0 == truths[0] } ? truths[0] : .open
  }

  /// The time rounded up to a whole check.
  private func checkAfter(_ time: Int64) -> Int64 {
    var check = time / 10_000 * 10_000
    while check < time { check += 10_000 }
    return check
  }
}
