import TestSupport

/// Makes web ACLs and recordings from a seed.
struct OracleGenerator {
  private var random: SplitMix
  /// Whether everything is recorded, so that each request has one fate.
  private let isComplete: Bool

  init(seed: UInt64, isComplete: Bool) {
    random = SplitMix(state: seed)
    self.isComplete = isComplete
  }

  mutating func corpus() -> (acl: OracleACL, requests: [OracleRequest]) {
    let acl = acl()
    let count = number(5...45)
    // Dense enough for limits of a few requests in the shortest window.
    let span = Int64(count) * Int64(pick([1500, 4000, 9000]))
    return (acl, (0..<count).map { _ in request(span: span) })
  }

  // MARK: Requests

  private mutating func request(span: Int64) -> OracleRequest {
    // Whole checks too, the edges of windows.
    var time = 1_700_000_000_000 + Int64.random(in: 0...span, using: &random)
    if chance(10) { time -= time % 10_000 }
    return OracleRequest(
      time: !isComplete && chance(4) ? nil : time,
      client: !isComplete && chance(4) ? nil : number(1...3), method: pick(["GET", "GET", "POST"]),
      path: pick(OracleRequest.paths), header: part(OracleRequest.values),
      forwarded: part(OracleRequest.forwardedTexts), argument: part(OracleRequest.values))
  }

  private mutating func part(_ values: [String]) -> OracleRequest.Part {
    if chance(15) { return .absent }
    if !isComplete && chance(8) { return .hidden }
    return .value(pick(values))
  }

  // MARK: Web ACLs

  private mutating func acl() -> OracleACL {
    var tops: [OracleACL.Top] = []
    for _ in 0..<number(1...4) {
      guard chance(25) else {
        tops.append(.rule(rule()))
        continue
      }
      tops.append(
        .group(
          (0..<number(1...3)).map { _ in rule() }, countsOnly: chance(40),
          scopeDown: chance(30) ? condition(2) : nil))
    }
    // A recording without a rate-based rule shows nothing.
    tops.insert(.rule(rateRule()), at: number(0...tops.count))
    return OracleACL(tops: tops)
  }

  private mutating func rule() -> OracleACL.Rule {
    if chance(45) { return rateRule() }
    return OracleACL.Rule(
      statement: .condition(condition(2)), action: pick([.count, .count, .block, .allow]),
      label: label())
  }

  private mutating func rateRule() -> OracleACL.Rule {
    let keys: [OracleACL.Key] = pick([
      [], [.client], [.client], [.forwarded(fallbackMatches: true)],
      [.forwarded(fallbackMatches: false)], [.header], [.argument], [.method], [.labels],
      [.header, .client], [.labels, .method], [.argument, .labels],
      [.client, .forwarded(fallbackMatches: true)],
    ])
    return OracleACL.Rule(
      statement: .rate(
        OracleACL.Rate(
          limit: number(1...8), windowSeconds: pick([60, 60, 120, 300]), keys: keys,
          scopeDown: keys.isEmpty || chance(50) ? condition(2) : nil)),
      action: pick([.block, .block, .count, .count]), label: label())
  }

  private mutating func label() -> String? {
    chance(60) ? pick(OracleACL.labelNames) : nil
  }

  private mutating func condition(_ depth: Int) -> OracleACL.Condition {
    if depth > 0, chance(30) {
      let parts = [condition(depth - 1), condition(depth - 1)]
      switch number(0...2) {
      case 0: return .not(parts[0])
      case 1: return .and(parts)
      default: return .or(parts)
      }
    }
    switch number(0...(isComplete ? 5 : 7)) {
    case 0, 1: return .pathIs(pick(OracleRequest.paths))
    case 2, 3: return .headerIs(pick(OracleRequest.values))
    case 4, 5: return .label(pick(OracleACL.labelNames))
    case 6: return .mystery(number(0...1))
    default: return .unmodelled(number(0...1))
    }
  }

  // MARK: Chance

  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func pick<Value>(_ choices: [Value]) -> Value {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
