import Behaviour
import Diagnostics
import DocumentTree
import ManagedRules
import TestSupport
import WAFModel

/// Random rules that ask much of few components: conditions share slots, chains of transformations
/// begin alike, most conditions are a prefilter's business, and rules and a managed group are made of
/// all the ways to join them.
struct FocusedGenerator {
  private var statements: StatementGenerator
  private var places: [StatementGenerator.Probe] = []
  private var chains: [[TextTransformation]] = []

  private var dice: Dice {
    get { statements.dice }
    set { statements.dice = newValue }
  }

  /// - Parameter seed: that of the `WebACLGenerator` whose scene is to be used.
  init(seed: UInt64) {
    statements = StatementGenerator(seed: seed)
    for _ in 0..<dice.count(1...4) { places.append(probe()) }
    for _ in 0..<dice.count(1...4) {
      let chain = probe().steps
      chains.append(chain)
      // One that goes on from it.
      var longer = chain.sorted { $0.priority < $1.priority }
      longer.append(probe().steps[0])
      for index in longer.indices { longer[index].priority = index }
      chains.append(longer)
    }
  }

  /// A component and transformations that are known: a managed group can have no others.
  private mutating func probe() -> StatementGenerator.Probe {
    while true {
      let probe = statements.probe(withoutFingerprints: true)
      let isKnown = probe.steps.allSatisfy { TextTransformationType.known.contains($0.type) }
      if case .opaque = probe.field { continue }
      if isKnown { return probe }
    }
  }

  /// Puts rules among those of a web ACL, and its managed group into the catalogue.
  mutating func add(
    to webACL: inout WebACL, _ catalogue: inout RulesetCatalogue
  ) throws {
    if dice.chance(50) { webACL.rules = Array(webACL.rules.prefix(dice.below(3))) }
    for _ in 0..<dice.count(2...14) {
      webACL.rules.insert(rule(), at: dice.below(webACL.rules.count + 1))
    }
    guard dice.chance(50) else { return }
    try addGroup(to: &catalogue)
    let statement = ManagedRuleGroupStatement(
      vendorName: "Acme", name: "Focus",
      scopeDownStatement: dice.chance(25) ? condition(depth: 1) : nil)
    webACL.rules.insert(
      Rule(
        name: "", priority: 0, statement: .managedRuleGroup(statement),
        overrideAction: dice.chance(40) ? .count(CountAction()) : OverrideAction.none),
      at: dice.below(webACL.rules.count + 1))
  }

  private mutating func rule() -> Rule {
    let action: RuleAction =
      switch dice.below(6) {
      case 0: .allow(AllowAction())
      case 1, 2: .block(BlockAction())
      case 3: .challenge(ChallengeAction())
      default: .count(CountAction())
      }
    return Rule(
      name: "", priority: 0, statement: condition(depth: dice.count(0...3)), action: action,
      ruleLabels: dice.chance(40) ? [Label(name: dice.pick(Vocabulary.labels))] : [])
  }

  /// - Parameter isManaged: whether only components may be looked at.
  private mutating func condition(depth: Int, isManaged: Bool = false) -> Statement {
    if depth > 0 {
      let count = dice.count(2...3)
      switch dice.below(20) {
      case 0..<7:
        return .or(OrStatement(statements: parts(count, depth, isManaged)))
      case 7..<12:
        return .and(AndStatement(statements: parts(count, depth, isManaged)))
      case 12:
        return .not(
          NotStatement(statement: condition(depth: depth - 1, isManaged: isManaged)))
      default: break
      }
    }
    if !isManaged, dice.chance(12) {
      return dice.chance(50) ? statements.labelMatch() : statements.leaf()
    }
    return leaf(isManaged: isManaged)
  }

  private mutating func parts(_ count: Int, _ depth: Int, _ isManaged: Bool) -> [Statement] {
    (0..<count).map { _ in condition(depth: depth - 1, isManaged: isManaged) }
  }

  // MARK: Leaves

