import ManagedRules
import WAFModel

/// A field to match as the oracle tells fields apart.
enum OracleField: Hashable {
  case method
  case path
  case query
  case fragment(FallbackBehavior?)
  case header(String)
  case headers(NameSelection, MatchScope, OversizeHandling)
  case headerOrder(OversizeHandling)
  case argument(String, [PreParseTextTransformationType])
  case allArguments([PreParseTextTransformationType])
  case cookies(NameSelection, MatchScope, OversizeHandling)
  case body(OversizeHandling)
  case json(JSONChoice)
  case ja3(FallbackBehavior)
  case ja4(FallbackBehavior)

  /// Which headers or cookies are looked at, by name.
  enum NameSelection: Hashable {
    case all
    case only(Set<String>)
    case allBut(Set<String>)

    func contains(_ name: String) -> Bool {
      switch self {
      case .all: true
      case .only(let names): names.contains(name)
      case .allBut(let names): !names.contains(name)
      }
    }
  }

  struct JSONChoice: Hashable {
    /// Nil for all.
    var paths: [String]?
    var scope: MatchScope
    var fallback: BodyParsingFallbackBehavior?
    var handling: OversizeHandling
  }

  init?(_ field: FieldToMatch, _ preParse: [PreParseTextTransformation]) {
    let steps = preParse.sorted { $0.priority < $1.priority }.map(\.type).filter { $0 != .none }
    switch field {
    case .method: self = .method
    case .uriPath: self = .path
    case .queryString: self = .query
    case .uriFragment(let fragment): self = .fragment(fragment.fallbackBehavior)
    case .singleHeader(let name): self = .header(name.lowercased())
    case .headers(let headers):
      self = .headers(
        Self.selection(headers.matchPattern), headers.matchScope, headers.oversizeHandling)
    case .headerOrder(let order): self = .headerOrder(order.oversizeHandling)
    case .singleQueryArgument(let name): self = .argument(name.lowercased(), steps)
    case .allQueryArguments: self = .allArguments(steps)
    case .cookies(let cookies):
      self = .cookies(
        Self.selection(cookies.matchPattern), cookies.matchScope, cookies.oversizeHandling)
    case .body(let body): self = .body(body.oversizeHandling ?? .continue)
    case .jsonBody(let body):
      let paths: [String]? =
        if case .includedPaths(let paths) = body.matchPattern { paths } else { nil }
      self = .json(
        JSONChoice(
          paths: paths, scope: body.matchScope, fallback: body.invalidFallbackBehavior,
          handling: body.oversizeHandling ?? .continue))
    case .ja3Fingerprint(let fingerprint): self = .ja3(fingerprint.fallbackBehavior)
    case .ja4Fingerprint(let fingerprint): self = .ja4(fingerprint.fallbackBehavior)
    case .opaque: return nil
    }
  }

  private static func selection(_ pattern: HeaderMatchPattern) -> NameSelection {
    switch pattern {
    case .all: .all
    case .includedHeaders(let names): .only(Set(names.map { $0.lowercased() }))
    case .excludedHeaders(let names): .allBut(Set(names.map { $0.lowercased() }))
    }
  }

  private static func selection(_ pattern: CookieMatchPattern) -> NameSelection {
    switch pattern {
    case .all: .all
    case .includedCookies(let names): .only(Set(names))
    case .excludedCookies(let names): .allBut(Set(names))
    }
  }

  /// Whether it is the body, plain or as JSON.
  var isBody: Bool {
    switch self {
    case .body, .json: true
    default: false
    }
  }

  /// Whether it is there at some types of resource only.
  var hangsOnResource: Bool {
    switch self {
    case .fragment, .ja3, .ja4: true
    default: false
    }
  }
}

/// A field and the transformations of its values, in the order in which they run.
struct OracleSlot: Hashable {
  var field: OracleField
  var chain: [TextTransformationType]

  init?(
    _ field: FieldToMatch, _ transformations: [TextTransformation],
    _ preParse: [PreParseTextTransformation]
  ) {
    guard let field = OracleField(field, preParse) else { return nil }
    self.field = field
    chain = transformations.sorted { $0.priority < $1.priority }.map(\.type)
      .filter { $0 != .none }
    for case .opaque in chain { return nil }
  }
}

/// Where a statement takes an address from.
enum OracleAddressSource: Hashable {
  case client
  case forwarded(header: String, ForwardedIPPosition, FallbackBehavior)

  init(_ config: ForwardedIPConfig?) {
    self =
      config.map { .forwarded(header: $0.headerName.lowercased(), .first, $0.fallbackBehavior) }
      ?? .client
  }

  init(_ config: IPSetForwardedIPConfig?) {
    self =
      config.map {
        .forwarded(header: $0.headerName.lowercased(), $0.position, $0.fallbackBehavior)
      } ?? .client
  }

  var header: String? {
    if case .forwarded(let header, _, _) = self { header } else { nil }
  }
}

/// Whose labels a geo match statement adds.
enum OracleGeoSource: Hashable {
  case client
  case forwarded(header: String)

  init(_ source: OracleAddressSource) {
    self = source.header.map { .forwarded(header: $0) } ?? .client
  }
}

/// What looks for attacks by rules that nobody publishes.
enum OracleDetector: Hashable {
  case sqli(SensitivityLevel)
  case xss
}

/// A condition that has one answer in each world; equal ones are one condition.
enum OracleLeaf: Hashable {
  case bytes(Int, [UInt8], PositionalConstraint)
  case patterns(Int, [String])
  case size(Int, ComparisonOperator, Int)
  case detector(Int, OracleDetector)
  case addresses(String, OracleAddressSource)
  case countries(Set<String>, OracleAddressSource)
  case networks(Set<UInt32>, OracleAddressSource)
  case managed(group: String, rule: String)
  /// What the labels say of a token, or of its CAPTCHA part.
  case token(ManagedRuleRequirement.TokenState, isCaptcha: Bool)
  /// Nothing recorded can answer it; the fields that it looks at, where that is known.
  case unknowable(String, OracleField?)

  var slot: Int? {
    switch self {
    case .bytes(let slot, _, _), .patterns(let slot, _), .size(let slot, _, _),
      .detector(let slot, _):
      slot
    case .addresses, .countries, .networks, .managed, .token, .unknowable: nil
    }
  }

  var source: OracleAddressSource? {
    switch self {
    case .addresses(_, let source), .countries(_, let source), .networks(_, let source): source
    default: nil
    }
  }

  var isSize: Bool {
    if case .size = self { true } else { false }
  }
}

/// The components with an inspection limit that a rule looks at.
struct InspectedFields: Hashable {
  var fields: Set<OracleField> = []
  /// Whether it looks at fields that nobody knows.
  var unknown = false

  mutating func insert(_ field: OracleField) {
    switch field {
    case .body, .json, .cookies, .headers, .headerOrder: fields.insert(field)
    default: break
    }
  }

  mutating func formUnion(_ other: InspectedFields) {
    fields.formUnion(other.fields)
    unknown = unknown || other.unknown
  }
}

/// A statement as a tree over leaves.
indirect enum OracleNode {
  /// A leaf, and whether it stands under an odd number of NOTs.
  case leaf(Int, isNegated: Bool)
  case label(OracleLabelPattern)
  case all([OracleNode])
  case any([OracleNode])
  case not(OracleNode)
}
