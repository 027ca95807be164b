import WAFModel
import WAFProgram

/// What the pairs of a run have reached, so that nothing is proven by never being tried.
struct Coverage {
  /// What was seen to hold, and what not to hold.
  private var held: Set<String> = []
  private var failed: Set<String> = []

  mutating func formUnion(_ other: Coverage) {
    held.formUnion(other.held)
    failed.formUnion(other.failed)
  }

  /// Takes over what a web ACL's leaves answered, over all its records.
  mutating func add(_ answers: LeafAnswers, of acl: OracleACL) {
    for (index, leaf) in acl.leaves.enumerated() {
      guard answers.held[index] || answers.failed[index] else { continue }
      for feature in Self.features(leaf, acl) {
        if answers.held[index] { held.insert(feature) }
        if answers.failed[index] { failed.insert(feature) }
      }
    }
    for (name, found) in answers.notes {
      if found.held { held.insert(name) }
      if found.failed { failed.insert(name) }
    }
  }

  /// What has not been seen both to hold and not to.
  var missing: [String] {
    Self.both.filter { !held.contains($0) }.map { $0 + " that holds" }
      + Self.both.filter { !failed.contains($0) }.map { $0 + " that does not hold" }
      + Self.once.filter { !held.contains($0) }
  }

  // MARK: Names

  private static func features(_ leaf: OracleLeaf, _ acl: OracleACL) -> [String] {
    var names: [String] = []
    switch leaf {
    case .bytes(_, _, let constraint):
      names = [Statement.Kind.byteMatch.rawValue, constraint.rawValue]
    case .size(_, let comparison, _):
      names = [Statement.Kind.sizeConstraint.rawValue, comparison.rawValue]
    case .patterns(_, let sources):
      names = [
        (sources.count == 1 ? Statement.Kind.regexMatch : .regexPatternSetReference).rawValue
      ]
    case .detector(_, .sqli(let level)):
      names = [Statement.Kind.sqliMatch.rawValue, "sensitivity " + level.rawValue]
    case .detector(_, .xss): names = [Statement.Kind.xssMatch.rawValue]
    case .addresses(_, let source): names = features(.ipSetReference, source)
    case .countries(_, let source): names = features(.geoMatch, source)
    case .networks(_, let source): names = features(.asnMatch, source)
    case .managed(let group, _): names = [group]
    case .token, .unknowable: break
    }
    guard let slot = leaf.slot.map({ acl.slots[$0] }) else { return names }
    names += features(slot.field)
    names += (slot.chain.isEmpty ? [.none] : slot.chain).map { "step " + $0.wireName }
    return names
  }

  private static func features(_ kind: Statement.Kind, _ source: OracleAddressSource) -> [String] {
    guard case .forwarded(_, let position, let fallback) = source else {
      return [kind.rawValue, "\(kind.rawValue) of the client"]
    }
    return [
      kind.rawValue, "\(kind.rawValue) \(position.rawValue) forwarded",
      "\(kind.rawValue) forwarded, fallback \(fallback.rawValue)",
    ]
  }

  private static func features(_ field: OracleField) -> [String] {
    func names(_ kind: FieldToMatch.Kind, _ details: [String] = []) -> [String] {
      [kind.rawValue] + details.map { "\(kind.rawValue) \($0)" }
    }
    func selected(_ selection: OracleField.NameSelection) -> String {
      switch selection {
      case .all: "all"
      case .only: "included"
      case .allBut: "excluded"
      }
    }
    func prepared(_ steps: [PreParseTextTransformationType]) -> [String] {
      steps.map { "before splitting " + $0.rawValue }
    }
    return switch field {
    case .method: names(.method)
    case .path: names(.uriPath)
    case .query: names(.queryString)
    case .fragment(let fallback): names(.uriFragment, [fallback?.rawValue ?? "-"])
    case .header: names(.singleHeader)
    case .headers(let selection, let scope, let handling):
      names(.headers, [selected(selection), scope.rawValue, "oversize " + handling.rawValue])
    case .headerOrder(let handling): names(.headerOrder, ["oversize " + handling.rawValue])
    case .argument(_, let steps): names(.singleQueryArgument) + prepared(steps)
    case .allArguments(let steps): names(.allQueryArguments) + prepared(steps)
    case .cookies(let selection, let scope, let handling):
      names(.cookies, [selected(selection), scope.rawValue, "oversize " + handling.rawValue])
    case .body(let handling): names(.body, ["oversize " + handling.rawValue])
    case .json(let choice):
      names(
        .jsonBody,
        [
          choice.paths == nil ? "all" : "paths", choice.scope.rawValue,
          "invalid " + (choice.fallback?.rawValue ?? "-"), "oversize " + choice.handling.rawValue,
        ])
    case .ja3(let fallback): names(.ja3Fingerprint, [fallback.rawValue])
    case .ja4(let fallback): names(.ja4Fingerprint, [fallback.rawValue])
    }
  }

  // MARK: What has to be reached

  private static let limited: [FieldToMatch.Kind] = [
    .body, .jsonBody, .headers, .headerOrder, .cookies,
  ]

