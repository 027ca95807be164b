import Diagnostics
import DocumentTree

/// The rules of a web ACL or of a rule group.
struct RuleListCheck {
  /// Where the rules are.
  enum Container {
    case webACL
    case ruleGroup

    var inWords: String {
      switch self {
      case .webACL: "web ACL"
      case .ruleGroup: "rule group"
      }
    }
  }

  let container: Container
  let bodies: [String: CustomResponseBody]
  /// The indexes that the rules have in the document.
  let indexes: [Int]

  func check(_ rules: [Rule], at list: JSONPointer, in context: ReadingContext) {
    var priorities: [Int: String] = [:]
    var names: Set<String> = []
    for (rule, index) in zip(rules, indexes) {
      let pointer = list.appending(index)
      if let first = priorities[rule.priority] {
        context.error(
          "duplicate-priority",
          "the rules '\(first)' and '\(rule.name)' have the same priority \(rule.priority)",
          at: pointer.appending("Priority"))
      } else {
        priorities[rule.priority] = rule.name
      }
      if !names.insert(rule.name).inserted {
        context.error(
          "duplicate-rule-name",
          "the \(container.inWords) has two rules of the name '\(rule.name)'",
          at: pointer.appending("Name"))
      }
      RuleCheck(container: container, bodies: bodies).check(rule, at: pointer, in: context)
    }
  }
}
