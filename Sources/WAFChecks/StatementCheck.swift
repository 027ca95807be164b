import Diagnostics
import WAFModel

/// A statement and all that is nested in it.
struct StatementCheck {
  let container: RuleContainer

  /// Checks a statement.
  ///
  /// - Parameter nesting: what the statement stands in, in words; `nil` at the top of a rule.
  func check(
    _ statement: Statement, at pointer: JSONPointer, nesting: String?, in findings: Findings
  ) {
    let body = pointer.appending(statement.wireName)
    checkPlacement(of: statement, at: body, nesting: nesting, in: findings)
    let references = ReferenceCheck(container: container)
    switch statement {
    case .byteMatch(let statement):
      ByteMatchCheck.check(statement, at: body, in: findings)
    case .regexMatch(let statement):
      ComponentCheck(statement).check(at: body, in: findings)
      PatternCheck.check(
        statement.regexString, at: body.appending("RegexString"), in: findings)
    case .regexPatternSetReference(let statement):
      ComponentCheck(statement).check(at: body, in: findings)
      references.check(
        statement.arn, kind: "regexpatternset", "a regex pattern set", at: body, in: findings)
    case .sizeConstraint(let statement):
      ComponentCheck(statement).check(at: body, in: findings)
      SizeCheck.check(statement, at: body, in: findings)
    case .sqliMatch(let statement):
      ComponentCheck(statement).check(at: body, in: findings)
    case .xssMatch(let statement):
      ComponentCheck(statement).check(at: body, in: findings)
    case .ipSetReference(let statement):
      references.check(statement.arn, kind: "ipset", "an IP set", at: body, in: findings)
      AddressCheck.headerName(
        statement.ipSetForwardedIPConfig?.headerName,
        at: body.appending("IPSetForwardedIPConfig"), in: findings)
    case .asnMatch(let statement):
      AddressCheck.check(statement, at: body, in: findings)
    case .opaque:
      break
    case .geoMatch(let statement):
      AddressCheck.check(statement, at: body, in: findings)
    case .labelMatch(let statement):
      LabelCheck.key(statement, at: body, in: findings)
    case .and(let statement):
      checkList(statement.statements, "an AndStatement", at: body, in: findings)
    case .or(let statement):
      checkList(statement.statements, "an OrStatement", at: body, in: findings)
    case .not(let statement):
      check(
        statement.statement, at: body.appending("Statement"), nesting: "a NotStatement",
        in: findings)
    case .rateBased(let statement):
      RateCheck.check(statement, at: body, in: findings)
      checkScopeDown(statement.scopeDownStatement, at: body, in: findings)
    case .managedRuleGroup(let statement):
      ManagedGroupCheck(container: container).check(statement, at: body, in: findings)
      checkScopeDown(statement.scopeDownStatement, at: body, in: findings)
    case .ruleGroupReference(let statement):
      references.check(statement.arn, kind: "rulegroup", "a rule group", at: body, in: findings)
      OverrideCheck(container: container).check(
        statement.ruleActionOverrides, statement.excludedRules, at: body, in: findings)
    }
  }

  private func checkScopeDown(
    _ statement: Statement?, at body: JSONPointer, in findings: Findings
  ) {
    guard let statement else { return }
    check(
      statement, at: body.appending("ScopeDownStatement"), nesting: "a ScopeDownStatement",
      in: findings)
  }

  /// Source: `Statement` of the API reference (documented).
  private func checkPlacement(
    of statement: Statement, at body: JSONPointer, nesting: String?, in findings: Findings
  ) {
    if statement.isRateBased, let nesting {
      findings.refuse(
        .nestedRateStatement, "a RateBasedStatement can't be nested in \(nesting)", at: body,
        focus: .key, from: .api,
        notes: ["it is the whole statement of a rule; what it counts is in its ScopeDownStatement"])
    }
    guard statement.isRuleGroup else { return }
    if let nesting {
      findings.refuse(
        .nestedRuleGroup, "\(statement.wireName) can't be nested in \(nesting)", at: body,
        focus: .key, from: .api, notes: ["it is the whole statement of a rule of a web ACL"])
    } else if container.kind == .ruleGroup {
      findings.refuse(
        .ruleGroupInRuleGroup, "a rule group can't use another rule group", at: body,
        focus: .key, from: .api)
    }
  }

  private func checkList(
    _ statements: [Statement], _ what: String, at body: JSONPointer, in findings: Findings
  ) {
    let list = body.appending("Statements")
    if statements.isEmpty {
      findings.refuse(
        .emptyStatementList, "\(what) needs nested statements", at: list, from: .api)
    } else if statements.count == 1 {
      findings.warn(
        .singleNestedStatement,
        "\(what) with one nested statement is the same as that statement; "
          + "the API asks for at least two",
        at: list, from: .api)
    }
    for (index, statement) in statements.enumerated() {
      check(statement, at: list.appending(index), nesting: what, in: findings)
    }
  }
}
