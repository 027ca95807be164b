import Diagnostics
import Findings
import WAFModel
import WAFProgram
import Wafcast

/// A statement with its place in a document.
struct PlacedStatement {
  var statement: Statement
  var place: Place

  var leaves: [LeafPlace] { statement.leaves(at: place) }

  /// The scope-down statement of this one, which runs a managed rule group.
  func scopeDown(_ inner: Statement) -> PlacedStatement {
    PlacedStatement(
      statement: inner,
      place: Place(
        file: place.file,
        pointer: place.pointer.appending(statement.wireName).appending("ScopeDownStatement")))
  }
}

/// A rule with its place in a document.
struct PlacedRule {
  var statement: PlacedStatement
  var location: Finding.Location
}

/// Where the rules of a program stand in the documents.
struct RulePlaces {
  let sources: SourceMap
  /// The rules of the web ACL in evaluation order; nil for those of Firewall Manager.
  private(set) var tops: [PlacedRule?] = []
  private let bundle: DocumentBundle

  init(_ acl: CompiledWebACL) {
    sources = acl.sources
    bundle = acl.bundle
    let located = acl.webACL
    let document = located.value
    let indexes = located.documentIndexes(count: document.rules.count)
    // As the compiler has them: by priority, those of one priority as in the document.
    let rules = zip(indexes, document.rules)
      .sorted { ($0.1.priority, $0.0) < ($1.1.priority, $1.0) }
      .map { Optional(placed($0.1, located.place(JSONPointer(["Rules"]).appending($0.0)))) }
    tops =
      document.preProcessFirewallManagerRuleGroups.map { _ in nil } + rules
      + document.postProcessFirewallManagerRuleGroups.map { _ in nil }
    let missing = acl.program.topRules.count - tops.count
    if missing > 0 { tops += [PlacedRule?](repeating: nil, count: missing) }
  }

  private func placed(_ rule: Rule, _ place: Place) -> PlacedRule {
    return PlacedRule(
      statement: PlacedStatement(
        statement: rule.statement,
        place: Place(file: place.file, pointer: place.pointer.appending("Statement"))),
      location: Finding.Location(place, in: sources))
  }

  /// The rules, by name, of the rule group at hand that a rule refers to.
  func inner(of rule: PlacedRule?) -> [String: PlacedRule] {
    guard case .ruleGroupReference(let reference)? = rule?.statement.statement,
      let group = bundle.ruleGroup(arn: reference.arn)
    else { return [:] }
    let rules = group.value.rules
    let places = zip(group.documentIndexes(count: rules.count), rules).map { index, rule in
      (rule.name, placed(rule, group.place(JSONPointer(["Rules"]).appending(index))))
    }
    return Dictionary(places, uniquingKeysWith: { first, _ in first })
  }
}

extension Finding.Location {
  /// Where a place is.
  init(_ place: Place, in sources: SourceMap) {
    let location = sources.location(of: place)
    self.init(file: place.file, line: location?.line, column: location?.column)
  }
}