  private mutating func leaf(isManaged: Bool) -> Statement {
    let place = dice.pick(places)
    let chain = dice.pick(chains)
    let flip =
      dice.chance(50)
      ? OpenQuestions() : OpenQuestions(rawValue: 1 << UInt32(dice.below(OpenQuestions.count)))
    var value = dice.chance(75) ? dice.pick(statements.scene.values) : place.value
    for step in chain.sorted(by: { $0.priority < $1.priority }) {
      value = NaiveTransformations.apply(step.type, to: value, flipping: flip)
    }
    let constraint = dice.pick(PositionalConstraint.allCases)
    let search = search(value, constraint)
    switch dice.below(20) {
    case 0..<4:
      return .regexMatch(
        RegexMatchStatement(
          regexString: pattern(search), fieldToMatch: place.field, textTransformations: chain,
          preParseTextTransformations: place.preParse))
    case 4:
      return .sizeConstraint(
        SizeConstraintStatement(
          fieldToMatch: place.field, comparisonOperator: dice.pick([.eq, .lt, .ge]),
          size: value.count, textTransformations: chain,
          preParseTextTransformations: place.preParse))
    case 5:
      return .sqliMatch(
        SqliMatchStatement(
          fieldToMatch: place.field, textTransformations: chain,
          preParseTextTransformations: place.preParse, sensitivityLevel: .low))
    default:
      return .byteMatch(
        ByteMatchStatement(
          searchString: SearchString(bytes: search, wire: String(decoding: search, as: UTF8.self)),
          fieldToMatch: place.field, textTransformations: chain,
          preParseTextTransformations: place.preParse, positionalConstraint: constraint))
    }
  }

  /// A piece of a value that is text: managed rules are read from a file.
  private mutating func search(_ value: [UInt8], _ constraint: PositionalConstraint) -> [UInt8] {
    let value = Array(value.prefix(60))
    guard !value.isEmpty, dice.chance(90) else { return Array(dice.pick(Vocabulary.searches).utf8) }
    let length = constraint == .exactly ? value.count : dice.count(1...value.count)
    var start = dice.below(value.count - length + 1)
    if constraint == .exactly || constraint == .startsWith { start = 0 }
    if constraint == .endsWith { start = value.count - length }
    let piece = Array(value[start..<start + length])
    guard String(validating: piece, as: UTF8.self) != nil, !piece.contains(0) else {
      return Array("admin".utf8)
    }
    return piece
  }

  private mutating func pattern(_ search: [UInt8]) -> String {
    if dice.chance(15) { return dice.pick(Vocabulary.patterns) }
    func escaped(_ bytes: ArraySlice<UInt8>) -> String {
      bytes.map { "\\x{" + String($0, radix: 16) + "}" }.joined()
    }
    let half = search.count / 2
    switch dice.below(6) {
    case 0: return "(?i)" + escaped(search[...])
    case 1: return "^" + escaped(search[...])
    case 2: return escaped(search[...]) + "$"
    case 3: return escaped(search[..<half]) + ".*" + escaped(search[half...])
    case 4: return escaped(search[...]) + "|" + dice.pick(["admin", "[Rr]ed", "zz+"])
    default: return escaped(search[...])
    }
  }

  // MARK: The managed group

  private mutating func addGroup(to catalogue: inout RulesetCatalogue) throws {
    let directory = try TemporaryDirectory()
    let namespace = "awswaf:managed:acme:focus:"
    let rules = (0..<dice.count(2...6)).map { index in
      """
      {"Name": "F\(index)", "Priority": \(index), "Documentation": "A rule.",
       "Action": {"\(dice.pick(["Block", "Count", "Allow", "Challenge"]))": {}},
       "RuleLabels": [{"Name": "\(namespace)f\(index)"}], "Model": \(model())}
      """
    }
    let labels = (0..<dice.below(3)).map { index in
      """
      {"Label": "\(namespace)before\(index)", "Documentation": "A label.", "Model": \(model())}
      """
    }
    try directory.write(
      "focus.json",
      """
      {"VendorName": "Acme", "Name": "Focus", "Title": "Focus", "AsOf": "2026-11-23",
       "Capacity": 10, "LabelNamespace": "\(namespace)", "Documentation": "A group.",
       "Source": "here", "AvailableLabels": [], "LabelFamilies": [],
       "LabelRules": [\(labels.joined(separator: ","))],
       "Rules": [\(rules.joined(separator: ","))]}
      """)
    var sources = SourceMap()
    let found = catalogue.load(directory: directory.path, sources: &sources)
    if !found.isEmpty { throw BrokenGroup(diagnostics: found) }
  }

  private mutating func model() -> String {
    let branches = (0..<dice.count(1...3)).map { _ in
      let statement = condition(depth: dice.count(0...2), isManaged: true)
      return """
        {"Fidelity": "\(dice.pick(["exact", "high", "medium"]))", "LooksFor": "something",
         "Why": "a test", "Statement": \(JSONWriter.compact(statement.node()))}
        """
    }
    return """
      {"MissTrust": "\(dice.pick(["exact", "approximate"]))", "Why": "a test",
       "Branches": [\(branches.joined(separator: ","))]}
      """
  }

  private struct BrokenGroup: Error {
    var diagnostics: [Diagnostic]
  }
}
