import TestSupport

/// One world that the recording leaves possible: everything that is hidden has a value.
struct OracleWorld {
  private let acl: OracleACL
  private let requests: [OracleRequest]
  private let mysteries: [[Bool]]
  private let unmodelled: [[Bool]]
  private let limitedWithoutTime: Bool

  /// - Parameter holdsAssumptions: whether the named assumptions are true in this world.
  init(
    _ acl: OracleACL, _ recorded: [OracleRequest], holdsAssumptions: Bool,
    _ random: inout SplitMix
  ) {
    self.acl = acl
    let bias = [0, 50, 100][Int.random(in: 0..<3, using: &random)]
    func toss(_ random: inout SplitMix) -> Bool { Int.random(in: 0..<100, using: &random) < bias }
    func settle(_ part: inout OracleRequest.Part, _ values: [String], _ random: inout SplitMix) {
      guard part == .hidden else { return }
      let place = bias == 100 ? 0 : Int.random(in: 0...values.count, using: &random)
      part = .value(place < values.count ? values[place] : "z")
    }
    requests = recorded.map { request in
      var request = request
      settle(&request.header, OracleRequest.values, &random)
      settle(&request.forwarded, OracleRequest.forwardedTexts, &random)
      settle(&request.argument, OracleRequest.values, &random)
      if request.client == nil {
        request.client = bias == 100 ? 1 : Int.random(in: 1...4, using: &random)
      }
      return request
    }
    mysteries = recorded.map { _ in [toss(&random), toss(&random)] }
    unmodelled = recorded.map { _ in
      holdsAssumptions ? [false, false] : [toss(&random), toss(&random)]
    }
    limitedWithoutTime = !holdsAssumptions && toss(&random)
  }

  /// The action on each request.
  func actions() -> [OracleACL.Action] {
    var limited: [[Bool]] = []
    for rate in acl.rates {
      // Whoever comes to the rule, with which key.
      let keys = requests.indices.map { request -> [String]? in
        var key: [String]?
        _ = run(request, limited) { place, part in
          if place == limited.count, part.takesPart == .yes { key = part.key }
        }
        return key
      }
      limited.append(requests.indices.map { isLimited($0, rate, keys) })
    }
    return requests.indices.map { request in
      run(request, limited) { _, _ in }.first ?? .allow
    }
  }

  private func run(
    _ request: Int, _ limited: [[Bool]], visit: @escaping (Int, OracleWalk.Participation) -> Void
  ) -> Set<OracleACL.Action> {
    var walk = OracleWalk(
      requests[request], mystery: { Truth(mysteries[request][$0]) },
      unmodelled: { Truth(unmodelled[request][$0]) },
      isLimited: { Truth($0 < limited.count && limited[$0][request]) }, visit: visit)
    return walk.run(acl)
  }

  private func isLimited(
    _ request: Int, _ rate: OracleACL.Rate, _ keys: [[String]?]
  ) -> Bool {
    guard let key = keys[request] else { return false }
    guard let time = requests[request].time else { return limitedWithoutTime }
    var check = time - time % 10_000
    if check == time { check -= 10_000 }
    let count = requests.indices.count { other in
      guard let otherTime = requests[other].time else { return false }
      return keys[other] == key && otherTime <= check
        && otherTime > check - Int64(rate.windowSeconds) * 1000
    }
    return count > rate.limit
  }
}
