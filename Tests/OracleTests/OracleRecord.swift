import Behaviour
import Matching
import WAFModel
import WAFProgram
import WAFRequests

/// What worlds meet beside leaves.
struct OracleNotes: OptionSet {
  let rawValue: UInt8

  static let and = OracleNotes(rawValue: 1 << 0)
  static let or = OracleNotes(rawValue: 1 << 1)
  static let not = OracleNotes(rawValue: 1 << 2)
  static let label = OracleNotes(rawValue: 1 << 3)
  static let namespace = OracleNotes(rawValue: 1 << 4)
  static let payment = OracleNotes(rawValue: 1 << 5)
}

/// The answers of all leaves for one record.
final class OracleRecord {
  struct Answer: Hashable {
    var truth: Truth
    /// What a known answer rests on.
    var level: EvidenceLevel

    static let unknown = Answer(truth: .unknown, level: .exact)
  }

  let acl: OracleACL
  let record: RequestRecord
  /// What takes the request, and whether that is assumed.
  let resourceType: ResourceType
  let resourceTypeIsAssumed: Bool
  private(set) var answers: [Answer?]
  private var negatedAnswers: [Int: Answer] = [:]
  private var cache: [CacheKey: [ComponentView]] = [:]
  private var overAnswers: [OracleField: Answer] = [:]
  /// The trimmed names of the header lines, and these in lower case.
  let headerNames: [(shown: String, folded: String)]
  /// What is asked again in every world.
  var gateAnswers: [OracleGate: GateAnswer] = [:]
  var geoKnowledge: [GeoKnowledge.Key: GeoKnowledge] = [:]
  /// What statements that are no leaves came to in some world.
  private(set) var held: OracleNotes = []
  private(set) var failed: OracleNotes = []

  private struct CacheKey: Hashable {
    var slot: Int
    var reading: Int
    var isSize: Bool
  }

  init(_ record: RequestRecord, for acl: OracleACL) {
    self.acl = acl
    self.record = record
    answers = Array(repeating: nil, count: acl.leaves.count)
    headerNames = record.headers.map { line in
      let name = record.text(line.name).trimmingBlanks
      return (name, name.lowercased())
    }
    let named: ResourceType? =
      switch record.text(record.sourceName) {
      case "ALB": .applicationLoadBalancer
      case "APPSYNC": .appSync
      case "CF": .cloudFront
      case "APIGW": .apiGateway
      case "COGNITOIDP": .cognitoUserPool
      case "APPRUNNER": .appRunnerService
      case "VERIFIED_ACCESS": .verifiedAccessInstance
      default: nil
      }
    let type = acl.stated ?? (acl.isCloudFront ? .cloudFront : named)
    resourceType = type ?? .applicationLoadBalancer
    resourceTypeIsAssumed = type == nil
  }

  func note(_ note: OracleNotes, _ holds: Bool) {
    if holds { held.formUnion(note) } else { failed.formUnion(note) }
  }

  /// The fields that were found to be above their limit.
  var fieldsOverLimit: Set<FieldToMatch.Kind> {
    var kinds: Set<FieldToMatch.Kind> = []
    for (field, answer) in overAnswers where answer.truth == .yes {
      switch field {
      case .body: kinds.insert(.body)
      case .json: kinds.insert(.jsonBody)
      case .headers: kinds.insert(.headers)
      case .headerOrder: kinds.insert(.headerOrder)
      case .cookies: kinds.insert(.cookies)
      default: break
      }
    }
    return kinds
  }

  /// The answer of a leaf, with its level.
  func answer(_ leaf: Int, isNegated: Bool = false) -> Answer {
    let plain: Answer
    if let answer = answers[leaf] {
      plain = answer
    } else {
      plain = computed(acl.leaves[leaf])
      answers[leaf] = plain
    }
    guard isNegated, acl.leaves[leaf].source?.header != nil else { return plain }
    if let answer = negatedAnswers[leaf] { return answer }
    // Whether a rule without its forwarded header matches under NOT is open.
    var answer = plain
    if plain.truth != .unknown, mayLackHeader(acl.leaves[leaf]) {
      answer.level = max(plain.level, .approximate)
    }
    negatedAnswers[leaf] = answer
    return answer
  }

