import Bytes
import Diagnostics
import ManagedRules
import WAFModel
import WAFProgram

// What managed rules require of a request or of the configuration of their group.

extension Compiler {
  /// The requirement as a condition: `.or([])` where the configuration rules it out, `.and([])` where
  /// it grants it.
  mutating func lower(_ requirement: ManagedRuleRequirement, _ use: ManagedGroupUse) -> Formula {
    switch requirement {
    case .statement(let statement):
      let scope = RuleScope(
        context: LabelContext(ruleGroupARN: ""), file: use.group.name, rules: .root)
      return lower(statement, scope, pointer: .root)
    case .configuredPath(let path): return lower(path, use)
    case .token(let state):
      return .leaf(builder.leaf(.token(TokenTest(.challenge, state.engineState))))
    case .captcha(let state):
      return .leaf(builder.leaf(.token(TokenTest(.captcha, state.engineState))))
    case .resourceType(let name):
      guard let type = ResourceType(rawValue: name) else {
        return unknown("resourceType:" + name, "resource type \(name)")
      }
      return .leaf(builder.leaf(.resource(type)))
    case .missingCredential: return missingCredential(use)
    case .setting(let setting): return use.statement.has(setting) ? .and([]) : .or([])
    case .countedRule(let name):
      let own = use.content.rule(named: name)?.action ?? .count(CountAction())
      let action = use.overrides.effective(name, own: own).0.engineAction
      return action == .count ? .and([]) : .or([])
    case .not(let inner):
      switch lower(inner, use) {
      case .and([]): return .or([])
      case .or([]): return .and([])
      case let formula: return .not(formula)
      }
    case .anyOf(let parts):
      var formulas: [Formula] = []
      for part in parts {
        let formula = lower(part, use)
        if formula == .and([]) { return formula }
        if formula != .or([]) { formulas.append(formula) }
      }
      return .or(formulas)
    }
  }

  // MARK: Paths

  /// Source: "Adding the ATP managed rule group to your protection pack (web ACL)" and the API's
  /// `AWSManagedRulesATPRuleSet`, `AWSManagedRulesACFPRuleSet` (documented: paths that start with the
  /// configured one match, in any case); "Anti-DDoS rule group" for the exempt paths (documented:
  /// regular expressions on the URI; assumed: its path).
  private mutating func lower(
    _ path: ManagedRuleRequirement.ConfiguredPath, _ use: ManagedGroupUse
  ) -> Formula {
    guard let settings = use.statement.settings(of: path) else {
      return unknown("configuration:" + path.rawValue, "the configured \(path.rawValue)")
    }
    var parts: [Formula] = []
    for (index, text) in settings.texts.enumerated() {
      var pointer = use.pointer.appending("ManagedRuleGroupConfigs")
      for step in settings.pointer { pointer = pointer.appending(step) }
      if path == .exempt { pointer = pointer.appending(index).appending("RegexString") }
      let place = use.scope.place(pointer)
      if settings.isRegex {
        parts.append(lowerPathPattern(settings.ignoresCase ? "(?i)" + text : text, place))
      } else {
        parts.append(lower(.startsWith(path: text), use.scope, pointer: pointer))
      }
    }
    let formula: Formula = parts.count == 1 ? parts[0] : .or(parts)
    // Whether the host belongs to what is searched is not documented.
    guard path == .exempt, !parts.isEmpty else { return formula }
    return approximated(formula, "exempt path", use)
  }

  /// The condition with answers that are approximate whichever they are: a detail is not documented,
  /// or the version is not known.
  mutating func approximated(_ formula: Formula, _ words: String, _ use: ManagedGroupUse) -> Formula
  {
    let identity = [
      use.group.vendorName, use.group.name, use.statement.version ?? "", words, "\(formula)",
    ].joined(separator: "#")
    let condition = ManagedCondition(
      name: "\(use.group.name)/\(words)",
      branches: [
        ManagedCondition.Branch(
          entry: builder.code(formula), formula: formula, fidelity: .high, looksFor: words)
      ],
      missLevel: .approximate, assumption: nil)
    let index =
      builder.knownManagedRule(identity) ?? builder.managedRule(condition, identity: identity)
    return .leaf(builder.leaf(.managedRule(index)))
  }

  // MARK: Credentials

  /// Whether the body lacks a field of the credentials, or has it without a value.
  ///
  /// Source: "ATP rule group" and `RequestInspection` of the API reference (documented: the fields;
  /// assumed: that an empty one counts as missing).
  private mutating func missingCredential(_ use: ManagedGroupUse) -> Formula {
    guard let inspection = use.statement.requestInspection else {
      return unknown("configuration:RequestInspection", "the configured RequestInspection")
    }
    var parts: [Formula] = []
    for field in inspection.fields {
      let present: Statement =
        switch inspection.payloadType {
        case .json: .hasMember(field.identifier)
        case .formEncoded: .hasFormField(field.identifier)
        }
      parts.append(.not(lower(present, use.scope, pointer: use.pointer)))
    }
    // How the service reads a body that is not quite as configured is not documented.
    return approximated(.or(parts), "missing credential", use)
  }
}

