package import DocumentTree

/// The settings of account creation fraud prevention.
public struct AWSManagedRulesACFPRuleSet: Hashable, Sendable {
  /// The path to which new accounts are sent.
  public var creationPath: String
  /// The path of the page with the form.
  public var registrationPagePath: String
  /// Where the requests carry what is looked at.
  public var requestInspection: RequestInspectionACFP
  /// How responses tell of success; CloudFront only.
  public var responseInspection: ResponseInspection?
  /// Whether the paths are regular expressions; `false` where it is absent.
  public var enableRegexInPath: Bool?

  /// Creates settings.
  public init(
    creationPath: String, registrationPagePath: String, requestInspection: RequestInspectionACFP,
    responseInspection: ResponseInspection? = nil, enableRegexInPath: Bool? = nil
  ) {
    self.creationPath = creationPath
    self.registrationPagePath = registrationPagePath
    self.requestInspection = requestInspection
    self.responseInspection = responseInspection
    self.enableRegexInPath = enableRegexInPath
  }
}

extension AWSManagedRulesACFPRuleSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let creationPath = object.required("CreationPath", as: String.self)
    let registrationPagePath = object.required("RegistrationPagePath", as: String.self)
    let requestInspection = object.required("RequestInspection", as: RequestInspectionACFP.self)
    let responseInspection = object.optional("ResponseInspection", as: ResponseInspection.self)
    let enableRegexInPath = object.optional("EnableRegexInPath", as: Bool.self)
    object.finish()
    guard !object.isBroken, let creationPath, let registrationPagePath, let requestInspection else {
      return nil
    }
    self.init(
      creationPath: creationPath, registrationPagePath: registrationPagePath,
      requestInspection: requestInspection, responseInspection: responseInspection,
      enableRegexInPath: enableRegexInPath)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("CreationPath", creationPath)
    members.add("RegistrationPagePath", registrationPagePath)
    members.add("RequestInspection", requestInspection)
    members.add("ResponseInspection", responseInspection)
    members.add("EnableRegexInPath", enableRegexInPath)
    return members.node
  }
}
