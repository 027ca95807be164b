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
  /// A component that this version can't evaluate, as the document has it.
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
  }

  /// Which component it is; `nil` for one that this version can't evaluate.
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
    case .opaque: nil
    }
  }
}

extension FieldToMatch: TreeReadable, TreeWritable {
  /// Components of AWS WAF that are not built yet.
  static let unbuilt = [
    "Headers", "HeaderOrder", "JsonBody", "JA3Fingerprint", "JA4Fingerprint", "UriFragment",
  ]

  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue) + Self.unbuilt
    guard let union = UnionReader(cursor, in: context, what: "the field to match", names: names)
    else { return nil }
    let value = union.value
    guard let kind = Kind(rawValue: union.name) else {
      if Self.unbuilt.contains(union.name) {
        context.unsupported("the field \(union.name)", at: value.pointer)
      } else {
        context.unknownName(
          "unknown-field", "unknown field to match '\(union.name)'", at: value.pointer,
          focus: .key, suggestion: didYouMean(union.name, among: names))
      }
      self = .opaque(kind: union.name, node: value.node.withoutPositions())
      return
    }
    switch kind {
    case .method: self = .method
    case .uriPath: self = .uriPath
    case .queryString: self = .queryString
    case .allQueryArguments: self = .allQueryArguments
    case .singleHeader, .singleQueryArgument:
      guard var object = ObjectReader(value, in: context) else { return nil }
      let name = object.required("Name", as: String.self)
      object.finish()
      guard let name else { return nil }
      self = kind == .singleHeader ? .singleHeader(name: name) : .singleQueryArgument(name: name)
      return
    case .cookies:
      guard let body = Cookies(reading: value, in: context) else { return nil }
      self = .cookies(body)
      return
    case .body:
      guard let body = Body(reading: value, in: context) else { return nil }
      self = .body(body)
      return
    }
    // The others are empty objects; a `Name` in `Method` is a leftover of the API's examples.
    guard var object = ObjectReader(value, in: context) else { return nil }
    object.finish()
  }

  package func node() -> Node {
    let name = kind?.rawValue ?? ""
    return switch self {
    case .method, .uriPath, .queryString, .allQueryArguments: Node(name, Node.emptyObject)
    case .singleHeader(let header): Node(name, Node("Name", header))
    case .singleQueryArgument(let argument): Node(name, Node("Name", argument))
    case .cookies(let body): Node(name, body)
    case .body(let body): Node(name, body)
    case .opaque(let kind, let node): Node(kind, node)
    }
  }
}