extension ManagedRuleGroupStatement {
  /// Source: "Bot Control rule group" (the inspection level COMMON has no targeted rules; those on
  /// coordinated activity need machine learning, which is on by default) and "Anti-DDoS rule group"
  /// (`UsageOfAction`) of the developer guide (documented).
  fileprivate func has(_ setting: ManagedRuleRequirement.GroupSetting) -> Bool {
    let bots = managedRuleGroupConfigs.compactMap(\.awsManagedRulesBotControlRuleSet)
    switch setting {
    case .targetedInspection: return bots.contains { $0.inspectionLevel == .targeted }
    case .machineLearning: return !bots.contains { $0.enableMachineLearning == false }
    case .challenge:
      let floods = managedRuleGroupConfigs.compactMap(\.awsManagedRulesAntiDDoSRuleSet).first
      return floods?.clientSideActionConfig.challenge.usageOfAction != .disabled
    }
  }

  /// A configured path, and where it stands below `ManagedRuleGroupConfigs`.
  fileprivate struct PathSettings {
    var texts: [String]
    var pointer: [String]
    var isRegex = false
    var ignoresCase = true
  }

  fileprivate func settings(
    of path: ManagedRuleRequirement.ConfiguredPath
  ) -> PathSettings? {
    for (number, config) in managedRuleGroupConfigs.enumerated() {
      if let found = config.settings(of: path) {
        var settings = found
        settings.pointer.insert(String(number), at: 0)
        return settings
      }
    }
    return path == .exempt ? PathSettings(texts: [], pointer: [], isRegex: true) : nil
  }

  /// Where login requests carry the credentials.
  fileprivate var requestInspection: CredentialFields? {
    for config in managedRuleGroupConfigs {
      if let found = config.awsManagedRulesATPRuleSet?.requestInspection {
        return CredentialFields(
          payloadType: found.payloadType, fields: [found.usernameField, found.passwordField])
      }
      if let found = config.awsManagedRulesACFPRuleSet?.requestInspection {
        return CredentialFields(
          payloadType: found.payloadType,
          fields: [found.usernameField, found.passwordField].compactMap(\.self))
      }
    }
    // The older spelling has one member an element.
    guard let type = managedRuleGroupConfigs.lazy.compactMap(\.payloadType).first else {
      return nil
    }
    return CredentialFields(
      payloadType: type,
      fields: managedRuleGroupConfigs.compactMap(\.usernameField)
        + managedRuleGroupConfigs.compactMap(\.passwordField))
  }
}

private struct CredentialFields {
  var payloadType: PayloadType
  var fields: [InspectedField]
}

extension ManagedRuleGroupConfig {
  fileprivate func settings(
    of path: ManagedRuleRequirement.ConfiguredPath
  ) -> ManagedRuleGroupStatement.PathSettings? {
    switch path {
    case .login:
      if let rules = awsManagedRulesATPRuleSet {
        return .init(
          texts: [rules.loginPath], pointer: ["AWSManagedRulesATPRuleSet", path.rawValue],
          isRegex: rules.enableRegexInPath ?? false)
      }
      return loginPath.map { .init(texts: [$0], pointer: [path.rawValue]) }
    case .creation, .registrationPage:
      guard let rules = awsManagedRulesACFPRuleSet else { return nil }
      return .init(
        texts: [path == .creation ? rules.creationPath : rules.registrationPagePath],
        pointer: ["AWSManagedRulesACFPRuleSet", path.rawValue],
        isRegex: rules.enableRegexInPath ?? false)
    case .exempt:
      guard let rules = awsManagedRulesAntiDDoSRuleSet else { return nil }
      return .init(
        texts: rules.clientSideActionConfig.challenge.exemptURIRegularExpressions
          .map(\.regexString),
        pointer: [
          "AWSManagedRulesAntiDDoSRuleSet", "ClientSideActionConfig", "Challenge", path.rawValue,
        ], isRegex: true, ignoresCase: false)
    }
  }
}

extension Statement {
  fileprivate static func startsWith(path: String) -> Statement {
    .byteMatch(
      ByteMatchStatement(
        // As the transformation does it: ASCII letters only.
        searchString: SearchString(
          bytes: path.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }),
        fieldToMatch: .uriPath,
        textTransformations: [TextTransformation(priority: 0, type: .lowercase)],
        positionalConstraint: .startsWith))
  }

  /// Whether a JSON body has a value at the pointer that is not empty.
  fileprivate static func hasMember(_ pointer: String) -> Statement {
    .sizeConstraint(
      SizeConstraintStatement(
        fieldToMatch: .jsonBody(
          JsonBody(
            matchPattern: .includedPaths([pointer]), matchScope: .value,
            invalidFallbackBehavior: .noMatch, oversizeHandling: .continue)),
        comparisonOperator: .gt, size: 0,
        textTransformations: [TextTransformation(priority: 0, type: .none)]))
  }

  /// Whether a form has a field of the name with a value that is not empty.
  fileprivate static func hasFormField(_ name: String) -> Statement {
    let quoted = name.utf8.map { byte in
      byte.isASCIILetter || byte.isASCIIDigit
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
    }
    return .regexMatch(
      RegexMatchStatement(
        regexString: "(?:^|&)" + quoted.joined() + "=[^&]",
        fieldToMatch: .body(Body(oversizeHandling: .continue)),
        textTransformations: [TextTransformation(priority: 0, type: .urlDecode)]))
  }
}

extension ManagedRuleRequirement.TokenState {
  fileprivate var engineState: TokenTest.State {
    switch self {
    case .absent: .absent
    case .accepted: .accepted
    case .rejected: .rejected
    case .notSolved: .notSolved
    case .expired: .expired
    case .domainMismatch: .domainMismatch
    case .invalid: .invalid
    }
  }
}
