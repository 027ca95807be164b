import Diagnostics
import WAFModel

/// Text transformations, and those of the query string before it is split.
enum TransformationCheck {
  /// Source: `TextTransformations` of the API reference and the quotas page (documented).
  static func check(
    _ transformations: [TextTransformation], at list: JSONPointer, in findings: Findings
  ) {
    if transformations.isEmpty {
      findings.refuse(
        .missingTransformation,
        "AWS WAF wants at least one text transformation; NONE leaves the component as it is",
        at: list, from: .api)
    }
    check(
      transformations.map { ($0.priority, $0.type.wireName) }, "text transformation", at: list,
      in: findings)
  }

  static func check(
    _ transformations: [PreParseTextTransformation], at list: JSONPointer,
    in findings: Findings
  ) {
    check(
      transformations.map { ($0.priority, $0.type.rawValue) }, "pre-parse text transformation",
      at: list, in: findings)
  }

  private static func check(
    _ steps: [(priority: Int, type: String)], _ what: String, at list: JSONPointer,
    in findings: Findings
  ) {
    if steps.count > 10 {
      findings.refuse(
        .tooManyTransformations,
        "\(steps.count) \(what)s; AWS WAF allows 10 in a statement", at: list, from: .quotas)
    }
    var priorities = PriorityCheck(what: what)
    for (index, step) in steps.enumerated() {
      priorities.check(step.priority, of: step.type, at: list.appending(index), in: findings)
    }
  }
}
