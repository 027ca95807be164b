import WAFModel

/// A text transformation of a component: work that is charged once, whoever needs it.
///
/// What a component yields makes its identity, not what becomes of a request that does not have
/// it or has too much of it (assumed). Headers are told apart by their names (observed); their
/// case does not matter.
struct SharedTransformation: Hashable {
  private let component: FieldToMatch
  private let preParse: [PreParseTextTransformationType]
  private let type: TextTransformationType

  init(
    _ type: TextTransformationType, of field: FieldToMatch,
    preParse: [PreParseTextTransformation]
  ) {
    self.type = type
    component = Self.identity(of: field)
    // Another query string is split there, so that the arguments are others too (assumed).
    self.preParse = preParse.filter { $0.type != .none }.sorted { $0.priority < $1.priority }
      .map(\.type)
  }

  private static func identity(of field: FieldToMatch) -> FieldToMatch {
    switch field {
    case .singleHeader(let name): return .singleHeader(name: name.lowercased())
    case .singleQueryArgument(let name): return .singleQueryArgument(name: name.lowercased())
    case .cookies(var cookies):
      cookies.oversizeHandling = .continue
      return .cookies(cookies)
    case .headers(var headers):
      headers.oversizeHandling = .continue
      return .headers(headers)
    case .headerOrder(var order):
      order.oversizeHandling = .continue
      return .headerOrder(order)
    case .body(var body):
      body.oversizeHandling = nil
      return .body(body)
    case .jsonBody(var body):
      body.oversizeHandling = nil
      body.invalidFallbackBehavior = nil
      return .jsonBody(body)
    case .ja3Fingerprint(var fingerprint):
      fingerprint.fallbackBehavior = .noMatch
      return .ja3Fingerprint(fingerprint)
    case .ja4Fingerprint(var fingerprint):
      fingerprint.fallbackBehavior = .noMatch
      return .ja4Fingerprint(fingerprint)
    case .uriFragment(var fragment):
      fragment.fallbackBehavior = nil
      return .uriFragment(fragment)
    case .method, .uriPath, .queryString, .allQueryArguments, .opaque: return field
    }
  }
}
