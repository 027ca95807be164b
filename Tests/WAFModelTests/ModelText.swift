import Diagnostics
import DocumentTree
import WAFModel

/// Reads a value from JSON text.
func read<Value: TreeReadable>(
  _ type: Value.Type, _ text: String, _ features: ReadingFeatures = []
) throws -> (value: Value?, diagnostics: [Diagnostic]) {
  let node = try JSONParser.parse(Array(text.utf8), file: "acl.json")
  let context = ReadingContext(file: "acl.json", features: features)
  let value = Value(reading: Cursor(node), in: context)
  return (value, context.diagnostics)
}

/// Diagnostics as lines of severity, code, pointer and suggestion.
func summary(_ diagnostics: [Diagnostic]) -> [String] {
  diagnostics.map { diagnostic in
    let pointer = diagnostic.place?.pointer.description ?? ""
    let key = diagnostic.place?.focus == .key ? " (key)" : ""
    let hint = diagnostic.suggestion.map { " -> \($0)" } ?? ""
    return "\(diagnostic.severity.rawValue) \(diagnostic.code) \(pointer)\(key)\(hint)"
  }
}

extension Node {
  /// The value with the members of each object sorted: two of them are equal when the JSON
  /// values are.
  var canonical: Node {
    switch kind {
    case .object(let members):
      Node(
        .object(
          members.map { Member(key: $0.key, value: $0.value.canonical) }
            .sorted { $0.key < $1.key }))
    case .array(let elements): Node(.array(elements.map(\.canonical)))
    case .string, .number, .bool, .null: Node(kind)
    }
  }
}
