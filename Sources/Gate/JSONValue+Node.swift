package import DocumentTree
package import ReportText

extension JSONValue {
  /// The value of a document's node.
  package init(_ node: Node) {
    switch node.kind {
    case .object(let members):
      self = .object(members.map { JSONMember($0.key, JSONValue($0.value)) })
    case .array(let elements): self = .array(elements.map { JSONValue($0) })
    case .string(let text): self = .string(text)
    case .number(let text): self = .number(text)
    case .bool(let value): self = .bool(value)
    case .null: self = .null
    }
  }
}
