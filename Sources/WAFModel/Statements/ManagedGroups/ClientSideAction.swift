package import DocumentTree

/// The settings of the rules ChallengeAllDuringEvent and ChallengeDDoSRequests.
public struct ClientSideAction: Hashable, Sendable {
  /// Whether the rules run.
  public var usageOfAction: UsageOfAction
  /// How suspicious a request is that ChallengeDDoSRequests takes; `HIGH` where it is absent.
  public var sensitivity: SensitivityToAct?
  /// Host and path of requests that can't be challenged.
  public var exemptURIRegularExpressions: [RegularExpression]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates settings.
  public init(
    usageOfAction: UsageOfAction, sensitivity: SensitivityToAct? = nil,
    exemptURIRegularExpressions: [RegularExpression] = []
  ) {
    self.usageOfAction = usageOfAction
    self.sensitivity = sensitivity
    self.exemptURIRegularExpressions = exemptURIRegularExpressions
  }
}

/// Whether the rules that challenge run.
public enum UsageOfAction: String, Hashable, Sendable, CaseIterable {
  /// They do.
  case enabled = "ENABLED"
  /// They do not.
  case disabled = "DISABLED"
}

extension ClientSideAction: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let usageOfAction = object.required("UsageOfAction", as: UsageOfAction.self)
    let sensitivity = object.optional("Sensitivity", as: SensitivityToAct.self)
    let exemptURIRegularExpressions = object.list(
      "ExemptUriRegularExpressions", of: RegularExpression.self)
    object.finish()
    guard !object.isBroken, let usageOfAction else { return nil }
    self.init(
      usageOfAction: usageOfAction, sensitivity: sensitivity,
      exemptURIRegularExpressions: exemptURIRegularExpressions)
    emptyMembers = object.spelledOutEmpty("ExemptUriRegularExpressions")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("UsageOfAction", usageOfAction)
    members.add("Sensitivity", sensitivity)
    members.add("ExemptUriRegularExpressions", exemptURIRegularExpressions, emptyIf: emptyMembers)
    return members.node
  }
}

extension UsageOfAction: WireWord, TreeWritable {}
