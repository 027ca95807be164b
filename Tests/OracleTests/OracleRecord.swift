import Behaviour
import IPAddressing
import Matching
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

/// The answers of all leaves for one record.
final class OracleRecord {
  struct Answer: Hashable {
    var truth: Truth
    /// What a known answer rests on.
    var level: EvidenceLevel
  }

  let acl: OracleACL
  let record: RequestRecord
  /// How many body bytes are inspected, and whether that is assumed.
  let bodyLimit: Int
  let bodyLimitIsAssumed: Bool
  private var answers: [Answer?]
  private var cache: [CacheKey: ComponentView] = [:]
  private var overAnswers: [OracleField: Answer] = [:]

  private struct CacheKey: Hashable {
    var slot: Int
    var reading: Int
    var isSize: Bool
  }

  init(_ record: RequestRecord, for acl: OracleACL) {
    self.acl = acl
    self.record = record
    answers = Array(repeating: nil, count: acl.leaves.count)
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
    bodyLimit = acl.bodyLimit(type ?? .applicationLoadBalancer)
    bodyLimitIsAssumed = type == nil
  }

  /// The answer of a leaf, with its level.
  func answer(_ leaf: Int) -> Answer {
    if let answer = answers[leaf] { return answer }
    let answer = computed(acl.leaves[leaf])
    answers[leaf] = answer
    return answer
  }

  private func computed(_ leaf: OracleLeaf) -> Answer {
    switch leaf {
    case .unknowable: Answer(truth: .unknown, level: .exact)
    case .countries(let codes): Answer(truth: countryTruth(codes), level: .exact)
    case .addresses(let arn): addressAnswer(arn)
    case .managed: managedAnswer(acl.managed[leaf])
    case .bytes(let slot, _, _), .patterns(let slot, _), .size(let slot, _, _):
      componentAnswer(leaf, slot)
    }
  }

  // MARK: Client

  private func countryTruth(_ codes: Set<String>) -> Truth {
    switch record.country {
    case .notRecorded: .unknown
    case .undetermined: .no
    case .code(let code): Truth(codes.contains(code.text))
    }
  }

  private func addressAnswer(_ arn: String) -> Answer {
    guard let set = acl.bundle.ipSet(arn: arn)?.value else {
      return Answer(truth: .unknown, level: .exact)
    }
    guard !set.addresses.isEmpty else { return Answer(truth: .no, level: .exact) }
    guard case .address(let address) = record.clientIP else {
      return Answer(truth: .unknown, level: .exact)
    }
    let blocks = set.addresses.compactMap { CIDRBlock($0) }
    func contains(_ address: IPAddress) -> Bool {
      blocks.contains { block in
        address.isIPv4 == block.address.isIPv4 && block.address <= address
          && address <= block.lastAddress
      }
    }
    let plain = contains(address.mappedIPv4 ?? address)
    let other = contains(address)
    return Answer(truth: Truth(plain), level: plain == other ? .exact : .approximate)
  }

  // MARK: Limits

  /// Whether the body, or the cookies of a field, are over the limit of what is inspected.
  func isOver(_ field: OracleField) -> Answer {
    if let answer = overAnswers[field] { return answer }
    let plain = view(field, Reading(), isSize: false).isOver
    var level = EvidenceLevel.exact
    for (index, reading) in Reading.all.enumerated()
    where view(field, reading, isSize: false).isOver != plain {
      level = max(level, index == Reading.withoutObservedSize ? .observed : .approximate)
    }
    if field.isBody {
      if let (body, _) = body(Reading()) {
        if bodyLimitIsAssumed, body.most.map({ $0 > 8192 }) ?? true { level = .assumed }
      } else if record.bodyAbsence == .assumedForHTTP2 {
        level = .assumed
      }
    }
    let answer = Answer(truth: plain, level: level)
    overAnswers[field] = answer
    return answer
  }

  // MARK: Managed rules

