import DocumentTree
import WAFModel

extension StatementGenerator {
  mutating func probe(withoutFingerprints: Bool = false) -> Probe {
    var (field, value) = component()
    if withoutFingerprints {
      while field.kind == .ja3Fingerprint || field.kind == .ja4Fingerprint {
        (field, value) = component()
      }
    }
    var probe = Probe(field: field, steps: transformations(), value: value)
    switch field {
    case .singleQueryArgument, .allQueryArguments:
      if dice.chance(35) { probe.preParse = preParse() }
    default: break
    }
    for step in probe.steps.sorted(by: { $0.priority < $1.priority }) {
      probe.value = NaiveTransformations.apply(step.type, to: probe.value, flipping: [])
    }
    return probe
  }

  private mutating func value() -> [UInt8] { dice.pick(scene.values) }

  private mutating func text(_ texts: [String]) -> [UInt8] { Array(dice.pick(texts).utf8) }

  /// A component, and a value that records give it.
  private mutating func component() -> (FieldToMatch, [UInt8]) {
    switch dice.below(26) {
    case 0: (.method, text(["GET", "POST", "get"]))
    case 1..<4:
      (.uriPath, dice.chance(50) ? text(Vocabulary.paths) : Array("/".utf8) + value())
    case 4:
      (.queryString, dice.chance(50) ? text(Vocabulary.queries) : Array("a=".utf8) + value())
    case 5..<8: header()
    case 8, 9: (.singleQueryArgument(name: dice.pick(Vocabulary.arguments)), argument())
    case 10, 11: (.allQueryArguments, argument())
    case 12, 13: cookies()
    case 14..<16:
      (
        .body(Body(oversizeHandling: dice.pick([nil, .continue, .match, .noMatch]))),
        dice.chance(40) ? text(Vocabulary.bodies) : value()
      )
    case 16..<20: json()
    case 20, 21: headers()
    case 22:
      (
        .headerOrder(HeaderOrder(oversizeHandling: dice.pick(OversizeHandling.allCases))),
        text(Vocabulary.headerOrders)
      )
    case 23:
      (
        .uriFragment(UriFragment(fallbackBehavior: dice.pick([nil, .match, .noMatch]))),
        dice.chance(50) ? text(Vocabulary.fragments) : value()
      )
    case 24: fingerprint()
    default:
      dice.chance(15)
        ? (.opaque(kind: "Future", node: Node.emptyObject), [])
        : (.uriPath, text(Vocabulary.paths))
    }
  }

  private mutating func header() -> (FieldToMatch, [UInt8]) {
    let name = dice.pick(["user-agent", "X-Team", "host", "cookie", "x-team"])
    let known = Vocabulary.headers.first { $0.name.lowercased() == name.lowercased() }
    guard let known, dice.chance(50) else { return (.singleHeader(name: name), value()) }
    return (.singleHeader(name: name), text(known.values))
  }

  private mutating func argument() -> [UInt8] {
    dice.chance(50) ? value() : text(["1", "x", "admin", "1,3", "red", "2", "x y", ""])
  }

  private mutating func cookies() -> (FieldToMatch, [UInt8]) {
    let names = (0..<dice.count(1...2)).map { _ in dice.pick(Vocabulary.cookieNames) }
    let pattern = dice.pick([
      CookieMatchPattern.all, .includedCookies(names), .excludedCookies(names),
    ])
    let field = Cookies(
      matchPattern: pattern, matchScope: dice.pick(MatchScope.allCases),
      oversizeHandling: dice.pick(OversizeHandling.allCases))
    return (
      .cookies(field), dice.chance(50) ? text(["sid", "theme", "red", "admin", "1"]) : value()
    )
  }

  private mutating func headers() -> (FieldToMatch, [UInt8]) {
    let names = (0..<dice.count(1...2)).map { _ in dice.pick(Vocabulary.headerNames) }
    let pattern = dice.pick([
      HeaderMatchPattern.all, .includedHeaders(names), .excludedHeaders(names),
    ])
    let field = Headers(
      matchPattern: pattern, matchScope: dice.pick(MatchScope.allCases),
      oversizeHandling: dice.pick(OversizeHandling.allCases))
    return (
      .headers(field),
      dice.chance(50) ? text(["User-Agent", "x-team", "red", "shop.example", "curl"]) : value()
    )
  }

  private mutating func json() -> (FieldToMatch, [UInt8]) {
    let paths = (0..<dice.count(1...2)).map { _ in dice.pick(Vocabulary.jsonPaths) }
    let field = JsonBody(
      matchPattern: dice.chance(50) ? .all : .includedPaths(paths),
      matchScope: dice.pick(MatchScope.allCases),
      invalidFallbackBehavior: dice.pick([nil, .match, .noMatch, .evaluateAsString]),
      oversizeHandling: dice.pick([nil, .continue, .match, .noMatch]))
    return (
      .jsonBody(field),
      dice.chance(40) ? text(["a", "b", "e", "1", "true", "red", "-1.5e3", "null", "12"]) : value()
    )
  }

  private mutating func fingerprint() -> (FieldToMatch, [UInt8]) {
    let fallback = dice.pick(FallbackBehavior.allCases)
    return dice.chance(50)
      ? (.ja3Fingerprint(JA3Fingerprint(fallbackBehavior: fallback)), text(Vocabulary.ja3))
      : (.ja4Fingerprint(JA4Fingerprint(fallbackBehavior: fallback)), text(Vocabulary.ja4))
  }

  // MARK: Transformations

  /// Those that later ones still have something to do behind.
  private static let usual: [TextTransformationType] = [
    .none, .lowercase, .urlDecode, .urlDecodeUni, .htmlEntityDecode, .compressWhiteSpace,
    .normalizePath, .base64Decode, .removeNulls,
  ]

  private mutating func transformations() -> [TextTransformation] {
    guard dice.chance(65) else { return [TextTransformation(priority: 0, type: .none)] }
    var list: [TextTransformation] = []
    for index in 0..<dice.count(1...3) {
      // Priorities fall here and rise there: their order counts, not that of the list.
      let priority = dice.chance(50) ? index : 10 - index
      var type = dice.pick(dice.chance(40) ? Self.usual : TextTransformationType.known)
      if dice.chance(1) { type = .opaque("FUTURE") }
      list.append(TextTransformation(priority: priority, type: type))
    }
    return list
  }

  private mutating func preParse() -> [PreParseTextTransformation] {
    (0..<dice.count(1...2)).map { index in
      PreParseTextTransformation(
        priority: dice.chance(50) ? index : 10 - index,
        type: dice.pick(PreParseTextTransformationType.allCases))
    }
  }
}
