import Diagnostics
import WAFModel

/// The rules of a web ACL or of a rule group, one by one and together.
struct RuleListCheck {
  let container: RuleContainer
  /// The indexes that the rules have in the document.
  let indexes: [Int]

  func check(_ rules: [Rule], at list: JSONPointer, in findings: Findings) {
    var priorities = PriorityCheck(what: "rule")
    var names: [String: JSONPointer] = [:]
    for (rule, index) in zip(rules, indexes) {
      let pointer = list.appending(index)
      priorities.check(rule.priority, of: rule.name, at: pointer, in: findings)
      if let first = names[rule.name] {
        findings.refuse(
          .duplicateRuleName,
          "the \(container.inWords) has two rules of the name '\(rule.name)'",
          at: pointer.appending("Name"), from: .api, notes: ["the other one is at \(first)"])
      } else {
        names[rule.name] = pointer
      }
      RuleCheck(container: container).check(rule, at: pointer, in: findings)
    }
    checkCounts(rules, at: list, in: findings)
  }

  /// Source: the quotas page (documented).
  private func checkCounts(_ rules: [Rule], at list: JSONPointer, in findings: Findings) {
    let rateRules = zip(rules, indexes).filter { $0.0.statement.isRateBased }
    let rateLimit = container.kind == .webACL ? 10 : 4
    if rateRules.count > rateLimit {
      findings.refuse(
        .tooManyRateRules,
        "\(rateRules.count) rate-based rules; AWS WAF allows \(rateLimit) in a "
          + container.inWords,
        at: list.appending(rateRules[rateLimit].1).appending("Statement")
          .appending(Statement.Kind.rateBased.rawValue),
        focus: .key, from: .quotas)
    }
    let references = rules.reduce(0) { $0 + $1.statement.referenceCount }
    if references > 50 {
      findings.refuse(
        .tooManyReferences,
        "\(references) references to IP sets, pattern sets and rule groups; AWS WAF allows 50 in "
          + "a \(container.inWords)",
        at: list, focus: .key, from: .quotas)
    }
    let actions = rules.flatMap { [$0.action].compactMap { $0 } + $0.statement.overridingActions }
    CustomHeaderCheck.checkTotals(
      requestHeaders: actions.reduce(0) { $0 + $1.requestHeaderCount },
      responseHeaders: actions.reduce(0) { $0 + $1.responseHeaderCount },
      of: container.inWords, at: list, in: findings)
  }
}

/// The priorities of one list: unique, and none below zero.
struct PriorityCheck {
  /// What the priorities order, in words.
  let what: String
  private var owners: [Int: (name: String, pointer: JSONPointer)] = [:]

  init(what: String) {
    self.what = what
  }

  /// - Parameter pointer: of the object that has the priority.
  mutating func check(
    _ priority: Int, of name: String, at pointer: JSONPointer, in findings: Findings
  ) {
    let place = pointer.appending("Priority")
    if let first = owners[priority] {
      findings.refuse(
        .duplicatePriority,
        "the \(what)s '\(first.name)' and '\(name)' have the same priority \(priority)",
        at: place, from: .api, notes: ["'\(first.name)' is at \(first.pointer)"])
    } else {
      owners[priority] = (name, pointer)
    }
    // The type of a priority is a 32-bit integer in the API's model.
    if priority < 0 || priority > Int(Int32.max) {
      findings.refuse(
        .invalidPriority, "a priority is from 0 to \(Int32.max), not \(priority)", at: place,
        from: .api)
    }
  }
}