  private func managedAnswer(_ rule: OracleManagedRule?) -> Answer {
    guard let rule, let branches = rule.branches else {
      return Answer(truth: .no, level: .assumed)
    }
    for level in EvidenceLevel.allCases {
      let truths = branches.map { truth($0.node, at: level) }
      for (branch, truth) in zip(branches, truths) where branch.level <= level && truth == .yes {
        return Answer(truth: .yes, level: level)
      }
      if rule.missTrust <= level, truths.allSatisfy({ $0 == .no }) {
        return Answer(truth: .no, level: level)
      }
    }
    return Answer(truth: .unknown, level: .exact)
  }

  /// Kleene's truth of a branch, with every answer weaker than `level` taken as unknown.
  private func truth(_ node: OracleNode, at level: EvidenceLevel) -> Truth {
    switch node {
    case .leaf(let leaf):
      let answer = answer(leaf)
      return answer.level <= level ? answer.truth : .unknown
    case .label: return .unknown
    case .all(let parts): return Truth.all(parts.map { truth($0, at: level) })
    case .any(let parts): return Truth.any(parts.map { truth($0, at: level) })
    case .not(let part): return truth(part, at: level).negated
    }
  }

  // MARK: Components

  private func componentAnswer(_ leaf: OracleLeaf, _ slot: Int) -> Answer {
    let plain = truth(leaf, slot, reading: 0)
    guard plain != .unknown else { return Answer(truth: .unknown, level: .exact) }
    let field = acl.slots[slot].field
    var level = EvidenceLevel.exact
    if field.isBody, truth(leaf, slot, reading: Reading.withoutObservedSize) != plain {
      level = .observed
    }
    for reading in 1..<Reading.withoutObservedSize
    where isRelevant(Reading.all[reading], leaf, slot) {
      if truth(leaf, slot, reading: reading) != plain { level = .approximate }
    }
    if case .patterns = leaf, truth(leaf, slot, reading: 0, lookaroundIsOpen: true) != plain {
      level = .approximate
    }
    if field.isBody, restsOnAssumption(leaf, slot, plain) { level = .assumed }
    return Answer(truth: plain, level: level)
  }

  private func restsOnAssumption(_ leaf: OracleLeaf, _ slot: Int, _ plain: Truth) -> Bool {
    guard let (body, _) = body(Reading()) else { return record.bodyAbsence == .assumedForHTTP2 }
    guard bodyLimitIsAssumed else { return false }
    if let most = body.most, most <= 8192 { return false }
    // What decides is whether the limit of another resource type would give another answer.
    return Set(ResourceType.allCases.map(acl.bodyLimit)).contains { limit in
      let view = view(acl.slots[slot].field, Reading(), isSize: leaf.isSize, limit: limit)
      return judge(leaf, transformed(view, slot, Reading()), Reading(), false) != plain
    }
  }

  /// A filter for speed alone: whether a question can be of interest at all.
  private func isRelevant(_ reading: Reading, _ leaf: OracleLeaf, _ slot: Int) -> Bool {
    let chain = acl.slots[slot].chain
    let field = acl.slots[slot].field
    var questions: OpenQuestions = [.absentAsEmpty]
    if leaf.isSize { questions.insert([.truncatedBodySize, .elementSizes]) }
    switch field {
    case .argument: questions.insert([.argumentNames, .emptyArguments])
    case .allArguments: questions.insert(.emptyArguments)
    case .header: questions.insert([.repeatedHeaders, .headerTrimming])
    case .cookies: questions.insert([.bareCookies, .headerTrimming])
    case .method, .path, .query, .body: break
    }
    for type in chain {
      switch type {
      case .htmlEntityDecode: questions.insert(.htmlEntities)
      case .base64Decode: questions.insert(.invalidEncoding)
      case .urlDecode, .urlDecodeUni: questions.insert(.plusAsSpace)
      case .normalizePath: questions.insert(.emptyRelativePath)
      default: break
      }
    }
    if reading.ignoresLossyValues { return true }
    if case .cookies = field, reading.limits != .plain { return true }
    return !reading.flip.isEmpty && questions.contains(reading.flip)
  }