  private func computed(_ leaf: OracleLeaf) -> Answer {
    switch leaf {
    case .unknowable: .unknown
    case .addresses, .countries, .networks: addressAnswer(leaf)
    case .managed: managedAnswer(acl.managed[leaf])
    case .token(let state, let isCaptcha): tokenAnswer(state, isCaptcha: isCaptcha)
    case .bytes(let slot, _, _), .patterns(let slot, _), .size(let slot, _, _),
      .detector(let slot, _):
      componentAnswer(leaf, slot)
    }
  }

  // MARK: Limits

  /// Whether a field is over the limit of what is inspected.
  func isOver(_ field: OracleField) -> Answer {
    if let answer = overAnswers[field] { return answer }
    // As JSON a body is as large as it is.
    let shape = field.isBody ? OracleField.body(.continue) : field
    func truth(_ reading: Reading, at type: ResourceType? = nil) -> Truth {
      forms(shape, reading, isSize: false, at: type).first?.isOver ?? .no
    }
    let plain = truth(Reading())
    var level = EvidenceLevel.exact
    let questions = Self.questions(field)
    for (index, reading) in Reading.all.enumerated()
    where isRelevant(reading, field, questions) && truth(reading) != plain {
      level = max(level, index == Reading.withoutObserved ? .observed : .approximate)
    }
    if field.isBody {
      if resourceTypeIsAssumed,
        otherTypes(field).contains(where: { truth(Reading(), at: $0) != plain })
      {
        level = .assumed
      }
      if body(Reading()) == nil, record.bodyAbsence == .assumedForHTTP2 { level = .assumed }
    }
    let answer = Answer(truth: plain, level: level)
    overAnswers[field] = answer
    return answer
  }

  /// The types of resource that differ in what a field holds, one of each kind.
  private func otherTypes(_ field: OracleField) -> [ResourceType] {
    guard field.isBody else { return [.cloudFront, .apiGateway] }
    var limits: Set<Int> = []
    return ResourceType.allCases.filter { limits.insert(acl.bodyLimit($0)).inserted }
  }

  // MARK: Managed rules

  private func managedAnswer(_ rule: OracleManagedRule?) -> Answer {
    guard let rule else { return .unknown }
    switch rule.assumption {
    case .match: return Answer(truth: .yes, level: .assumed)
    case .noMatch: return Answer(truth: .no, level: .assumed)
    case .unknown: return .unknown
    case nil: break
    }
    guard let branches = rule.branches else { return Answer(truth: .no, level: .assumed) }
    for level in EvidenceLevel.allCases {
      let truths = branches.map { truth($0.node, at: level) }
      for (branch, truth) in zip(branches, truths) where branch.level <= level && truth == .yes {
        return Answer(truth: .yes, level: level)
      }
      if rule.missTrust <= level, truths.allSatisfy({ $0 == .no }) {
        return Answer(truth: .no, level: level)
      }
    }
    return .unknown
  }

  /// Kleene's truth of a branch, with every answer weaker than `level` taken as unknown.
  func truth(_ node: OracleNode, at level: EvidenceLevel) -> Truth {
    switch node {
    case .leaf(let leaf, let isNegated):
      let answer = answer(leaf, isNegated: isNegated)
      return answer.level <= level ? answer.truth : .unknown
    case .label: return .unknown
    case .all(let parts): return Truth.all(parts.map { truth($0, at: level) })
    case .any(let parts): return Truth.any(parts.map { truth($0, at: level) })
    case .not(let part): return truth(part, at: level).negated
    }
  }

  // MARK: Components

  private func componentAnswer(_ leaf: OracleLeaf, _ slot: Int) -> Answer {
    let trust = [EvidenceLevel.exact, .approximate, .assumed].first {
      truth(leaf, slot, reading: 0, trusting: $0) != .unknown
    }
    guard var level = trust else { return .unknown }
    let plain = truth(leaf, slot, reading: 0)
    let field = acl.slots[slot].field
    if truth(leaf, slot, reading: Reading.withoutObserved) != plain {
      level = max(level, .observed)
    }
    var questions = Self.questions(field)
    if leaf.isSize { questions.insert([.truncatedBodySize, .elementSizes]) }
    for step in acl.slots[slot].chain { questions.insert(Self.questions(step)) }
    for reading in 1..<Reading.withoutObserved
    where isRelevant(Reading.all[reading], field, questions) {
      if truth(leaf, slot, reading: reading) != plain { level = max(level, .approximate) }
    }
    if case .patterns = leaf, truth(leaf, slot, reading: 0, lookaroundIsOpen: true) != plain {
      level = max(level, .approximate)
    }
    if restsOnAssumption(leaf, field, plain) { level = .assumed }
    return Answer(truth: plain, level: level)
  }

