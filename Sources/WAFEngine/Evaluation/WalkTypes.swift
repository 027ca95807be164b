package import WAFProgram

/// How a walk treats what is unknown.
enum WalkMode: UInt8 {
  /// All worlds at once: an unknown adds what it could do and the path goes on.
  case worlds
  /// One world: an unknown does not match unless it is among the chosen ones.
  case oneWorld
  /// One world of all: labels that nobody can foresee are unknowns of their own.
  case fork
}

/// Something unknown that a world settles.
struct UnknownChoice: Hashable {
  enum Kind: UInt8 {
    case leaf
    /// A gate, a client's token or payment: chosen means that the client does not pass.
    case gate
    /// A group that is not at hand: chosen means that it ends the evaluation with the action.
    case opaqueGroup
  }

  var kind: Kind
  var index: Int32
  var action: Action
  /// Of an unknown that two web ACLs don't share, whose it is; 0 where they do, or there is one.
  var turn: UInt8 = 0

  static func leaf(_ leaf: LeafIndex, turn: UInt8 = 0) -> UnknownChoice {
    UnknownChoice(kind: .leaf, index: leaf.rawValue, action: .allow, turn: turn)
  }

  static func gate(_ gate: Int32) -> UnknownChoice {
    UnknownChoice(kind: .gate, index: gate, action: .allow)
  }

  static func opaqueGroup(_ group: Int, _ action: Action, turn: UInt8 = 0) -> UnknownChoice {
    UnknownChoice(
      kind: .opaqueGroup, index: Int32(truncatingIfNeeded: group), action: action, turn: turn)
  }
}

/// How one path through the web ACL ends.
struct Outcome: Hashable {
  var action: Action
  /// The rule that ends it; nil for the default action.
  var rule: RuleIndex?
  /// The place of the rule of the web ACL; after all of them for the default action.
  var top: Int32
  var responseCode: UInt16

  /// `responseCodeSent` of the log; 0 for none.
  var loggedCode: UInt16 { action.loggedCode(custom: responseCode) }

  /// Evaluation order: rules of one top rule by their own order, a group as a whole after them.
  var order: (Int32, Int32) { (top, rule?.rawValue ?? .max) }
}

/// What inserts headers into a request that is forwarded at the end of a path.
struct Insertion: Hashable {
  /// How many rules that counted for certain insert headers.
  var counted: Int32 = 0
  /// What inserts them as it ends the path: a rule, -2 for the default action, -1 for nothing.
  var last: Int32 = -1
}

/// What a walk found.
struct WalkResult {
  var possible = ActionSet(rawValue: 0)
  var open = OpenFields(rawValue: 0)
  /// The first and, for each action, the last outcome.
  var first: Outcome?
  var lastByAction: [6 of Outcome?] = .init(repeating: nil)
  /// The outcome of a walk through one world.
  var outcome: Outcome?
  /// The strictest weaker level at which a leaf that was met has an answer.
  var nextLevel: EvidenceLevel?
  var metUnknown = false
  /// Whether the walk ended early, with an action that was not expected.
  var hasStopped = false

  // What tells the records of two outcomes apart.
  var groupVersion: Int32 = 0
  var groupMaybe = false
  var countVersion: Int32 = 0
  var countMaybe = false
  var firstGroupVersion: Int32 = 0
  var firstCountVersion: Int32 = 0
  var firstLabelCount = 0
  /// How many rules that insert headers have counted for certain, and whether others may have.
  var insertVersion: Int32 = 0
  var insertMaybe = false
  var firstInsertion = Insertion()
  /// How many rate-based rules have limited the request for certain and let it go on.
  var limitVersion: Int32 = 0
  var firstLimitVersion: Int32 = 0
  /// What answers the client at the end of the first path: a rule, -2 for the default action, -1 for
  /// nothing; and whether some path ends with an answer that labels are filled into.
  var firstAnswer: Int32 = -1
  var answersLabels = false
  /// The members of the log that tell of a client that passed a gate for certain.
  var passed = OpenFields(rawValue: 0)
  var firstPassed = OpenFields(rawValue: 0)
  /// The parts with an inspection limit that the rules reached so far look at.
  var inspected = InspectedParts(rawValue: 0)
  var firstInspected = InspectedParts(rawValue: 0)
  /// The same of rules that are reached in some worlds only.
  var maybeInspected = InspectedParts(rawValue: 0)

  /// The last outcome that gives `action`.
  func last(_ action: Action) -> Outcome {
    lastByAction[Int(action.rawValue)]
      ?? Outcome(action: action, rule: nil, top: .max, responseCode: 0)
  }

  /// The possible action whose rule comes last in evaluation order; of equals, a block.
  var lastAction: Action {
    var best = Action.allow
    var bestOrder: (Int32, Int32)?
    for action in [Action.block, .captcha, .challenge, .monetize, .allow] {
      guard let outcome = lastByAction[Int(action.rawValue)] else { continue }
      if bestOrder.map({ $0 < outcome.order }) ?? true {
        best = action
        bestOrder = outcome.order
      }
    }
    return best
  }
}

/// What happened on the way of one world: what the log would list.
package enum WalkEvent: Hashable, Sendable {
  /// A rule group was evaluated (the place of its top rule).
  case groupEvaluated(Int)
  /// A rule inside a group matched and let the evaluation go on.
  case innerCount(RuleIndex)
  /// A rule inside a group ended the group.
  case innerTerminating(RuleIndex)
  /// A rule of the web ACL counted; for a group, its result was turned into Count.
  case topCount(Int)
}

/// A rule whose outcome the recording leaves open.
struct UnsettledRule: Hashable {
  enum Subject: UInt8 {
    case rule
    case scopeDown
    case opaqueGroup
    case gate
    /// A label that a group adds before its rules run.
    case label
  }

  var subject: Subject
  var index: Int32
  /// Whether it could end the evaluation (else it matters through its labels only).
  var isTerminating: Bool
}

/// A named assumption that an answer rests on.
enum AssumptionID: Hashable {
  case managedRule(Int)
  case opaqueGroup(Int)
  case bodylessHTTP2
  case resourceType
  /// A detector finds nothing.
  case detector(Detector)
  /// No rate-based rule limits.
  case idleRates
  /// Nothing was sent before the recording begins.
  case emptyRateHistory
  /// A token that is carried is accepted; its CAPTCHA part is not solved.
  case acceptedToken
  case unsolvedCaptcha
  /// The assumptions behind other requests' parts in a rate, whatever they are.
  case rateParticipants
}

extension Action {
  /// `responseCodeSent` of the log, given a custom response code of a block; 0 for none.
  ///
  /// Source: "CAPTCHA and Challenge action behavior", "Log fields" of the developer guide
  /// (documented); 402 for a price (assumed).
  package func loggedCode(custom: UInt16) -> UInt16 {
    switch self {
    case .captcha: 405
    case .challenge: 202
    case .monetize: 402
    case .block: custom
    case .allow, .count: 0
    }
  }
}
