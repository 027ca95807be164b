import WAFModel

/// A field to match as the oracle tells fields apart.
enum OracleField: Hashable {
  case method
  case path
  case query
  case header(String)
  case argument(String)
  case allArguments
  case cookies(CookieSelection, MatchScope, OversizeHandling)
  case body(OversizeHandling)

  enum CookieSelection: Hashable {
    case all
    case only(Set<String>)
    case allBut(Set<String>)
  }

  init?(_ field: FieldToMatch) {
    switch field {
    case .method: self = .method
    case .uriPath: self = .path
    case .queryString: self = .query
    case .singleHeader(let name): self = .header(name.lowercased())
    case .singleQueryArgument(let name): self = .argument(name.lowercased())
    case .allQueryArguments: self = .allArguments
    case .cookies(let cookies):
      let selection: CookieSelection =
        switch cookies.matchPattern {
        case .all: .all
        case .includedCookies(let names): .only(Set(names))
        case .excludedCookies(let names): .allBut(Set(names))
        }
      self = .cookies(selection, cookies.matchScope, cookies.oversizeHandling)
    case .body(let body): self = .body(body.oversizeHandling ?? .continue)
    case .opaque: return nil
    }
  }

  var isBody: Bool {
    if case .body = self { true } else { false }
  }
}

/// A field and the transformations of its values, in the order in which they run.
struct OracleSlot: Hashable {
  var field: OracleField
  var chain: [TextTransformationType]

  init?(_ field: FieldToMatch, _ transformations: [TextTransformation]) {
    guard let field = OracleField(field), transformations.allSatisfy(\.type.isSupported) else {
      return nil
    }
    self.field = field
    chain = transformations.sorted { $0.priority < $1.priority }.map(\.type)
      .filter { $0 != .none }
  }
}

/// A condition that has one answer in each world; equal ones are one condition.
enum OracleLeaf: Hashable {
  case bytes(Int, [UInt8], PositionalConstraint)
  case patterns(Int, [String])
  case size(Int, ComparisonOperator, Int)
  case addresses(String)
  case countries(Set<String>)
  case managed(group: String, rule: String)
  /// Nothing recorded can answer it; the fields that it looks at, where that is known.
  case unknowable(String, OracleField?)
}

/// The components with an inspection limit that a rule looks at.
struct InspectedFields: Hashable {
  var body = false
  var cookies: Set<OracleField> = []
  /// Whether it looks at fields that nobody knows.
  var unknown = false

  mutating func insert(_ field: OracleField) {
    switch field {
    case .body: body = true
    case .cookies: cookies.insert(field)
    default: break
    }
  }

  mutating func formUnion(_ other: InspectedFields) {
    body = body || other.body
    cookies.formUnion(other.cookies)
    unknown = unknown || other.unknown
  }
}

/// A statement as a tree over leaves.
indirect enum OracleNode {
  case leaf(Int)
  case label(OracleLabelPattern)
  case all([OracleNode])
  case any([OracleNode])
  case not(OracleNode)
}
