import WAFModel

/// What a label match statement looks for, from the place where it stands.
struct OracleLabelPattern: Hashable {
  var scope: LabelMatchScope
  var key: String
  /// The prefix of the labels of the web ACL or rule group around the statement.
  var context: String

  private var isQualified: Bool { key.hasPrefix("awswaf:") }

  /// Whether `label` satisfies the statement; with `flipped` in the other reading of Q15.
  func matches(_ label: String, flipped: Bool) -> Bool {
    let wanted = flipped || key.hasSuffix(":") ? key : key + ":"
    if isQualified {
      return scope == .label
        ? Self.begins(label, with: key, mayEndInside: false, mustEndThere: true)
        : Self.begins(label, with: wanted, mayEndInside: true, mustEndThere: false)
    }
    guard label.hasPrefix(context) else { return false }
    let rest = String(label.dropFirst(context.count))
    if scope == .label { return rest == key || rest.hasSuffix(":" + key) }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    let namespaces = ":" + parts.dropLast().map { $0 + ":" }.joined()
    return namespaces.contains(":" + wanted)
  }

  /// Whether a label with the prefix `namespace` and an unknown end could satisfy it.
  func couldMatch(namespace: String, flipped: Bool) -> Bool {
    if !isQualified { return namespace.hasPrefix(context) }
    if Self.begins(key, with: namespace, mayEndInside: true, mustEndThere: false) { return true }
    guard scope == .namespace else { return false }
    let wanted = flipped || key.hasSuffix(":") ? key : key + ":"
    return Self.begins(namespace, with: wanted, mayEndInside: true, mustEndThere: false)
  }

  /// What the geo label `namespace` + value says, of which the value is not known.
  ///
  /// - Parameter start: what the value certainly starts with.
  func truthOfGeoLabel(_ namespace: String, start: String, flipped: Bool) -> Truth {
    guard isQualified else { return .no }
    let wanted = flipped || scope == .label || key.hasSuffix(":") ? key : key + ":"
    if scope == .namespace, (namespace + start).hasPrefix(wanted) { return .yes }
    guard wanted.hasPrefix(namespace) else { return .no }
    let value = wanted.dropFirst(namespace.count)
    // A value has no colon, and at least the two letters of a country.
    if value.contains(":") { return .no }
    if !value.hasPrefix(start) && !start.hasPrefix(value) { return .no }
    return scope == .namespace || value.count >= 2 ? .unknown : .no
  }

  /// Compares component by component: `*` is an account or a name that is not known.
  private static func begins(
    _ text: String, with prefix: String, mayEndInside: Bool, mustEndThere: Bool
  ) -> Bool {
    let have = text.split(separator: ":", omittingEmptySubsequences: false)
    let want = prefix.split(separator: ":", omittingEmptySubsequences: false)
    guard have.count >= want.count, !mustEndThere || have.count == want.count else { return false }
    for (index, part) in want.enumerated() {
      if part == have[index] || part == "*" || have[index] == "*" { continue }
      let isLast = index == want.count - 1
      guard isLast, mayEndInside, have[index].hasPrefix(part) else { return false }
    }
    return true
  }
}
