import ReportText

/// Assumptions of one kind about the rules of one group, so that a report names them in a line.
package struct AssumptionGroup: Hashable, Sendable {
  /// The group; nil for an assumption that is not about a rule.
  package var group: String?
  /// The names of the rules; or the assumption itself, where it is not about a rule.
  package var rules: [String]
  /// `match`, `no-match` or `unknown`; empty for an assumption that is not about a rule.
  package var answer: String

  /// Assumptions as the engine names them (`GROUP/RULE=no-match`, `bodyless-h2`), by group and
  /// answer, in order of first appearance.
  package static func grouped(_ assumptions: [String]) -> [AssumptionGroup] {
    var groups: [AssumptionGroup] = []
    for assumption in assumptions {
      guard let equals = assumption.lastIndex(of: "="),
        let slash = assumption[..<equals].lastIndex(of: "/")
      else {
        groups.append(AssumptionGroup(group: nil, rules: [assumption], answer: ""))
        continue
      }
      let group = String(assumption[..<slash])
      guard group != "detector" else {
        groups.append(AssumptionGroup(group: nil, rules: [assumption], answer: ""))
        continue
      }
      let rule = String(assumption[assumption.index(after: slash)..<equals])
      let answer = String(assumption[assumption.index(after: equals)...])
      if let index = groups.firstIndex(where: { $0.group == group && $0.answer == answer }) {
        groups[index].rules.append(rule)
      } else {
        groups.append(AssumptionGroup(group: group, rules: [rule], answer: answer))
      }
    }
    return groups
  }

  /// The assumptions as the engine names them.
  var names: [String] {
    guard let group else { return rules }
    return rules.map { "\(group)/\($0)=\(answer)" }
  }

  /// The text on one line: where the rules are too many, their number and how many follow.
  func brief(width: Int) -> String {
    guard displayWidth(text) > width, let group, rules.count > 1 else { return text }
    let tail = " of \(group) \(verb)"
    let families = families
    let list = fitting(
      families, total: families.count, width: width - displayWidth(tail)
    ) { "\($0) more" }
    return list + tail
  }

  /// `CrossSiteScripting_* (4 rules) of AWSManagedRulesCommonRuleSet do not match`.
  package var text: String {
    guard let group else { return Self.inWords(rules.first ?? "") }
    if rules == ["*"] { return "all rules of \(group) \(verb)" }
    return "\(families.joined(separator: ", ")) of \(group) \(verb)"
  }

  private var verb: String {
    switch (answer, rules.count == 1 && rules != ["*"]) {
    case ("match", true): "matches"
    case ("match", false): "match"
    case ("no-match", true): "does not match"
    case ("no-match", false): "do not match"
    case (_, true): "is unknown"
    case (_, false): "are unknown"
    }
  }

  /// Rules whose names begin alike as one: `CrossSiteScripting_* (4 rules)`.
  private var families: [String] {
    var order: [String] = []
    var members: [String: [String]] = [:]
    for rule in rules {
      let stem = rule.firstIndex(of: "_").map { String(rule[..<$0]) } ?? rule
      if members[stem] == nil { order.append(stem) }
      members[stem, default: []].append(rule)
    }
    return order.map { stem in
      let names = members[stem] ?? []
      return names.count == 1 ? names[0] : "\(stem)_* (\(names.count) rules)"
    }
  }

  private static func inWords(_ assumption: String) -> String {
    switch assumption {
    case "bodyless-h2":
      return "HTTP/2 requests without content-length have no body (bodyless-h2)"
    case "rate=assume-none":
      return "no rate-based rule limits (rate=assume-none)"
    case "rate-participants=assumed":
      return "what other requests add to a rate rests on assumptions (rate-participants)"
    case "rate-history=empty":
      return "no requests came before the recording begins (rate-history=empty)"
    case "token=accepted":
      return "tokens of which the log has no word are accepted (token=accepted)"
    case "captcha=not-solved":
      return "such tokens hold no solved CAPTCHA (captcha=not-solved)"
    default: break
    }
    guard let equals = assumption.lastIndex(of: "=") else { return assumption }
    let subject = assumption[..<equals]
    let answer = assumption[assumption.index(after: equals)...]
    if subject == "resource-type" {
      return "the web ACL protects a resource of type \(answer) (resource-type)"
    }
    if subject.hasPrefix("detector/") {
      let detector = detectorInWords(subject.dropFirst("detector/".count))
      let finds = answer == "match" ? "an attack in all but plain words" : "no attack"
      return "\(detector) finds \(finds) (\(subject))"
    }
    if answer == "absent" { return "no request has a label \(subject)" }
    return assumption
  }

  /// The option that makes another assumption, or none; nil where there is no such option.
  var option: String? {
    if group != nil { return "--assume" }
    let name = rules.first ?? ""
    if name.hasPrefix("detector/") { return "--assume" }
    if name.hasPrefix("resource-type=") { return "--resource-type" }
    return name == "rate=assume-none" ? "--rate" : nil
  }
}
