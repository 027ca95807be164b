import WAFModel
import WAFProgram

/// A choice that a world makes beside the answers of leaves.
enum OracleChoice: Hashable {
  /// What a label statement finds in a label that is not known.
  case label(OracleLabelPattern, source: String)
  /// What becomes of a request in a group that is not at hand, by the rule of the web ACL.
  case group(Int)
  /// Whether the client is stopped by a rule that lets some clients through.
  case gate(OracleGate)
}

/// The choices of one world in the order in which they came up, to be run through like an odometer.
struct OracleScript {
  private var choices: [Int] = []
  private var counts: [Int] = []
  private var position = 0

  mutating func restart() {
    position = 0
  }

  mutating func choose(among count: Int) -> Int {
    if position == choices.count {
      choices.append(0)
      counts.append(count)
    }
    position += 1
    return choices[position - 1]
  }

  /// Turns to the next world; false when all were seen.
  mutating func advance() -> Bool {
    while let last = choices.last, let count = counts.last {
      if last + 1 < count {
        choices[choices.count - 1] += 1
        return true
      }
      choices.removeLast()
      counts.removeLast()
    }
    return false
  }
}

/// What one world makes of the request.
struct OracleOutcome {
  var action = Action.allow
  /// The place of the rule that ends the evaluation: in the web ACL, and in its group.
  var top: Int?
  var inner: Int?
  var rulePath = "Default_Action"
  var ruleID = "Default_Action"
  var ruleType = "REGULAR"
  /// 0 for none; nil where a group that is not at hand answers.
  var responseCode: Int? = 0
  var labels: Set<String> = []
  /// A label whose name is not known may be there as well.
  var labelsAreOpen = false
  var groups: [String] = []
  var groupsAreOpen = false
  var counted: [String] = []
  var countedIsOpen = false
  var oversize: Set<String> = []
  var oversizeIsOpen = false
  /// The limited fields that reached rules look at.
  var inspected = InspectedFields()
  /// `requestHeadersInserted`, by name.
  var inserted: [String: String] = [:]
  var insertedIsOpen = false
  /// `captchaResponse` and `challengeResponse`, of rules that let the client pass or that end the
  /// evaluation: the code and the reason.
  var responses: [Action: String] = [:]
  var openResponses: Set<Action> = []
  /// How many unknowns match.
  var matches = 0
  /// The answers that label statements gave to terminating rules of the web ACL, by rule.
  var labelAnswers: [LabelAnswer] = []

  struct LabelAnswer: Hashable {
    var top: Int
    var holds: Bool
    var afterCountedGroup: Bool
  }

  /// An entry of `ruleGroupList`, as text.
  static func group(_ id: String, ending: String?, counted: [String]) -> String {
    "\(id) ended by \(ending ?? "-") counted \(counted)"
  }

  /// The place in the evaluation order; the default action is last.
  var place: (Int, Int) { top.map { ($0, inner ?? 0) } ?? (.max, 0) }
}
