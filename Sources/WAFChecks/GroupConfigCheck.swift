import Diagnostics
import WAFModel

/// The configuration of a managed rule group.
///
/// Source: `ManagedRuleGroupConfig` of the API reference (documented).
struct GroupConfigCheck {
  let container: RuleContainer

  func check(
    _ config: ManagedRuleGroupConfig, at pointer: JSONPointer, in findings: Findings
  ) {
    if let path = config.loginPath {
      checkPath(path, isRegex: false, at: pointer.appending("LoginPath"), in: findings)
    }
    for (field, member) in [
      (config.usernameField, "UsernameField"), (config.passwordField, "PasswordField"),
    ] {
      checkField(field, config.payloadType, at: pointer.appending(member), in: findings)
    }
    if let rules = config.awsManagedRulesATPRuleSet {
      check(rules, at: pointer.appending(GroupKind.accountTakeover.rawValue), in: findings)
    }
    if let rules = config.awsManagedRulesACFPRuleSet {
      check(rules, at: pointer.appending(GroupKind.accountCreation.rawValue), in: findings)
    }
    if let rules = config.awsManagedRulesAntiDDoSRuleSet {
      check(rules, at: pointer.appending(GroupKind.antiDDoS.rawValue), in: findings)
    }
  }

  // MARK: Fraud

  private func check(
    _ rules: AWSManagedRulesATPRuleSet, at pointer: JSONPointer, in findings: Findings
  ) {
    checkPath(
      rules.loginPath, isRegex: rules.enableRegexInPath == true,
      at: pointer.appending("LoginPath"), in: findings)
    if let inspection = rules.requestInspection {
      let request = pointer.appending("RequestInspection")
      for (field, member) in [
        (inspection.usernameField, "UsernameField"), (inspection.passwordField, "PasswordField"),
      ] {
        checkField(field, inspection.payloadType, at: request.appending(member), in: findings)
      }
    }
    checkResponse(rules.responseInspection, at: pointer, in: findings)
  }

  private func check(
    _ rules: AWSManagedRulesACFPRuleSet, at pointer: JSONPointer, in findings: Findings
  ) {
    let isRegex = rules.enableRegexInPath == true
    checkPath(
      rules.creationPath, isRegex: isRegex, at: pointer.appending("CreationPath"), in: findings)
    checkPath(
      rules.registrationPagePath, isRegex: isRegex,
      at: pointer.appending("RegistrationPagePath"), in: findings)
    let inspection = rules.requestInspection
    let request = pointer.appending("RequestInspection")
    for (field, member) in [
      (inspection.usernameField, "UsernameField"), (inspection.passwordField, "PasswordField"),
      (inspection.emailField, "EmailField"),
    ] {
      checkField(field, inspection.payloadType, at: request.appending(member), in: findings)
    }
    for (fields, member) in [
      (inspection.phoneNumberFields, "PhoneNumberFields"),
      (inspection.addressFields, "AddressFields"),
    ] {
      for (index, field) in fields.enumerated() {
        checkField(
          field, inspection.payloadType, at: request.appending(member).appending(index),
          in: findings)
      }
    }
    checkResponse(rules.responseInspection, at: pointer, in: findings)
  }

  private func checkPath(
    _ path: String, isRegex: Bool, at pointer: JSONPointer, in findings: Findings
  ) {
    let length = path.unicodeScalars.count
    if NameCheck.isBlank(path) || length > 256 {
      findings.refuse(
        .invalidGroupConfig, "a path has 1 to 256 characters; this one has \(length)",
        at: pointer, from: .api)
    } else if isRegex {
      PatternCheck.check(path, at: pointer, in: findings)
    } else if !path.hasPrefix("/") {
      findings.warn(
        .invalidGroupConfig, "the path '\(path.prefix(80))' does not start with '/'",
        at: pointer, from: .api,
        notes: ["only the path of the URL is wanted, such as /web/login"])
    }
  }

