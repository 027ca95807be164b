import DocumentTree
import WAFCompiler
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// Makes a failing pair small, and readable.
enum Reproduction {
  /// The smallest web ACL found, by taking one thing away at a time, that still `fails`.
  static func shrink(_ generated: GeneratedACL, fails: (GeneratedACL) -> Bool) -> GeneratedACL {
    var best = generated
    var improved = true
    while improved {
      improved = false
      for candidate in smaller(best) where fails(candidate) {
        best = candidate
        improved = true
        break
      }
    }
    return best
  }

  private static func smaller(_ generated: GeneratedACL) -> [GeneratedACL] {
    var result: [GeneratedACL] = []
    for rules in smaller(generated.webACL.rules) {
      var copy = generated
      copy.webACL.rules = rules
      result.append(copy)
    }
    for index in generated.webACL.preProcessFirewallManagerRuleGroups.indices {
      var copy = generated
      copy.webACL.preProcessFirewallManagerRuleGroups.remove(at: index)
      result.append(copy)
    }
    for index in generated.webACL.postProcessFirewallManagerRuleGroups.indices {
      var copy = generated
      copy.webACL.postProcessFirewallManagerRuleGroups.remove(at: index)
      result.append(copy)
    }
    for index in generated.bundle.ruleGroups.indices {
      for rules in smaller(generated.bundle.ruleGroups[index].value.rules) {
        var copy = generated
        copy.bundle.ruleGroups[index].value.rules = rules
        result.append(copy)
      }
    }
    return result
  }

  private static func smaller(_ rules: [Rule]) -> [[Rule]] {
    var result: [[Rule]] = []
    for index in rules.indices {
      var copy = rules
      copy.remove(at: index)
      result.append(copy)
    }
    for index in rules.indices {
      for statement in smaller(rules[index].statement) {
        var copy = rules
        copy[index].statement = statement
        result.append(copy)
      }
    }
    return result
  }

  private static func smaller(_ statement: Statement) -> [Statement] {
    switch statement {
    case .and(let body):
      return body.statements
        + inside(body.statements) { .and(AndStatement(statements: $0)) }
    case .or(let body):
      return body.statements + inside(body.statements) { .or(OrStatement(statements: $0)) }
    case .not(let body):
      return [body.statement]
        + smaller(body.statement).map { .not(NotStatement(statement: $0)) }
    case .managedRuleGroup(let body):
      var result: [Statement] = []
      for index in body.ruleActionOverrides.indices {
        var copy = body
        copy.ruleActionOverrides.remove(at: index)
        result.append(.managedRuleGroup(copy))
      }
      guard let scopeDown = body.scopeDownStatement else { return result }
      for smallerScopeDown in [nil] + smaller(scopeDown).map(Optional.some) {
        var copy = body
        copy.scopeDownStatement = smallerScopeDown
        result.append(.managedRuleGroup(copy))
      }
      return result
    default:
      return []
    }
  }

  private static func inside(
    _ parts: [Statement], make: ([Statement]) -> Statement
  ) -> [Statement] {
    parts.indices.flatMap { index in
      smaller(parts[index]).map { part in
        var copy = parts
        copy[index] = part
        return make(copy)
      }
    }
  }

  static func describe(_ generated: GeneratedACL) -> String {
    let assumptions = generated.assumptions.map { "\($0.group)/\($0.rule)=\($0.answer)" }
    let webACL = JSONWriter.compact(generated.webACL.node())
    let groups = generated.bundle.ruleGroups.filter { !$0.value.rules.isEmpty }
      .map { JSONWriter.compact($0.value.node()) }
    return
      ([
        "ACL \(webACL)",
        "resource type \(generated.resourceType?.rawValue ?? "-") assumptions \(assumptions)",
      ]
      + groups.map { "group \($0)" }).joined(separator: "\n")
  }

  static func describe(_ record: RequestRecord) -> String {
    func text(_ component: Component) -> String {
      let value = String(record.text(component.range).debugDescription.dropFirst().dropLast())
      let shown =
        value.utf8.count > 200
        ? value.prefix(60) + "… (\(value.utf8.count) bytes) …" + value.suffix(20) : value[...]
      return "\(component.state) '\(shown)'"
    }
    let headers = record.headers.prefix(12).map {
      "  \(record.text($0.name).prefix(60)): \(text($0.value))"
    }
    let region = record.recordedRegion.map { record.text($0) } ?? "-"
    let forwardedRegion = record.forwardedRegion.map { record.text($0) } ?? "-"
    let asn = [record.clientASN, record.forwardedASN].map { $0.map(String.init) ?? "-" }
    return """
      method \(text(record.method)), path \(text(record.path)), query \(text(record.query)), \
      version \(text(record.httpVersion))
      \(record.headers.count) headers, complete: \(record.headersAreComplete)
      \(headers.joined(separator: "\n"))
      body \(text(record.body)) absence \(record.bodyAbsence) size \(record.bodySize)
      client \(record.clientIP) country \(record.country) region \(region) \
      source '\(record.text(record.sourceName))' asn \(asn)
      forwarded country \(record.forwardedCountry) region \(forwardedRegion)
      fragment \(text(record.fragment)) ja3 \(text(record.ja3Fingerprint)) \
      ja4 \(text(record.ja4Fingerprint)) scheme \(text(record.scheme))
      timestamp \(record.timestamp.map(String.init) ?? "-") captcha \(record.captcha) \
      challenge \(record.challenge) paid \(record.paymentVerified.map(String.init) ?? "-")
      """
  }
}
