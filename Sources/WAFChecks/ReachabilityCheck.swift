import Diagnostics
import WAFModel

/// Rules behind one that takes every request.
///
/// Nothing that the service refuses, only something that can't be meant. It knows the few ways in
/// which people write "every request", and says nothing where it is not sure.
enum ReachabilityCheck {
  /// - Parameter rules: with their pointers, in the order of evaluation.
  static func check(
    _ rules: [(rule: Rule, pointer: JSONPointer)], in findings: Findings
  ) {
    guard
      let index = rules.firstIndex(where: { $0.rule.endsEverything }),
      index + 1 < rules.count
    else { return }
    let (rule, pointer) = rules[index]
    let later = rules[(index + 1)...].map(\.rule.name)
    let names = later.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    let more = later.count > 5 ? " and \(later.count - 5) more" : ""
    findings.warn(
      .unreachableRules,
      "every request matches the rule '\(rule.name)', so that the rules behind it never run",
      at: pointer.appending("Statement"), notes: ["they are \(names)\(more)"])
  }
}

extension Rule {
  fileprivate var endsEverything: Bool {
    switch action?.kind {
    case .allow, .block: statement.answerForAll == true
    case .count, .captcha, .challenge, .monetize, nil: false
    }
  }
}

extension Statement {
  /// What the statement answers on every request; `nil` where that is not certain.
  fileprivate var answerForAll: Bool? {
    switch self {
    case .sizeConstraint(let body): body.answerForAll
    case .byteMatch(let body): body.answerForAll
    case .regexMatch(let body): body.answerForAll
    case .and(let body):
      Self.combine(body.statements, decides: false)
    case .or(let body):
      Self.combine(body.statements, decides: true)
    case .not(let body):
      body.statement.answerForAll.map { !$0 }
    case .regexPatternSetReference, .sqliMatch, .xssMatch, .ipSetReference, .geoMatch, .asnMatch,
      .labelMatch, .rateBased, .managedRuleGroup, .ruleGroupReference, .opaque:
      nil
    }
  }

  private static func combine(_ statements: [Statement], decides: Bool) -> Bool? {
    let answers = statements.map(\.answerForAll)
    if answers.contains(decides) { return decides }
    return !answers.isEmpty && answers.allSatisfy { $0 == !decides } ? !decides : nil
  }
}

extension FieldToMatch {
  /// Whether every request has the component, and never an empty one.
  fileprivate var isAlwaysThere: Bool {
    switch self {
    case .method, .uriPath: true
    default: false
    }
  }
}

extension SizeConstraintStatement {
  fileprivate var answerForAll: Bool? {
    guard fieldToMatch.isAlwaysThere else { return nil }
    let isAsReceived = textTransformations.allSatisfy { $0.type == .none }
    switch comparisonOperator {
    case .ge where size <= 0, .gt where size < 0: return true
    case .ge where size == 1 && isAsReceived, .gt where size == 0 && isAsReceived: return true
    case .lt where size <= 0, .le where size < 0: return false
    default: return nil
    }
  }
}

extension ByteMatchStatement {
  fileprivate var answerForAll: Bool? {
    guard case .uriPath = fieldToMatch, textTransformations.keepSlash,
      searchString.bytes == [UInt8(ascii: "/")]
    else { return nil }
    switch positionalConstraint {
    case .startsWith, .contains: return true
    case .exactly, .endsWith, .containsWord: return nil
    }
  }
}

extension RegexMatchStatement {
  fileprivate var answerForAll: Bool? {
    guard fieldToMatch.isAlwaysThere else { return nil }
    if [".*", "^.*", "(.*)", "^.*$", "(?s).*"].contains(regexString) { return true }
    guard case .uriPath = fieldToMatch, textTransformations.keepSlash else { return nil }
    return ["^/", "/", "^/.*", "/.*", ".", ".+"].contains(regexString) ? true : nil
  }
}

extension [TextTransformation] {
  /// Whether a path still begins with `/` after them.
  fileprivate var keepSlash: Bool {
    allSatisfy { step in
      switch step.type {
      case .none, .lowercase, .uppercase, .urlDecode, .urlDecodeUni, .removeNulls, .trim: true
      default: false
      }
    }
  }
}