  private func restsOnAssumption(_ leaf: OracleLeaf, _ field: OracleField, _ plain: Truth) -> Bool {
    if field.isBody {
      guard let (body, _) = body(Reading()) else { return record.bodyAbsence == .assumedForHTTP2 }
      if let most = body.most, most <= 8192 { return false }
    } else if !field.hangsOnResource {
      return false
    }
    guard resourceTypeIsAssumed, let slot = leaf.slot else { return false }
    // What decides is whether another type of resource would give another answer.
    return otherTypes(field).contains { type in
      let forms = forms(field, Reading(), isSize: leaf.isSize, at: type).map {
        $0.transformed(by: acl.slots[slot].chain, in: Reading())
      }
      return judge(leaf, forms, Reading(), trusting: .assumed, lookaroundIsOpen: false) != plain
    }
  }

  // MARK: Filters for speed alone

  /// Whether a reading can be of interest at all.
  private func isRelevant(
    _ reading: Reading, _ field: OracleField, _ questions: OpenQuestions
  ) -> Bool {
    if reading.ignoresLossyValues || reading.ignoresObserved { return true }
    if reading.addresses != .plain { return false }
    if reading.limits != .plain {
      return switch field {
      case .headers, .headerOrder, .cookies: true
      default: false
      }
    }
    return !reading.flip.isEmpty && questions.contains(reading.flip)
  }

  private static func questions(_ field: OracleField) -> OpenQuestions {
    switch field {
    case .argument(_, let steps), .allArguments(let steps):
      steps.isEmpty
        ? [.absentAsEmpty, .argumentNames, .emptyArguments]
        : [.absentAsEmpty, .argumentNames, .emptyArguments, .plusAsSpace, .argumentKeyCase]
    case .header: [.absentAsEmpty, .repeatedHeaders, .headerTrimming]
    case .headers, .headerOrder:
      [.absentAsEmpty, .repeatedHeaders, .headerTrimming, .headerNameCase]
    case .cookies: [.absentAsEmpty, .bareCookies, .headerTrimming]
    case .json:
      [
        .absentAsEmpty, .jsonEscapes, .jsonDuplicateKeys, .jsonDuplicateScope, .jsonKeySpelling,
        .jsonSurrogates,
      ]
    case .fragment: [.absentAsEmpty, .fragmentSign]
    case .method, .path, .query, .body: [.absentAsEmpty]
    case .ja3, .ja4: []
    }
  }

  private static func questions(_ step: TextTransformationType) -> OpenQuestions {
    switch step {
    case .htmlEntityDecode: .htmlEntities
    case .base64Decode, .hexDecode: .invalidEncoding
    case .urlDecode, .urlDecodeUni: .plusAsSpace
    case .normalizePath, .normalizePathWin: .emptyRelativePath
    case .removeWhitespace: .nonBreakingSpace
    case .cmdLine, .cmdLineWin: .commandLine
    default: []
    }
  }

  private func truth(
    _ leaf: OracleLeaf, _ slot: Int, reading: Int, trusting trust: EvidenceLevel = .assumed,
    lookaroundIsOpen: Bool = false
  ) -> Truth {
    let field = acl.slots[slot].field
    let key = CacheKey(slot: slot, reading: reading, isSize: leaf.isSize && field.isBody)
    let forms: [ComponentView]
    if let cached = cache[key] {
      forms = cached
    } else {
      forms = self.forms(field, Reading.all[reading], isSize: leaf.isSize).map {
        $0.transformed(by: acl.slots[slot].chain, in: Reading.all[reading])
      }
      cache[key] = forms
    }
    return judge(
      leaf, forms, Reading.all[reading], trusting: trust, lookaroundIsOpen: lookaroundIsOpen)
  }
}
