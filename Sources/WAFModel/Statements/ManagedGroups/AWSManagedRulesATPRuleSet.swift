package import DocumentTree

/// The settings of account takeover prevention.
public struct AWSManagedRulesATPRuleSet: Hashable, Sendable {
  /// The path of the login page; paths that start with it count.
  public var loginPath: String
  /// Where login requests carry the credentials.
  public var requestInspection: RequestInspection?
  /// How responses tell of success; CloudFront only.
  public var responseInspection: ResponseInspection?
  /// Whether the path is a regular expression; `false` where it is absent.
  public var enableRegexInPath: Bool?

  /// Creates settings.
  public init(
    loginPath: String, requestInspection: RequestInspection? = nil,
    responseInspection: ResponseInspection? = nil, enableRegexInPath: Bool? = nil
  ) {
    self.loginPath = loginPath
    self.requestInspection = requestInspection
    self.responseInspection = responseInspection
    self.enableRegexInPath = enableRegexInPath
  }
}

extension AWSManagedRulesATPRuleSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let loginPath = object.required("LoginPath", as: String.self)
    let requestInspection = object.optional("RequestInspection", as: RequestInspection.self)
    let responseInspection = object.optional("ResponseInspection", as: ResponseInspection.self)
    let enableRegexInPath = object.optional("EnableRegexInPath", as: Bool.self)
    object.finish()
    guard !object.isBroken, let loginPath else { return nil }
    self.init(
      loginPath: loginPath, requestInspection: requestInspection,
      responseInspection: responseInspection, enableRegexInPath: enableRegexInPath)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("LoginPath", loginPath)
    members.add("RequestInspection", requestInspection)
    members.add("ResponseInspection", responseInspection)
    members.add("EnableRegexInPath", enableRegexInPath)
    return members.node
  }
}
