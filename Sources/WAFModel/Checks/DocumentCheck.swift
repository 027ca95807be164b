package import Diagnostics
import DocumentTree

/// Checks that need no other document: what the API would refuse, and what can't be meant.
///
/// They go over model values, so that a web ACL made by a program is checked like one that was
/// read; each finding carries the pointer of what it is about.
extension Located where Value == WebACL {
  /// Checks the web ACL.
  package func check() -> [Diagnostic] {
    let context = ReadingContext(file: file)
    if let name = value.name {
      NameCheck.resource(name, at: pointer.appending("Name"), in: context)
    }
    if case .block(let action) = value.defaultAction {
      CustomResponseCheck(bodies: value.customResponseBodies).check(
        action, at: pointer.appending("DefaultAction").appending("Block"), in: context)
    }
    CustomResponseCheck.checkBodies(
      value.customResponseBodies, at: pointer.appending("CustomResponseBodies"), in: context)
    AssociationCheck.check(
      value.associationConfig, at: pointer.appending("AssociationConfig"), in: context)
    RuleListCheck(
      container: .webACL, bodies: value.customResponseBodies,
      indexes: documentIndexes(count: value.rules.count)
    ).check(value.rules, at: pointer.appending("Rules"), in: context)
    return context.diagnostics
  }
}

extension Located where Value == RuleGroup {
  /// Checks the rule group.
  package func check() -> [Diagnostic] {
    let context = ReadingContext(file: file)
    if let name = value.name {
      NameCheck.resource(name, at: pointer.appending("Name"), in: context)
    }
    CustomResponseCheck.checkBodies(
      value.customResponseBodies, at: pointer.appending("CustomResponseBodies"), in: context)
    RuleListCheck(
      container: .ruleGroup, bodies: value.customResponseBodies,
      indexes: documentIndexes(count: value.rules.count)
    ).check(value.rules, at: pointer.appending("Rules"), in: context)
    return context.diagnostics
  }
}

extension Located where Value == IPSet {
  /// Checks the number of addresses; what they say is checked where they are used.
  package func check() -> [Diagnostic] {
    let limit = 10_000
    guard value.addresses.count > limit else { return [] }
    return [
      .error(
        "too-many-addresses",
        "\(value.addresses.count) addresses; AWS WAF allows \(limit) in an IP set",
        at: place(JSONPointer(["Addresses"])))
    ]
  }
}

extension Located where Value == RegexPatternSet {
  /// Checks the number of expressions and their lengths.
  package func check() -> [Diagnostic] {
    let context = ReadingContext(file: file)
    let list = pointer.appending("RegularExpressionList")
    if value.regularExpressionList.count > 10 {
      context.warning(
        "too-many-patterns",
        "\(value.regularExpressionList.count) expressions; the quota of AWS WAF is 10 in a set",
        at: list)
    }
    for (index, expression) in value.regularExpressionList.enumerated() {
      ComponentCheck.regex(expression, at: list.appending(index), in: context)
    }
    return context.diagnostics
  }
}
