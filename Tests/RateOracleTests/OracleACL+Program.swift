import Transforms
import WAFProgram

extension OracleACL {
  /// The same web ACL as a program.
  var program: Program {
    var builder = ProgramBuilder()
    for (index, top) in tops.enumerated() {
      switch top {
      case .rule(let rule):
        let isRate = if case .rate = rule.statement { true } else { false }
        builder.beginTopRule(
          TopRule(
            name: "rule\(index)", kind: isRate ? .rateBased : .plain, rules: 0..<0, scopeDown: nil,
            scopeDownFormula: nil, isOverriddenToCount: false, opaqueGroup: nil, groupID: ""))
        Self.add(rule, "rule\(index)", &builder)
      case .group(let rules, let countsOnly, let scopeDown):
        let formula = scopeDown.map { Self.formula($0, &builder) }
        builder.beginTopRule(
          TopRule(
            name: "group\(index)", kind: .ruleGroup, rules: 0..<0, scopeDown: nil,
            scopeDownFormula: formula, isOverriddenToCount: countsOnly, opaqueGroup: nil,
            groupID: "group\(index)"))
        for (inner, rule) in rules.enumerated() {
          Self.add(rule, "group\(index)/rule\(inner)", &builder)
        }
      }
    }
    return builder.finish { program in
      program.bodyLimits = BodyLimits(
        stated: .applicationLoadBalancer, assumed: .applicationLoadBalancer, configured: [:])
    }
  }

  private static func add(_ rule: Rule, _ path: String, _ builder: inout ProgramBuilder) {
    let formula: Formula
    switch rule.statement {
    case .condition(let condition): formula = Self.formula(condition, &builder)
    case .rate(let rate):
      let keys = rate.keys.map { Self.key($0, &builder) }
      let scopeDown = rate.scopeDown.map { Self.formula($0, &builder) }
      formula = .leaf(
        builder.rate(
          limit: rate.limit, windowSeconds: rate.windowSeconds, keys: keys, scopeDown: scopeDown))
    }
    let action: WAFProgram.Action =
      switch rule.action {
      case .allow: .allow
      case .block: .block
      case .count: .count
      }
    builder.addRule(
      RuleInfo(
        name: path, path: path, ownAction: action, override: .none, formula: formula, managed: nil),
      action: action, labels: rule.label.map { [context + "t:" + $0] } ?? [],
      geo: GeoSources(rawValue: 0))
  }

  private static func formula(_ condition: Condition, _ builder: inout ProgramBuilder) -> Formula {
    switch condition {
    case .pathIs(let path): return exactly(.uriPath, path, &builder)
    case .headerIs(let value):
      return exactly(.singleHeader(name: Array("x-key".utf8)), value, &builder)
    case .label(let name):
      let pattern = LabelPattern(scope: .label, key: "t:" + name, context: context)
      return .leaf(builder.leaf(.label(builder.labelKey(pattern))))
    case .mystery(let number):
      let unknowable = Unknowable(evidence: "mystery\(number)", title: "mystery \(number)")
      return .leaf(builder.leaf(.unknowable(builder.unknowable(unknowable))))
    case .unmodelled(let number):
      let name = "group/rule\(number)"
      let managed =
        builder.knownManagedRule(name)
        ?? builder.managedRule(
          ManagedCondition(name: name, branches: [], missLevel: .assumed, assumption: .noMatch),
          identity: name)
      return .leaf(builder.leaf(.managedRule(managed)))
    case .not(let part): return .not(formula(part, &builder))
    case .and(let parts): return .and(parts.map { formula($0, &builder) })
    case .or(let parts): return .or(parts.map { formula($0, &builder) })
    }
  }

  private static func exactly(
    _ field: Field, _ text: String, _ builder: inout ProgramBuilder
  ) -> Formula {
    let search = builder.search(Array(text.utf8))
    return .leaf(
      builder.leaf(.bytes(builder.slot(field, []), search: search, .exactly, .inspectStart)))
  }

  private static func key(_ key: Key, _ builder: inout ProgramBuilder) -> RateRule.Key {
    switch key {
    case .client: return .address(source: builder.addressSource(.client))
    case .forwarded(let fallbackMatches):
      let header = ForwardedHeader(
        name: Array("x-forwarded-for".utf8), position: .first,
        fallback: fallbackMatches ? .match : .noMatch, isNegated: false)
      return .address(source: builder.addressSource(.forwarded(header)))
    case .header:
      return .value(builder.slot(.singleHeader(name: Array("x-key".utf8)), [.lowercase]))
    case .argument:
      return .value(
        builder.slot(.singleQueryArgument(name: Array("k".utf8), preParse: []), []))
    case .method: return .value(builder.slot(.method, []))
    case .labels:
      return .labels(
        builder.labelKey(LabelPattern(scope: .namespace, key: "t:", context: context)))
    }
  }

  static let context = "awswaf:111122223333:webacl:acl:"
}
