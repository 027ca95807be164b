public import DocumentTree

/// What a web ACL changes about the resources it protects, by their type.
public struct AssociationConfig: Hashable, Sendable {
  /// How much of request bodies is inspected, by the name of an `AssociatedResourceType`.
  public var requestBody: [String: RequestBodyAssociatedResourceTypeConfig]
  /// Which resources insert the script for challenges; `CLOUDFRONT` only.
  public var challengeJavascriptSdkInjection: [String: ChallengeJavascriptSdkInjectionConfig]
  /// Members that are not known, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// The maps that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a configuration.
  public init(
    requestBody: [String: RequestBodyAssociatedResourceTypeConfig] = [:],
    challengeJavascriptSdkInjection: [String: ChallengeJavascriptSdkInjectionConfig] = [:],
    otherMembers: [Node.Member] = []
  ) {
    self.requestBody = requestBody
    self.challengeJavascriptSdkInjection = challengeJavascriptSdkInjection
    self.otherMembers = otherMembers
  }
}

extension AssociationConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let requestBody = object.map(
      "RequestBody", of: RequestBodyAssociatedResourceTypeConfig.self)
    let injection = object.map(
      "ChallengeJavascriptSdkInjection", of: ChallengeJavascriptSdkInjectionConfig.self)
    let others = object.finish()
    guard !object.isBroken else { return nil }
    self.init(
      requestBody: requestBody, challengeJavascriptSdkInjection: injection, otherMembers: others)
    emptyMembers = object.spelledOutEmpty("RequestBody", "ChallengeJavascriptSdkInjection")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("RequestBody", requestBody, emptyIf: emptyMembers)
    members.add(
      "ChallengeJavascriptSdkInjection", challengeJavascriptSdkInjection, emptyIf: emptyMembers)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}
