package import Diagnostics

extension Node {
  /// The bytes of the value that a pointer leads to, and those of its key.
  package func span(of pointer: JSONPointer) -> SourceMap.Span? {
    var node = self
    var keyRange: Range<Int>?
    for component in pointer.components {
      switch node.kind {
      case .object(let members):
        guard let member = members.first(where: { $0.key == component }) else { return nil }
        node = member.value
        keyRange = member.keyRange
      case .array(let elements):
        guard let index = Int(component), elements.indices.contains(index) else { return nil }
        node = elements[index]
        keyRange = nil
      case .string, .number, .bool, .null:
        return nil
      }
    }
    return SourceMap.Span(value: node.range, key: keyRange)
  }

  /// The node that a pointer leads to.
  package func node(at pointer: JSONPointer) -> Node? {
    var node = self
    for component in pointer.components {
      switch node.kind {
      case .object:
        guard let value = node[component] else { return nil }
        node = value
      case .array(let elements):
        guard let index = Int(component), elements.indices.contains(index) else { return nil }
        node = elements[index]
      case .string, .number, .bool, .null:
        return nil
      }
    }
    return node
  }
}