  private func checkField(
    _ field: InspectedField?, _ payload: PayloadType?, at pointer: JSONPointer,
    in findings: Findings
  ) {
    guard let name = field?.identifier else { return }
    let pointer = pointer.appending("Identifier")
    let length = name.unicodeScalars.count
    if NameCheck.isBlank(name) || length > 512 {
      findings.refuse(
        .invalidGroupConfig, "the identifier of a field has 1 to 512 characters, not \(length)",
        at: pointer, from: .api)
    } else if payload == .json, JSONPointer(parsing: name) == nil {
      findings.warn(
        .invalidGroupConfig, "in JSON a field is named by a JSON pointer, such as /form/username",
        at: pointer, from: .api)
    }
  }

  private func checkResponse(
    _ inspection: ResponseInspection?, at rules: JSONPointer, in findings: Findings
  ) {
    guard let inspection else { return }
    let response = rules.appending("ResponseInspection")
    if container.scope == .regional {
      findings.refuse(
        .misplacedGroupConfig,
        "responses are inspected only for CloudFront distributions, and this web ACL is regional",
        at: response, focus: .key, from: .api)
    }
    let body = response.appending(inspection.kind.rawValue)
    switch inspection {
    case .statusCode(let codes):
      checkLists(
        codes.successCodes, codes.failureCodes, limit: 10, suffix: "Codes", at: body, in: findings)
      for (list, member) in [
        (codes.successCodes, "SuccessCodes"), (codes.failureCodes, "FailureCodes"),
      ] {
        for (index, code) in list.enumerated() where !(0...999).contains(code) {
          findings.refuse(
            .invalidGroupConfig, "a status code is from 0 to 999, not \(code)",
            at: body.appending(member).appending(index), from: .api)
        }
      }
    case .header(let header):
      NameCheck.component(
        header.name, "header", limit: 200, at: body.appending("Name"), in: findings)
      checkLists(
        header.successValues, header.failureValues, limit: 3, suffix: "Values", at: body,
        in: findings)
    case .bodyContains(let strings):
      checkLists(
        strings.successStrings, strings.failureStrings, limit: 5, suffix: "Strings", at: body,
        in: findings)
    case .json(let json):
      checkField(InspectedField(identifier: json.identifier), .json, at: body, in: findings)
      checkLists(
        json.successValues, json.failureValues, limit: 5, suffix: "Values", at: body, in: findings)
    }
  }

  private func checkLists<Value: Hashable>(
    _ successes: [Value], _ failures: [Value], limit: Int, suffix: String,
    at body: JSONPointer, in findings: Findings
  ) {
    for (list, prefix) in [(successes, "Success"), (failures, "Failure")]
    where !(1...limit).contains(list.count) {
      findings.refuse(
        .invalidGroupConfig, "'\(prefix + suffix)' takes 1 to \(limit) values, not \(list.count)",
        at: body.appending(prefix + suffix), from: .api)
    }
    for (index, value) in failures.enumerated() where successes.contains(value) {
      findings.refuse(
        .invalidGroupConfig, "the value '\(value)' stands for success and for failure",
        at: body.appending("Failure" + suffix).appending(index), from: .api)
    }
  }

  // MARK: Floods

  private func check(
    _ rules: AWSManagedRulesAntiDDoSRuleSet, at pointer: JSONPointer, in findings: Findings
  ) {
    let challenge = rules.clientSideActionConfig.challenge
    let expressions = challenge.exemptURIRegularExpressions
    let body = pointer.appending("ClientSideActionConfig").appending("Challenge")
    let list = body.appending("ExemptUriRegularExpressions")
    if challenge.usageOfAction == .enabled, expressions.isEmpty {
      findings.refuse(
        .invalidGroupConfig, "with ENABLED, 1 to 5 'ExemptUriRegularExpressions' are required",
        at: body.appending("UsageOfAction"), from: .api)
    }
    if expressions.count > 5 {
      findings.refuse(
        .invalidGroupConfig, "\(expressions.count) exempt expressions; AWS WAF allows 5",
        at: list, from: .api)
    }
    for (index, expression) in expressions.enumerated() {
      let place = list.appending(index)
      PatternCheck.check(expression.regexString, at: place, in: findings)
      if expression.regexString.hasPrefix("^/") || expression.regexString.hasPrefix("^\\/") {
        findings.warn(
          .invalidGroupConfig,
          "the match begins with the host, so that an expression that starts with '^/' never "
            + "matches",
          at: place, from: .api)
      }
    }
  }
}
