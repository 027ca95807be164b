import WAFModel

/// The ARNs that a web ACL refers to, each with the rules that do.
struct References {
  /// Names of rules of the web ACL, in evaluation order, by ARN.
  private(set) var rules: [String: [String]] = [:]
  private let bundle: DocumentBundle

  init(of documents: ACLDocuments) {
    bundle = documents.bundle
    let webACL = documents.webACL.value
    for group in webACL.preProcessFirewallManagerRuleGroups {
      add(group.firewallManagerStatement.statement, of: group.name)
    }
    let inOrder = webACL.rules.enumerated().sorted {
      ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
    }
    for (_, rule) in inOrder { add(rule.statement, of: rule.name) }
    for group in webACL.postProcessFirewallManagerRuleGroups {
      add(group.firewallManagerStatement.statement, of: group.name)
    }
  }

  private mutating func add(_ statement: Statement, of rule: String) {
    switch statement {
    case .ipSetReference(let body): add(body.arn, of: rule)
    case .regexPatternSetReference(let body): add(body.arn, of: rule)
    case .ruleGroupReference(let body):
      // A group that refers to itself is refused by the service; here it ends.
      guard add(body.arn, of: rule) else { return }
      for inner in bundle.ruleGroup(arn: body.arn)?.value.rules ?? [] {
        add(inner.statement, of: rule)
      }
    case .and(let body): for inner in body.statements { add(inner, of: rule) }
    case .or(let body): for inner in body.statements { add(inner, of: rule) }
    case .not(let body): add(body.statement, of: rule)
    case .rateBased(let body):
      if let inner = body.scopeDownStatement { add(inner, of: rule) }
    case .managedRuleGroup(let body):
      if let inner = body.scopeDownStatement { add(inner, of: rule) }
    case .byteMatch, .regexMatch, .sizeConstraint, .sqliMatch, .xssMatch, .geoMatch, .asnMatch,
      .labelMatch, .opaque:
      break
    }
  }

  /// - Returns: whether it is the rule's first reference to it.
  @discardableResult
  private mutating func add(_ arn: String, of rule: String) -> Bool {
    guard rules[arn]?.last != rule else { return false }
    rules[arn, default: []].append(rule)
    return true
  }
}