  private func truth(
    _ leaf: OracleLeaf, _ slot: Int, reading: Int, lookaroundIsOpen: Bool = false
  ) -> Truth {
    let key = CacheKey(slot: slot, reading: reading, isSize: leaf.isSize)
    let view: ComponentView
    if let cached = cache[key] {
      view = cached
    } else {
      let plain = self.view(acl.slots[slot].field, Reading.all[reading], isSize: leaf.isSize)
      view = transformed(plain, slot, Reading.all[reading])
      cache[key] = view
    }
    return judge(leaf, view, Reading.all[reading], lookaroundIsOpen)
  }

  private func transformed(
    _ view: ComponentView, _ slot: Int, _ reading: Reading
  ) -> ComponentView {
    var view = view
    view.values = view.values.map {
      $0.transformed(by: acl.slots[slot].chain, flipping: reading.flip)
    }
    return view
  }

  private func judge(
    _ leaf: OracleLeaf, _ view: ComponentView, _ reading: Reading, _ lookaroundIsOpen: Bool
  ) -> Truth {
    let within = judgeWithinLimits(leaf, view, reading, lookaroundIsOpen)
    let over: Truth
    switch view.handling {
    case .continue: return within
    case .match: over = .yes
    case .noMatch: over = .no
    }
    switch view.isOver {
    case .yes: return over
    case .no: return within
    case .unknown: return within == over ? over : .unknown
    }
  }

  private func judgeWithinLimits(
    _ leaf: OracleLeaf, _ view: ComponentView, _ reading: Reading, _ lookaroundIsOpen: Bool
  ) -> Truth {
    var values = view.values
    if view.isAbsent {
      // An absent component matches nothing, unless Q3 has its other reading.
      guard reading.flip.contains(.absentAsEmpty), leaf.isSize || view.mayBeEmptyForAll else {
        return .no
      }
      values = [KnownValue(whole: [])]
    }
    if case .size(_, let comparison, let size) = leaf,
      reading.flip.contains(.elementSizes), !values.isEmpty
    {
      return totalTruth(values, mayHaveMore: view.mayHaveMore, comparison, size)
    }
    var truths = values.map { truth(leaf, of: $0, lookaroundIsOpen) }
    if view.mayHaveMore {
      // There may be no such element at all, so it never makes a match certain.
      let unseen = truth(leaf, of: KnownValue(nothingBut: 0, view.most), lookaroundIsOpen)
      truths.append(unseen == .no ? .no : .unknown)
    }
    return Truth.any(truths)
  }

  private func totalTruth(
    _ values: [KnownValue], mayHaveMore: Bool, _ comparison: ComparisonOperator, _ size: Int
  ) -> Truth {
    var most: Int? = mayHaveMore ? nil : 0
    for value in values { most = most.flatMap { sum in value.most.map { sum + $0 } } }
    return KnownValue.compares(
      least: values.map(\.least).reduce(0, +), most: most, comparison, size)
  }

  private func truth(
    _ leaf: OracleLeaf, of value: KnownValue, _ lookaroundIsOpen: Bool
  ) -> Truth {
    switch leaf {
    case .bytes(_, let search, let constraint): return value.matches(search, constraint)
    case .size(_, let comparison, let size): return value.compares(comparison, size)
    case .patterns(_, let sources):
      return Truth.any(
        sources.map { source in
          guard let pattern = acl.patterns[source] else { return .unknown }
          return lookaroundIsOpen && pattern.hasLookaround ? .unknown : value.matches(pattern)
        })
    default: return .unknown
    }
  }
}

extension OracleLeaf {
  var isSize: Bool {
    if case .size = self { true } else { false }
  }
}
