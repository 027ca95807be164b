import Diagnostics
package import DocumentTree

/// How responses to logins and to requests for new accounts tell of success.
///
/// Exactly one part of the response is looked at. CloudFront only.
public enum ResponseInspection: Hashable, Sendable {
  /// The status code.
  case statusCode(ResponseInspectionStatusCode)
  /// A header.
  case header(ResponseInspectionHeader)
  /// The first 65,536 bytes of the body.
  case bodyContains(ResponseInspectionBodyContains)
  /// The first 65,536 bytes of the body, which is JSON.
  case json(ResponseInspectionJson)

  /// The names of the parts in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The status code.
    case statusCode = "StatusCode"
    /// A header.
    case header = "Header"
    /// The body.
    case bodyContains = "BodyContains"
    /// The JSON body.
    case json = "Json"
  }

  /// Which part is looked at.
  public var kind: Kind {
    switch self {
    case .statusCode: .statusCode
    case .header: .header
    case .bodyContains: .bodyContains
    case .json: .json
    }
  }
}

extension ResponseInspection: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard
      let union = UnionReader(cursor, in: context, what: "the response inspection", names: names)
    else { return nil }
    let value = union.value
    switch Kind(rawValue: union.name) {
    case .statusCode:
      guard let body = ResponseInspectionStatusCode(reading: value, in: context) else { return nil }
      self = .statusCode(body)
    case .header:
      guard let body = ResponseInspectionHeader(reading: value, in: context) else { return nil }
      self = .header(body)
    case .bodyContains:
      guard let body = ResponseInspectionBodyContains(reading: value, in: context) else {
        return nil
      }
      self = .bodyContains(body)
    case .json:
      guard let body = ResponseInspectionJson(reading: value, in: context) else { return nil }
      self = .json(body)
    case nil:
      context.error(
        "unknown-member",
        "the response inspection is one of \(names.joined(separator: ", ")), not '\(union.name)'",
        at: value.pointer, focus: .key, suggestion: didYouMean(union.name, among: names))
      return nil
    }
  }

  package func node() -> Node {
    switch self {
    case .statusCode(let body): Node(kind.rawValue, body)
    case .header(let body): Node(kind.rawValue, body)
    case .bodyContains(let body): Node(kind.rawValue, body)
    case .json(let body): Node(kind.rawValue, body)
    }
  }
}
