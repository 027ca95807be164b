import Diagnostics
package import DocumentTree

/// Whether guardrails of Bedrock look on besides the rules of AI security.
public enum BedrockGuardrails: Hashable, Sendable {
  /// They do not.
  case disable
  /// They look at requests.
  case protectRequestOnly(roleARN: String)
  /// They look at requests and at responses.
  case protectRequestAndResponse(roleARN: String)

  /// The names of the choices in documents.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// No guardrails.
    case disable = "Disable"
    /// Guardrails for requests.
    case protectRequestOnly = "ProtectRequestOnly"
    /// Guardrails for requests and responses.
    case protectRequestAndResponse = "ProtectRequestAndResponse"
  }

  /// Which choice it is.
  public var kind: Kind {
    switch self {
    case .disable: .disable
    case .protectRequestOnly: .protectRequestOnly
    case .protectRequestAndResponse: .protectRequestAndResponse
    }
  }
}

extension BedrockGuardrails: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    let names = Kind.allCases.map(\.rawValue)
    guard let union = UnionReader(cursor, in: context, what: "the guardrails", names: names)
    else { return nil }
    guard let kind = Kind(rawValue: union.name) else {
      context.error(
        "unknown-member",
        "the guardrails are one of \(names.joined(separator: ", ")), not '\(union.name)'",
        at: union.value.pointer, focus: .key, suggestion: didYouMean(union.name, among: names))
      return nil
    }
    guard var object = ObjectReader(union.value, in: context) else { return nil }
    let role = kind == .disable ? nil : object.required("RoleArn", as: String.self)
    object.finish()
    switch kind {
    case .disable: self = .disable
    case .protectRequestOnly:
      guard let role else { return nil }
      self = .protectRequestOnly(roleARN: role)
    case .protectRequestAndResponse:
      guard let role else { return nil }
      self = .protectRequestAndResponse(roleARN: role)
    }
  }

  package func node() -> Node {
    switch self {
    case .disable: Node(kind.rawValue, Node.emptyObject)
    case .protectRequestOnly(let role), .protectRequestAndResponse(let role):
      Node(kind.rawValue, Node("RoleArn", role))
    }
  }
}
