import Diagnostics
import DocumentTree

/// A statement and all that is nested in it.
struct StatementCheck {
  let container: RuleListCheck.Container
  let responses: CustomResponseCheck

  /// Checks a statement.
  ///
  /// - Parameter nesting: what the statement stands in, in words; `nil` at the top of a rule.
  func check(
    _ statement: Statement, at pointer: JSONPointer, nesting: String?,
    in context: ReadingContext
  ) {
    let body = pointer.appending(statement.wireName)
    checkPlacement(of: statement, at: body, nesting: nesting, in: context)
    switch statement {
    case .byteMatch(let statement):
      ComponentCheck.check(statement, at: body, in: context)
    case .regexMatch(let statement):
      ComponentCheck.check(statement, at: body, in: context)
    case .regexPatternSetReference(let statement):
      ComponentCheck.field(
        statement.fieldToMatch, statement.textTransformations, at: body, in: context)
    case .sizeConstraint(let statement):
      ComponentCheck.check(statement, at: body, in: context)
    case .ipSetReference, .opaque:
      break
    case .geoMatch(let statement):
      checkCountries(statement.countryCodes, at: body.appending("CountryCodes"), in: context)
    case .labelMatch(let statement):
      LabelCheck.key(statement, at: body, in: context)
    case .and(let statement):
      checkList(statement.statements, "an AndStatement", at: body, in: context)
    case .or(let statement):
      checkList(statement.statements, "an OrStatement", at: body, in: context)
    case .not(let statement):
      check(
        statement.statement, at: body.appending("Statement"), nesting: "a NotStatement",
        in: context)
    case .managedRuleGroup(let statement):
      checkOverrides(
        statement.ruleActionOverrides, statement.excludedRules, at: body, in: context)
      guard let scopeDown = statement.scopeDownStatement else { return }
      check(
        scopeDown, at: body.appending("ScopeDownStatement"), nesting: "a ScopeDownStatement",
        in: context)
    case .ruleGroupReference(let statement):
      checkOverrides(
        statement.ruleActionOverrides, statement.excludedRules, at: body, in: context)
    }
  }

  private func checkPlacement(
    of statement: Statement, at body: JSONPointer, nesting: String?, in context: ReadingContext
  ) {
    guard statement.isRuleGroup else { return }
    if let nesting {
      context.error(
        "nested-rule-group", "\(statement.wireName) can't be nested in \(nesting)", at: body,
        focus: .key, notes: ["it is the whole statement of a rule of a web ACL"])
    } else if container == .ruleGroup {
      context.error(
        "rule-group-in-rule-group", "a rule group can't use another rule group", at: body,
        focus: .key)
    }
  }

  private func checkList(
    _ statements: [Statement], _ what: String, at body: JSONPointer, in context: ReadingContext
  ) {
    let list = body.appending("Statements")
    if statements.isEmpty {
      context.error("empty-statement-list", "\(what) needs nested statements", at: list)
    } else if statements.count == 1 {
      context.warning(
        "single-nested-statement",
        "\(what) with one nested statement is the same as that statement; "
          + "the API asks for at least two",
        at: list)
    }
    for (index, statement) in statements.enumerated() {
      check(statement, at: list.appending(index), nesting: what, in: context)
    }
  }

  private func checkCountries(
    _ codes: [String], at list: JSONPointer, in context: ReadingContext
  ) {
    if codes.isEmpty {
      context.error("missing-country", "a GeoMatchStatement needs a country code", at: list)
    }
    if codes.count > 50 {
      context.error(
        "too-many-countries",
        "\(codes.count) country codes; AWS WAF allows 50 in a GeoMatchStatement", at: list)
    }
    for (index, code) in codes.enumerated() {
      let isCode =
        code.utf8.count == 2
        && code.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      // The one wrong code that everybody writes.
      if isCode, code != "UK" { continue }
      let upper = code.uppercased()
      context.error(
        "invalid-country-code",
        "'\(code)' is no country code (two capital letters, ISO 3166-1 alpha-2)",
        at: list.appending(index),
        suggestion: upper == "UK" ? "GB" : (code.utf8.count == 2 && upper != code ? upper : nil))
    }
  }

  private func checkOverrides(
    _ overrides: [RuleActionOverride], _ excluded: [ExcludedRule], at body: JSONPointer,
    in context: ReadingContext
  ) {
    let limit = 100
    let list = body.appending("RuleActionOverrides")
    if overrides.count > limit {
      context.error(
        "too-many-overrides",
        "\(overrides.count) rule action overrides; AWS WAF allows \(limit)", at: list)
    }
    if excluded.count > limit {
      context.error(
        "too-many-overrides", "\(excluded.count) excluded rules; AWS WAF allows \(limit)",
        at: body.appending("ExcludedRules"))
    }
    var names: Set<String> = []
    for (index, override) in overrides.enumerated() {
      let pointer = list.appending(index)
      if !names.insert(override.name).inserted {
        context.error(
          "duplicate-override", "the rule '\(override.name)' is overridden twice",
          at: pointer.appending("Name"))
      }
      if case .block(let action) = override.actionToUse {
        responses.check(
          action, at: pointer.appending("ActionToUse").appending("Block"), in: context)
      }
    }
  }
}
