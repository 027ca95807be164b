import Diagnostics
import WAFModel

extension Statement {
  var isRateBased: Bool {
    if case .rateBased = self { true } else { false }
  }

  /// How many statements in it, itself among them, refer to another resource.
  var referenceCount: Int {
    var count = 0
    forEach(at: .root) { statement, _ in
      switch statement {
      case .ipSetReference, .regexPatternSetReference, .ruleGroupReference: count += 1
      default: break
      }
    }
    return count
  }

  /// The actions that override those of a group's rules.
  var overridingActions: [RuleAction] {
    switch self {
    case .managedRuleGroup(let body): body.ruleActionOverrides.map(\.actionToUse)
    case .ruleGroupReference(let body): body.ruleActionOverrides.map(\.actionToUse)
    default: []
    }
  }

  /// Goes through the statement and all that is nested in it, scope-down statements among them.
  ///
  /// - Parameter pointer: of the object that has the statement as its one member.
  func forEach(at pointer: JSONPointer, _ visit: (Statement, JSONPointer) -> Void) {
    visit(self, pointer)
    let body = pointer.appending(wireName)
    switch self {
    case .and(let statement): Self.forEach(statement.statements, at: body, visit)
    case .or(let statement): Self.forEach(statement.statements, at: body, visit)
    case .not(let statement):
      statement.statement.forEach(at: body.appending("Statement"), visit)
    case .rateBased(let statement):
      statement.scopeDownStatement?.forEach(at: body.appending("ScopeDownStatement"), visit)
    case .managedRuleGroup(let statement):
      statement.scopeDownStatement?.forEach(at: body.appending("ScopeDownStatement"), visit)
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch,
      .xssMatch, .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .ruleGroupReference, .opaque:
      break
    }
  }

  private static func forEach(
    _ statements: [Statement], at body: JSONPointer, _ visit: (Statement, JSONPointer) -> Void
  ) {
    let list = body.appending("Statements")
    for (index, statement) in statements.enumerated() {
      statement.forEach(at: list.appending(index), visit)
    }
  }
}
