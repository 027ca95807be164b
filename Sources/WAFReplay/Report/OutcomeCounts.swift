package import WAFEngine
package import WAFProgram

/// How many requests met which action, by certainty, with the bounds that follow.
package struct OutcomeCounts: Equatable, Sendable, Tally {
  /// One counter for each action and certainty.
  private var cells: [30 of Int] = .init(repeating: 0)
  /// Requests whose possible actions include Block, whatever the certainty.
  package private(set) var possiblyBlocked = 0
  /// Requests whose possible actions include Captcha or Challenge.
  package private(set) var possiblyChallenged = 0
  /// Requests whose possible actions include Monetize.
  package private(set) var possiblyMonetized = 0
  /// Requests for which at least one rule counted.
  package private(set) var counted = 0

  package init() {}

  /// The number of requests.
  package var requests: Int {
    var sum = 0
    for index in cells.indices { sum += cells[index] }
    return sum
  }

  /// The requests with a given action at a given certainty.
  package func count(_ action: Action, _ certainty: Certainty) -> Int {
    cells[Self.cell(action, certainty)]
  }

  /// The requests with a given action, indeterminate ones aside.
  package func predicted(_ action: Action) -> Int {
    certain(action) + count(action, .approximate) + count(action, .assumed)
  }

  /// The requests with a given action for certain: exact or observed.
  package func certain(_ action: Action) -> Int {
    count(action, .exact) + count(action, .observed)
  }

  /// The requests at a given certainty, whatever the action.
  package func count(_ certainty: Certainty) -> Int {
    Action.allCases.reduce(0) { $0 + count($1, certainty) }
  }

  /// Blocked for certain: by recorded evidence, documented behaviour and what the service found.
  package var blockedForCertain: Int { certain(.block) }
  /// Blocked by prediction: also where approximations and assumptions decide.
  package var predictedBlocked: Int { predicted(.block) }
  /// Captcha or Challenge for certain.
  package var challengedForCertain: Int { certain(.captcha) + certain(.challenge) }
  /// Captcha or Challenge by prediction.
  package var predictedChallenged: Int { predicted(.captcha) + predicted(.challenge) }
  /// Allowed by prediction.
  package var predictedAllowed: Int { predicted(.allow) }
  /// Several actions remain.
  package var indeterminate: Int { count(.indeterminate) }

  package mutating func add(_ verdict: Verdict, isCounted: Bool) {
    add(Outcome(verdict, isCounted: isCounted))
  }

  /// What one request adds; the same for all that count it.
  struct Outcome {
    fileprivate let cell: Int
    fileprivate let isPossiblyBlocked: Bool
    fileprivate let isPossiblyChallenged: Bool
    fileprivate let isPossiblyMonetized: Bool
    fileprivate let isCounted: Bool

    init(_ verdict: Verdict, isCounted: Bool) {
      cell = OutcomeCounts.cell(verdict.action, verdict.certainty)
      isPossiblyBlocked = verdict.possible.contains(.block)
      isPossiblyChallenged =
        verdict.possible.contains(.captcha) || verdict.possible.contains(.challenge)
      isPossiblyMonetized = verdict.possible.contains(.monetize)
      self.isCounted = isCounted
    }
  }

  @inline(__always)
  mutating func add(_ outcome: Outcome) {
    cells[outcome.cell] += 1
    if outcome.isPossiblyBlocked { possiblyBlocked += 1 }
    if outcome.isPossiblyChallenged { possiblyChallenged += 1 }
    if outcome.isPossiblyMonetized { possiblyMonetized += 1 }
    if outcome.isCounted { counted += 1 }
  }

  package mutating func merge(_ other: OutcomeCounts) {
    for index in cells.indices { cells[index] += other.cells[index] }
    possiblyBlocked += other.possiblyBlocked
    possiblyChallenged += other.possiblyChallenged
    possiblyMonetized += other.possiblyMonetized
    counted += other.counted
  }

  /// The number by which a table lists its largest first.
  package var weight: Int { requests }

  fileprivate static func cell(_ action: Action, _ certainty: Certainty) -> Int {
    Int(action.rawValue) * 5 + Int(certainty.rawValue)
  }

  package static func == (left: OutcomeCounts, right: OutcomeCounts) -> Bool {
    for index in left.cells.indices where left.cells[index] != right.cells[index] { return false }
    return left.possiblyBlocked == right.possiblyBlocked
      && left.possiblyChallenged == right.possiblyChallenged
      && left.possiblyMonetized == right.possiblyMonetized && left.counted == right.counted
  }
}
