import Bytes
import IPAddressing
import Matching
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// A program of which `build` adds the rules.
func sketch(
  default defaultAction: Action = .allow, defaultResponseCode: UInt16 = 0,
  cloudFront: Bool = false, limits: BodyLimits? = nil,
  _ build: (inout ProgramBuilder) -> Void
) -> Program {
  var builder = ProgramBuilder()
  build(&builder)
  return builder.finish { program in
    program.defaultAction = defaultAction
    program.defaultResponseCode = defaultResponseCode
    program.isCloudFrontScope = cloudFront
    program.bodyLimits =
      limits
      ?? BodyLimits(
        stated: .applicationLoadBalancer, assumed: .applicationLoadBalancer, configured: [:])
  }
}

/// A program of one rule, so that a condition can be tried alone.
func blocking(
  limits: BodyLimits? = nil, _ formula: (inout ProgramBuilder) -> Formula
) -> Program {
  sketch(limits: limits) { builder in
    let formula = formula(&builder)
    builder.rule("rule", .block, formula)
  }
}

/// What a program says of a record.
func verdict(_ program: Program, _ record: RequestRecord) -> Verdict {
  var evaluator = Evaluator(program)
  return evaluator.evaluate(record)
}

/// The answer of one condition, as the verdict of a rule that blocks on it shows it.
struct Shown: Hashable, CustomStringConvertible {
  /// Nil where the condition is unknown.
  var holds: Bool?
  var certainty: Certainty

  init(_ holds: Bool?, _ certainty: Certainty = .exact) {
    self.holds = holds
    self.certainty = certainty
  }

  static let unknown = Shown(nil, .indeterminate)
  static let yes = Shown(true)
  static let no = Shown(false)

  var description: String {
    "\(holds.map { $0 ? "match" : "no match" } ?? "unknown") (\(certainty.name))"
  }
}

func shown(_ program: Program, _ record: RequestRecord) -> Shown {
  let verdict = verdict(program, record)
  return Shown(verdict.possible.isSingle ? verdict.action == .block : nil, verdict.certainty)
}

/// The labels and events of the predicted record.
func details(_ program: Program, _ record: RequestRecord) -> (Verdict, [String], [WalkEvent]) {
  var evaluator = Evaluator(program)
  let verdict = evaluator.evaluate(record)
  return (verdict, evaluator.labelTexts(record), Array(evaluator.events))
}

func needs(_ program: Program, _ record: RequestRecord) -> [String] {
  var evaluator = Evaluator(program)
  let verdict = evaluator.evaluate(record)
  return evaluator.needs(for: verdict, record).map { "\($0.evidence) for \($0.rule)" }
}

func assumptions(_ program: Program, _ record: RequestRecord) -> [String] {
  var evaluator = Evaluator(program)
  let verdict = evaluator.evaluate(record)
  return evaluator.assumptions(for: verdict)
}

extension ProgramBuilder {
  // MARK: Rules

  mutating func rule(
    _ name: String, _ action: Action, _ formula: Formula, labels: [String] = [],
    hasGeo: Bool = false, responseCode: UInt16 = 0
  ) {
    beginTopRule(TopRule(name: name, kind: .plain))
    addRule(
      RuleInfo(
        name: name, path: name, ownAction: action, override: .none, formula: formula,
        managed: nil, handling: .answering(responseCode)),
      action: action, labels: labels, geo: hasGeo ? .client : [])
  }

  mutating func group(
    _ name: String, counts: Bool = false, scopeDown: Formula? = nil, scopeDownHasGeo: Bool = false,
    opaque: OpaqueGroup? = nil, labelSources: [OpaqueGroup] = []
  ) {
    var top = TopRule(name: name, kind: .ruleGroup)
    top.isOverriddenToCount = counts
    top.scopeDownFormula = scopeDown
    if scopeDownHasGeo { top.scopeDownGeo = .client }
    top.groupID = "group:" + name
    if let opaque { top.opaqueGroup = opaqueGroup(opaque) }
    for source in labelSources { top.labelSources.append(opaqueGroup(source)) }
    beginTopRule(top)
  }

  mutating func groupRule(
    _ name: String, _ action: Action, _ formula: Formula, labels: [String] = [],
    hasGeo: Bool = false, managed: Int? = nil, responseCode: UInt16 = 0
  ) {
    let top = program.topRules[program.topRules.count - 1].name
    addRule(
      RuleInfo(
        name: name, path: "\(top)/\(name)", ownAction: action, override: .none, formula: formula,
        managed: managed, handling: .answering(responseCode)),
      action: action, labels: labels, geo: hasGeo ? .client : [])
  }

  // MARK: Conditions

  mutating func bytes(
    _ field: Field, _ position: Position, _ search: String,
    _ chain: [TextTransformation] = [], oversize: Oversize = .inspectStart
  ) -> Formula {
    .leaf(
      leaf(
        .bytes(
          slot(field, chain), search: self.search(Array(search.utf8)), position, oversize)))
  }

  mutating func size(
    _ field: Field, _ comparison: Comparison, _ bytes: Int, _ chain: [TextTransformation] = [],
    oversize: Oversize = .inspectStart
  ) -> Formula {
    .leaf(leaf(.size(slot(field, chain), comparison, bytes, oversize)))
  }

