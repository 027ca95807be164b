import Diagnostics
public import DocumentTree

/// The request component that a statement inspects.
public enum FieldToMatch: Hashable, Sendable {
  /// The HTTP method.
  case method
  /// The path of the URI, not decoded.
  case uriPath
  /// What follows the `?` of the URI, not decoded.
  case queryString
  /// The values of the header of a name; the name's case does not matter.
  case singleHeader(name: String)
  /// The values of the query arguments of a name; the name's case does not matter.
  case singleQueryArgument(name: String)
  /// The values of all query arguments.
  case allQueryArguments
  /// Selected cookies.
  case cookies(Cookies)
  /// The body as plain bytes.
  case body(Body)
  /// The body as JSON.
  case jsonBody(JsonBody)
  /// Selected headers.
  case headers(Headers)
  /// The names of the headers in their order.
  case headerOrder(HeaderOrder)
  /// The JA3 fingerprint.
  case ja3Fingerprint(JA3Fingerprint)
  /// The JA4 fingerprint.
  case ja4Fingerprint(JA4Fingerprint)
  /// What follows the `#` of the URI.
  case uriFragment(UriFragment)
  /// A component that nobody knows, as the document has it.
  case opaque(kind: String, node: Node)

  /// The names of the components in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The HTTP method.
    case method = "Method"
    /// The path of the URI.
    case uriPath = "UriPath"
    /// The query string.
    case queryString = "QueryString"
    /// One header.
    case singleHeader = "SingleHeader"
    /// One query argument.
    case singleQueryArgument = "SingleQueryArgument"
    /// All query arguments.
    case allQueryArguments = "AllQueryArguments"
    /// Cookies.
    case cookies = "Cookies"
    /// The body.
    case body = "Body"
    /// The body as JSON.
    case jsonBody = "JsonBody"
    /// Headers.
    case headers = "Headers"
    /// The order of the headers.
    case headerOrder = "HeaderOrder"
    /// The JA3 fingerprint.
    case ja3Fingerprint = "JA3Fingerprint"
    /// The JA4 fingerprint.
    case ja4Fingerprint = "JA4Fingerprint"
    /// The fragment of the URI.
    case uriFragment = "UriFragment"
  }

  /// Which component it is; `nil` for one that nobody knows.
  public var kind: Kind? {
    switch self {
    case .method: .method
    case .uriPath: .uriPath
    case .queryString: .queryString
    case .singleHeader: .singleHeader
    case .singleQueryArgument: .singleQueryArgument
    case .allQueryArguments: .allQueryArguments
    case .cookies: .cookies
    case .body: .body
    case .jsonBody: .jsonBody
    case .headers: .headers
    case .headerOrder: .headerOrder
    case .ja3Fingerprint: .ja3Fingerprint
    case .ja4Fingerprint: .ja4Fingerprint
    case .uriFragment: .uriFragment
    case .opaque: nil
    }
  }
}

extension FieldToMatch: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard
      let union = UnionReader(
        cursor, in: context, what: "the field to match", names: Kind.allCases.map(\.rawValue))
    else { return nil }
    let value = union.value
    guard let kind = Kind(rawValue: union.name) else {
      context.unknownName(
        "unknown-field", "unknown field to match '\(union.name)'", at: value.pointer,
        focus: .key, suggestion: didYouMean(union.name, among: Kind.allCases.map(\.rawValue)))
      self = .opaque(kind: union.name, node: value.node.withoutPositions())
      return
    }
    guard let field = Self.read(kind, from: value, in: context) else { return nil }
    self = field
  }

  private static func read(
    _ kind: Kind, from value: Cursor, in context: ReadingContext
  ) -> FieldToMatch? {
    switch kind {
    case .method: empty(.method, value, context)
    case .uriPath: empty(.uriPath, value, context)
    case .queryString: empty(.queryString, value, context)
    case .allQueryArguments: empty(.allQueryArguments, value, context)
    case .singleHeader: name(value, context).map { .singleHeader(name: $0) }
    case .singleQueryArgument: name(value, context).map { .singleQueryArgument(name: $0) }
    case .cookies: Cookies(reading: value, in: context).map(Self.cookies)
    case .body: Body(reading: value, in: context).map(Self.body)
    case .jsonBody: JsonBody(reading: value, in: context).map(Self.jsonBody)
    case .headers: Headers(reading: value, in: context).map(Self.headers)
    case .headerOrder: HeaderOrder(reading: value, in: context).map(Self.headerOrder)
    case .ja3Fingerprint: JA3Fingerprint(reading: value, in: context).map(Self.ja3Fingerprint)
    case .ja4Fingerprint: JA4Fingerprint(reading: value, in: context).map(Self.ja4Fingerprint)
    case .uriFragment: UriFragment(reading: value, in: context).map(Self.uriFragment)
    }
  }

  /// A component whose object has no members; a `Name` in `Method` is a leftover of the API's
  /// examples.
  private static func empty(
    _ field: FieldToMatch, _ value: Cursor, _ context: ReadingContext
  ) -> FieldToMatch? {
    guard var object = ObjectReader(value, in: context) else { return nil }
    object.finish()
    return field
  }

  private static func name(_ value: Cursor, _ context: ReadingContext) -> String? {
    guard var object = ObjectReader(value, in: context) else { return nil }
    let name = object.required("Name", as: String.self)
    object.finish()
    return name
  }

  package func node() -> Node {
    let name = kind?.rawValue ?? ""
    return switch self {
    case .method, .uriPath, .queryString, .allQueryArguments: Node(name, Node.emptyObject)
    case .singleHeader(let header): Node(name, Node("Name", header))
    case .singleQueryArgument(let argument): Node(name, Node("Name", argument))
    case .cookies(let body): Node(name, body)
    case .body(let body): Node(name, body)
    case .jsonBody(let body): Node(name, body)
    case .headers(let body): Node(name, body)
    case .headerOrder(let body): Node(name, body)
    case .ja3Fingerprint(let body): Node(name, body)
    case .ja4Fingerprint(let body): Node(name, body)
    case .uriFragment(let body): Node(name, body)
    case .opaque(let kind, let node): Node(kind, node)
    }
  }
}
