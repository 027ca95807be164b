public import WAFProgram

/// The way of one request through a web ACL: each rule reached, in order, with its evidence.
public struct Trace: Hashable, Sendable {
  /// The rules reached, in evaluation order.
  public var steps: [TraceStep]
  /// The names of the rules of the web ACL that are not reached.
  public var unreached: [String]
  /// What the default action adds to requests or answers.
  public var defaultHandling = TraceHandling.none
}

/// A statement's truth.
public enum TraceOutcome: String, Hashable, Sendable {
  /// It matches.
  case match
  /// It does not match.
  case noMatch = "no match"
  /// The recording cannot tell.
  case unknown

  package init(_ value: Ternary) {
    self =
      switch value {
      case .match: .match
      case .no: .noMatch
      case .unknown: .unknown
      }
  }
}

/// One rule, or the scope-down statement of a group, on the way.
public struct TraceStep: Hashable, Sendable {
  /// What was tested.
  public enum Subject: String, Hashable, Sendable {
    /// A rule of the web ACL.
    case rule
    /// A rule inside a group.
    case groupRule
    /// The scope-down statement of a managed rule group.
    case scopeDown
  }

  /// What was tested.
  public var subject: Subject
  /// The rule's name in the web ACL, then `/` and its name inside the group.
  public var rule: String
  /// What is done on a match, after all overrides; nil for a scope-down statement.
  public var action: Action?
  /// The action before an override, where there is one.
  public var ownAction: Action?
  /// What the statement says by the best known answers.
  public var outcome: TraceOutcome
  /// The statement with each leaf's answer.
  public var statement: TraceStatement
  /// The labels that a match adds.
  public var labels: [String]
  /// What an action with a way through asks of the client; nil for other actions.
  public var gate: TraceGate?
  /// What a match adds to the request, or answers it with.
  public var handling = TraceHandling.none
}

/// A statement, as a tree of its parts.
public indirect enum TraceStatement: Hashable, Sendable {
  /// A condition that is tested.
  case leaf(TraceLeaf)
  /// All parts.
  case and([TraceStatement])
  /// Any part.
  case or([TraceStatement])
  /// Not the part.
  case not(TraceStatement)
}

/// A condition's answer, with what it rests on.
public struct TraceLeaf: Hashable, Sendable {
  /// The condition in words: field, transformations, criterion.
  public var title: String
  /// The component that it looks at (`uri`, `header:cookie`, …), or the document it asks for.
  public var component: String
  /// The answer.
  public var outcome: TraceOutcome
  /// What a known answer rests on.
  public var level: EvidenceLevel
  /// Why it is not exact, or unknown; nil for plain evidence.
  public var reason: String?
  /// Where it matches.
  public var match: TraceMatch?
  /// The branches of a managed rule.
  public var branches: [TraceBranch]
  /// What a rate-based rule counts; nil for other conditions.
  public var rate: TraceRate?
}

/// One branch of a managed rule's approximation.
public struct TraceBranch: Hashable, Sendable {
  /// How good the argument for it is: `exact`, `high`, `medium`, `low`.
  public var fidelity: String
  /// What it looks for, in a sentence.
  public var looksFor: String
  /// The answer.
  public var outcome: TraceOutcome
  /// The branch's statement.
  public var statement: TraceStatement
}

/// The matched bytes in the transformed value, and where the value came from.
public struct TraceMatch: Hashable, Sendable {
  /// The name of the header, argument or cookie; empty for other components.
  public var name: String
  /// The value after the text transformations.
  public var value: [UInt8]
  /// The matched part of `value`.
  public var matched: Range<Int>
  /// Whether a transformation changed the value.
  public var isTransformed: Bool
  /// Why a detector of attacks takes the value for one; nil for other conditions.
  public var detection: TraceDetection?
}

/// Why a detector of SQL injection or cross-site scripting takes a value for an attack.
public struct TraceDetection: Hashable, Sendable {
  /// A token that decided.
  public struct Token: Hashable, Sendable {
    /// Its kind in words, such as `keyword` or `tag name`.
    public var kind: String
    /// Its bytes.
    public var text: [UInt8]

    package init(kind: String, text: [UInt8]) {
      self.kind = kind
      self.text = text
    }
  }

  /// How the value was read.
  public var context: String
  /// What decided, in a sentence.
  public var reason: String
  /// The tokens that decided, in the order of the value.
  public var tokens: [Token]

  init(_ detection: Detection, in value: [UInt8]) {
    context = detection.context
    reason = detection.reason
    tokens = detection.tokens.map { Token(kind: $0.kind, text: Array(value[$0.range])) }
  }
}

/// Gathers a trace while a walk runs.
struct TraceRecorder {
  var steps: [TraceStep] = []
  /// The places of the steps' rules in `Program.rules`; nil for a scope-down statement.
  var rules: [Int?] = []
}