  mutating func regex(
    _ field: Field, _ sources: [String], _ chain: [TextTransformation] = []
  ) -> Formula {
    let patterns = sources.compactMap { try? CompiledPattern(Array($0.utf8)) }
    return .leaf(leaf(.regex(slot(field, chain), patternSet: patternSet(patterns), .inspectStart)))
  }

  mutating func path(_ path: String) -> Formula {
    bytes(.uriPath, .exactly, path)
  }

  mutating func addresses(_ name: String, _ blocks: [String]) -> Formula {
    .leaf(
      leaf(
        .ipSet(ipSet(named: name, CIDRSet(blocks.compactMap { CIDRBlock($0) })), source: 0)))
  }

  mutating func countries(_ codes: [String]) -> Formula {
    .leaf(
      leaf(.country(countrySet(codes.compactMap { CountryCode(Array($0.utf8)) }), source: 0)))
  }

  mutating func label(
    _ key: String, _ scope: LabelPattern.Scope = .label,
    context: String = "awswaf:111122223333:webacl:acl:"
  ) -> Formula {
    .leaf(leaf(.label(labelKey(LabelPattern(scope: scope, key: key, context: context)))))
  }

  /// A condition that nothing can settle.
  mutating func unknown(_ name: String = "mystery") -> Formula {
    .leaf(leaf(.unknowable(unknowable(Unknowable(evidence: name, title: name)))))
  }

  /// A managed rule's condition.
  mutating func managed(
    _ name: String, _ branches: [(BranchFidelity, Formula)] = [],
    miss: EvidenceLevel = .approximate, assumption: ManagedCondition.Assumption? = nil
  ) -> Formula {
    .leaf(leaf(.managedRule(managedIndex(name, branches, miss: miss, assumption: assumption))))
  }

  mutating func managedIndex(
    _ name: String, _ branches: [(BranchFidelity, Formula)] = [],
    miss: EvidenceLevel = .approximate, assumption: ManagedCondition.Assumption? = nil
  ) -> Int {
    managedRule(
      ManagedCondition(
        name: name,
        branches: branches.map { fidelity, formula in
          ManagedCondition.Branch(
            entry: code(formula), formula: formula, fidelity: fidelity, looksFor: "something")
        },
        missLevel: miss, assumption: assumption),
      identity: name)
  }

  /// Conditions whose answers are known at one level only.
  mutating func match(at level: EvidenceLevel) -> Formula {
    switch level {
    case .exact: bytes(.method, .startsWith, "")
    case .observed: bytes(.body, .startsWith, "", oversize: .match)
    case .approximate: managed("approximate match", [(.high, bytes(.method, .startsWith, ""))])
    case .assumed: managed("assumed match", assumption: .match)
    }
  }

  mutating func miss(at level: EvidenceLevel) -> Formula {
    switch level {
    case .exact: bytes(.method, .exactly, "NONE")
    case .observed: bytes(.body, .startsWith, "", oversize: .noMatch)
    case .approximate: managed("approximate miss", [(.high, bytes(.method, .exactly, "NONE"))])
    case .assumed: managed("assumed miss", assumption: .noMatch)
    }
  }
}

extension TopRule {
  init(name: String, kind: Kind) {
    self.init(
      name: name, kind: kind, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
      isOverriddenToCount: false, opaqueGroup: nil, groupID: "")
  }
}

extension CustomHandling {
  /// Without an answer where the code is 0.
  static func answering(_ code: UInt16) -> CustomHandling {
    CustomHandling(answer: code == 0 ? nil : CustomAnswer(code: code))
  }
}

extension OpaqueGroup {
  init(_ name: String, namespace: String = "awswaf:managed:vendor:", idle: Bool) {
    self.init(
      name: name, namespace: namespace, isAssumedIdle: idle, evidence: "managedRuleGroup:" + name,
      assumption: name + "/*=no-match")
  }
}

extension Field {
  /// Every argument of the query as it is sent.
  static var allArguments: Field { .allQueryArguments(preParse: []) }

  static func argument(_ name: String) -> Field {
    .singleQueryArgument(name: Array(name.utf8), preParse: [])
  }
}

extension RequestRecord {
  /// A request for `/`, whose body the service found to be far over every limit.
  static var plain: RequestRecord {
    var record = RequestRecord(uri: "/", clientIP: "192.0.2.1", country: "DE")
    record.body = .notRecorded
    record.settleBody(observedSize: 1_000_000, infersAbsence: false)
    return record
  }

  /// A GET request in a recording that has no word about bodies.
  static func withoutBodyWord(httpVersion: String) -> RequestRecord {
    var record = RequestRecord(uri: "/", httpVersion: httpVersion)
    record.body = .notRecorded
    record.settleBody()
    return record
  }

  /// The same with states set, by the names of `wafcast.state`.
  func with(_ state: ComponentState, _ names: String...) throws -> RequestRecord {
    var record = self
    for name in names {
      try record.setState(state, ofComponentNamed: Array(name.utf8).span)
    }
    return record
  }
}
