/// Compares a predicted record with the part of one that a case expects.
///
/// Gives a line for each difference; none where the record agrees.
func differences(
  actual: JSONValue?, expected: JSONValue, at path: String = ""
) -> [String] {
  switch expected {
  case .object(let members):
    guard case .object? = actual else { return [mismatch(actual, expected, path)] }
    return members.sorted { $0.key < $1.key }.flatMap { key, value in
      differences(actual: actual?[key], expected: value, at: "\(path)/\(key)")
    }
  case .array(let elements):
    if elements.isEmpty, actual == nil || actual == .null || actual == .array([]) { return [] }
    let found = actual?.elements ?? []
    if let lax = laxLists[path] {
      let missing = elements.filter { wanted in
        !found.contains { differences(actual: $0, expected: wanted).isEmpty }
      }
      let isSurplus = lax == .set && found.count != elements.count || elements.isEmpty
      return missing.isEmpty && !isSurplus ? [] : [mismatch(actual, expected, path)]
    }
    guard found.count == elements.count else { return [mismatch(actual, expected, path)] }
    return elements.indices.flatMap {
      differences(actual: found[$0], expected: elements[$0], at: "\(path)/\($0)")
    }
  case .null:
    let isNothing = actual == nil || actual == .null || actual == .array([])
    return isNothing ? [] : [mismatch(actual, expected, path)]
  case .bool, .number, .string:
    return actual == expected ? [] : [mismatch(actual, expected, path)]
  }
}

private enum Lax {
  /// The same members in any order.
  case set
  /// The expected members are among the actual ones; none expected means none at all.
  case subset
}

private let laxLists: [String: Lax] = [
  "/wafcast/possible": .set, "/wafcast/needs": .subset, "/wafcast/open": .subset,
  "/wafcast/assumptions": .subset,
]

private func mismatch(_ actual: JSONValue?, _ expected: JSONValue, _ path: String) -> String {
  "\(path): expected \(expected), got \(actual?.description ?? "nothing")"
}
