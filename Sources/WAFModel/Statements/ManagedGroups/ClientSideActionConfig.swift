package import DocumentTree

/// What the rules against floods that challenge do.
public struct ClientSideActionConfig: Hashable, Sendable {
  /// The settings of ChallengeAllDuringEvent and ChallengeDDoSRequests.
  public var challenge: ClientSideAction

  /// Creates settings.
  public init(challenge: ClientSideAction) {
    self.challenge = challenge
  }
}

extension ClientSideActionConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let challenge = object.required("Challenge", as: ClientSideAction.self)
    object.finish()
    guard !object.isBroken, let challenge else { return nil }
    self.init(challenge: challenge)
  }

  package func node() -> Node { Node("Challenge", challenge) }
}