  private static let both: [String] = {
    let kinds: [Statement.Kind] = [
      .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch, .xssMatch,
      .ipSetReference, .geoMatch, .asnMatch, .and, .or, .not,
    ]
    var names = kinds.map(\.rawValue)
    names += FieldToMatch.Kind.allCases.map(\.rawValue)
    names += TextTransformationType.known.map { "step " + $0.wireName }
    names += PositionalConstraint.allCases.map(\.rawValue)
    names += ComparisonOperator.allCases.map(\.rawValue)
    names += SensitivityLevel.allCases.map { "sensitivity " + $0.rawValue }
    names += LabelMatchScope.allCases.map { "scope " + $0.rawValue }
    names += PreParseTextTransformationType.allCases.filter { $0 != .none }
      .map { "before splitting " + $0.rawValue }
    for kind in [Statement.Kind.ipSetReference, .geoMatch, .asnMatch] {
      names.append("\(kind.rawValue) of the client")
      names += FallbackBehavior.allCases.map {
        "\(kind.rawValue) forwarded, fallback \($0.rawValue)"
      }
    }
    names += ForwardedIPPosition.allCases.map { "IPSetReferenceStatement \($0.rawValue) forwarded" }
    for kind in limited {
      names += OversizeHandling.allCases.map { "\(kind.rawValue) oversize \($0.rawValue)" }
    }
    for kind in [FieldToMatch.Kind.headers, .cookies] {
      names += ["all", "included", "excluded"].map { "\(kind.rawValue) \($0)" }
    }
    for kind in [FieldToMatch.Kind.headers, .cookies, .jsonBody] {
      names += MatchScope.allCases.map { "\(kind.rawValue) \($0.rawValue)" }
    }
    names += ["JsonBody all", "JsonBody paths"]
    names += ["-", "MATCH", "NO_MATCH", "EVALUATE_AS_STRING"].map { "JsonBody invalid \($0)" }
    for kind in [FieldToMatch.Kind.uriFragment, .ja3Fingerprint, .ja4Fingerprint] {
      names += FallbackBehavior.allCases.map { "\(kind.rawValue) \($0.rawValue)" }
    }
    return names
  }()

  private static let once: [String] =
    limited.map { "\($0.rawValue) over its limit" }
    + [Action.allow, .block, .captcha, .challenge, .monetize].map { "ended by \($0.logName)" }
    + [Action.captcha, .challenge, .monetize].map { "passed \($0.logName)" }
    + [
      "counted rule", "counted group", "rule counted by exclusion", "inserted header",
      "custom response", "geo label of a forwarded address", "managed group", "own group",
    ]
}

/// What the leaves of one web ACL answered, over its records, and what else was seen.
struct LeafAnswers {
  fileprivate(set) var held: [Bool]
  fileprivate(set) var failed: [Bool]
  fileprivate(set) var notes: [String: (held: Bool, failed: Bool)] = [:]

  private static let names: [(OracleNotes, String)] = [
    (.and, Statement.Kind.and.rawValue), (.or, Statement.Kind.or.rawValue),
    (.not, Statement.Kind.not.rawValue), (.label, "scope " + LabelMatchScope.label.rawValue),
    (.namespace, "scope " + LabelMatchScope.namespace.rawValue), (.payment, "passed MONETIZE"),
  ]

  init(_ acl: OracleACL) {
    held = Array(repeating: false, count: acl.leaves.count)
    failed = held
  }

  mutating func note(_ name: String, _ holds: Bool = true) {
    var found = notes[name] ?? (false, false)
    if holds { found.held = true } else { found.failed = true }
    notes[name] = found
  }

  /// Takes over the answers for one record, and what its worlds came to.
  mutating func add(_ record: OracleRecord, _ summary: Oracle.Summary) {
    for (index, answer) in record.answers.enumerated() {
      switch answer?.truth {
      case .yes: held[index] = true
      case .no: failed[index] = true
      case .unknown, nil: break
      }
    }
    for (bit, name) in Self.names {
      if record.held.contains(bit) { note(name) }
      if record.failed.contains(bit) { note(name, false) }
    }
    for field in record.fieldsOverLimit { note("\(field.rawValue) over its limit") }
    guard let world = summary.fillings.first else { return }
    note("ended by \(world.action.logName)")
    for (action, response) in world.responses where response == "0" {
      note("passed \(action.logName)")
    }
    if !world.inserted.isEmpty { note("inserted header") }
    if (world.responseCode ?? 0) < 402, (world.responseCode ?? 0) > 0 { note("custom response") }
    if world.labels.contains(where: { $0.hasPrefix("awswaf:forwardedip:") }) {
      note("geo label of a forwarded address")
    }
    for name in world.counted {
      let isGroup = record.acl.tops.contains { $0.name == name && !$0.groupID.isEmpty }
      note(isGroup ? "counted group" : "counted rule")
    }
    for entry in world.groups {
      if entry.contains(" excluded") { note("rule counted by exclusion") }
      note(entry.hasPrefix("AWS#") ? "managed group" : "own group")
    }
  }
}
