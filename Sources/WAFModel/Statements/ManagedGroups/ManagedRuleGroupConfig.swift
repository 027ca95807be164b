package import DocumentTree

/// A managed rule group's own settings.
///
/// The first four members are the older spelling of `awsManagedRulesATPRuleSet`; documents have
/// one of them an element of the list.
public struct ManagedRuleGroupConfig: Hashable, Sendable {
  /// The path of the login page, in the older spelling.
  public var loginPath: String?
  /// The format of login requests, in the older spelling.
  public var payloadType: PayloadType?
  /// The field with the user name, in the older spelling.
  public var usernameField: InspectedField?
  /// The field with the password, in the older spelling.
  public var passwordField: InspectedField?
  /// The settings of Bot Control.
  public var awsManagedRulesBotControlRuleSet: AWSManagedRulesBotControlRuleSet?
  /// The settings of account takeover prevention.
  public var awsManagedRulesATPRuleSet: AWSManagedRulesATPRuleSet?
  /// The settings of account creation fraud prevention.
  public var awsManagedRulesACFPRuleSet: AWSManagedRulesACFPRuleSet?
  /// The settings of the protection against floods.
  public var awsManagedRulesAntiDDoSRuleSet: AWSManagedRulesAntiDDoSRuleSet?
  /// The settings of AI security.
  public var awsManagedRulesAISecurityRuleSet: AWSManagedRulesAISecurityRuleSet?

  /// Creates settings.
  public init(
    loginPath: String? = nil, payloadType: PayloadType? = nil, usernameField: InspectedField? = nil,
    passwordField: InspectedField? = nil,
    awsManagedRulesBotControlRuleSet: AWSManagedRulesBotControlRuleSet? = nil,
    awsManagedRulesATPRuleSet: AWSManagedRulesATPRuleSet? = nil,
    awsManagedRulesACFPRuleSet: AWSManagedRulesACFPRuleSet? = nil,
    awsManagedRulesAntiDDoSRuleSet: AWSManagedRulesAntiDDoSRuleSet? = nil,
    awsManagedRulesAISecurityRuleSet: AWSManagedRulesAISecurityRuleSet? = nil
  ) {
    self.loginPath = loginPath
    self.payloadType = payloadType
    self.usernameField = usernameField
    self.passwordField = passwordField
    self.awsManagedRulesBotControlRuleSet = awsManagedRulesBotControlRuleSet
    self.awsManagedRulesATPRuleSet = awsManagedRulesATPRuleSet
    self.awsManagedRulesACFPRuleSet = awsManagedRulesACFPRuleSet
    self.awsManagedRulesAntiDDoSRuleSet = awsManagedRulesAntiDDoSRuleSet
    self.awsManagedRulesAISecurityRuleSet = awsManagedRulesAISecurityRuleSet
  }
}

extension ManagedRuleGroupConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let loginPath = object.optional("LoginPath", as: String.self)
    let payloadType = object.optional("PayloadType", as: PayloadType.self)
    let usernameField = object.optional("UsernameField", as: InspectedField.self)
    let passwordField = object.optional("PasswordField", as: InspectedField.self)
    let awsManagedRulesBotControlRuleSet = object.optional(
      "AWSManagedRulesBotControlRuleSet", as: AWSManagedRulesBotControlRuleSet.self)
    let awsManagedRulesATPRuleSet = object.optional(
      "AWSManagedRulesATPRuleSet", as: AWSManagedRulesATPRuleSet.self)
    let awsManagedRulesACFPRuleSet = object.optional(
      "AWSManagedRulesACFPRuleSet", as: AWSManagedRulesACFPRuleSet.self)
    let awsManagedRulesAntiDDoSRuleSet = object.optional(
      "AWSManagedRulesAntiDDoSRuleSet", as: AWSManagedRulesAntiDDoSRuleSet.self)
    let awsManagedRulesAISecurityRuleSet = object.optional(
      "AWSManagedRulesAISecurityRuleSet", as: AWSManagedRulesAISecurityRuleSet.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(
      loginPath: loginPath, payloadType: payloadType, usernameField: usernameField,
      passwordField: passwordField,
      awsManagedRulesBotControlRuleSet: awsManagedRulesBotControlRuleSet,
      awsManagedRulesATPRuleSet: awsManagedRulesATPRuleSet,
      awsManagedRulesACFPRuleSet: awsManagedRulesACFPRuleSet,
      awsManagedRulesAntiDDoSRuleSet: awsManagedRulesAntiDDoSRuleSet,
      awsManagedRulesAISecurityRuleSet: awsManagedRulesAISecurityRuleSet)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("LoginPath", loginPath)
    members.add("PayloadType", payloadType)
    members.add("UsernameField", usernameField)
    members.add("PasswordField", passwordField)
    members.add("AWSManagedRulesBotControlRuleSet", awsManagedRulesBotControlRuleSet)
    members.add("AWSManagedRulesATPRuleSet", awsManagedRulesATPRuleSet)
    members.add("AWSManagedRulesACFPRuleSet", awsManagedRulesACFPRuleSet)
    members.add("AWSManagedRulesAntiDDoSRuleSet", awsManagedRulesAntiDDoSRuleSet)
    members.add("AWSManagedRulesAISecurityRuleSet", awsManagedRulesAISecurityRuleSet)
    return members.node
  }
}
