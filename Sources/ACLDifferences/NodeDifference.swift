import Diagnostics
import DocumentTree

/// How two values of a wafv2 document differ, member by member; what means the same is the same.
struct NodeDifference {
  /// `Statement.NotStatement.SearchString: "/a" → "/b"`.
  private(set) var lines: [String] = []

  init(_ old: Node, _ new: Node) {
    compare(Self.normal(old, member: ""), Self.normal(new, member: ""), at: "")
  }

  // MARK: What means the same

  /// Members that say nothing of what the web ACL does, or that are compared elsewhere.
  private static let ignored: Set = [
    "Id", "LockToken", "Capacity", "Description", "ARN", "Tags", "Priority",
  ]

  /// Lists whose order means nothing.
  private static let unordered: Set = [
    "Addresses", "CountryCodes", "AsnList", "RegularExpressionList", "Statements", "RuleLabels",
    "CustomKeys", "TokenDomains", "IncludedHeaders", "ExcludedHeaders", "IncludedCookies",
    "ExcludedCookies", "IncludedPaths", "DataProtections", "ManagedRuleGroupConfigs",
    "ExemptUriRegularExpressions", "AvailableLabels", "ConsumedLabels",
  ]

  static func normal(_ node: Node, member: String) -> Node {
    switch node.kind {
    case .object(let members):
      var kept = members.filter { !ignored.contains($0.key) || (member == "TextTransformations") }
      if members.contains(where: { $0.key == "RuleActionOverrides" || $0.key == "ExcludedRules" }) {
        kept = withOverrides(kept)
      }
      return Node(
        .object(
          kept.map { Node.Member(key: $0.key, value: normal($0.value, member: $0.key)) }
            .filter { !isEmptyList($0.value) }.sorted { $0.key < $1.key }))
    case .array(let elements):
      var parts = elements
      if member == "TextTransformations" || member == "PreParseTextTransformations" {
        // They are ordered by their numbers, whatever those are.
        parts = parts.sorted { priority($0) < priority($1) }.map { part in
          Node(.object((part.members ?? []).filter { $0.key != "Priority" }))
        }
      }
      parts = parts.map { normal($0, member: member) }
      if unordered.contains(member) { parts.sort { describe($0, "") < describe($1, "") } }
      return Node(.array(parts))
    case .string, .number, .bool, .null: return Node(node.kind)
    }
  }

  private static func isEmptyList(_ node: Node) -> Bool { node.elements?.isEmpty ?? false }

  private static func priority(_ node: Node) -> Int {
    if case .number(let text)? = node["Priority"]?.kind { Int(text) ?? 0 } else { 0 }
  }

  /// Overrides by the rule's name: an excluded rule is one that is overridden to Count.
  private static func withOverrides(_ members: [Node.Member]) -> [Node.Member] {
    var actions: [(name: String, action: Node)] = []
    for element in members.first(where: { $0.key == "RuleActionOverrides" })?.value.elements ?? [] {
      guard let name = element["Name"]?.text, let action = element["ActionToUse"] else { continue }
      actions.append((name, action))
    }
    for element in members.first(where: { $0.key == "ExcludedRules" })?.value.elements ?? [] {
      guard let name = element["Name"]?.text, !actions.contains(where: { $0.name == name }) else {
        continue
      }
      let count = Node(.object([Node.Member(key: "Count", value: Node(.object([])))]))
      actions.append((name, count))
    }
    let others = members.filter { $0.key != "RuleActionOverrides" && $0.key != "ExcludedRules" }
    guard !actions.isEmpty else { return others }
    let byName = Node(.object(actions.map { Node.Member(key: $0.name, value: $0.action) }))
    return others + [Node.Member(key: "RuleActionOverrides", value: byName)]
  }

  // MARK: Comparing

  private mutating func compare(_ old: Node, _ new: Node, at path: String) {
    guard old != new else { return }
    let member = String(path.split(separator: ".").last ?? "")
    switch (old.kind, new.kind) {
    case (.object(let left), .object(let right)):
      if isOneWord(left, right) { return add(path, old, new) }
      for name in (left + right).map(\.key).reduced() {
        let here = path.isEmpty ? name : "\(path).\(name)"
        switch (left.first { $0.key == name }?.value, right.first { $0.key == name }?.value) {
        case (let old?, let new?): compare(old, new, at: here)
        case (let old?, nil): lines.append("\(here): \(Self.describe(old, name)) removed")
        case (nil, let new?): lines.append("\(here): \(Self.describe(new, name)) added")
        case (nil, nil): break
        }
      }
    case (.array(let left), .array(let right)):
      if Self.unordered.contains(member) {
        compareSets(left, right, at: path, member)
      } else if left.count == right.count {
        for (index, pair) in zip(left, right).enumerated() {
          compare(pair.0, pair.1, at: "\(path).\(index)")
        }
      } else {
        add(path, old, new)
      }
    default: add(path, old, new)
    }
  }

  /// Whether two unions have another member each, as `Block` and `Count`: then they are told whole.
  private func isOneWord(_ left: [Node.Member], _ right: [Node.Member]) -> Bool {
    left.count == 1 && right.count == 1 && left[0].key != right[0].key
  }

  private mutating func compareSets(
    _ old: [Node], _ new: [Node], at path: String, _ member: String
  ) {
    var removed = old
    var added: [Node] = []
    for element in new {
      if let index = removed.firstIndex(of: element) {
        removed.remove(at: index)
      } else {
        added.append(element)
      }
    }
    if removed.count == 1, added.count == 1, removed[0].members != nil, added[0].members != nil {
      return compare(removed[0], added[0], at: "\(path)[]")
    }
    func list(_ nodes: [Node], _ sign: String) -> [String] {
      let shown = nodes.prefix(4).map { Self.describe($0, member) }.joined(separator: ", ")
      guard !nodes.isEmpty else { return [] }
      let rest = nodes.count > 4 ? ", …" : ""
      return ["\(sign)\(nodes.count) (\(shown)\(rest))"]
    }
    lines.append("\(path): " + (list(added, "+") + list(removed, "-")).joined(separator: ", "))
  }

  private mutating func add(_ path: String, _ old: Node, _ new: Node) {
    let member = String(path.split(separator: ".").last ?? "")
    lines.append("\(path): \(Self.describe(old, member)) → \(Self.describe(new, member))")
  }

  /// A value in a few words.
  static func describe(_ node: Node, _ member: String) -> String {
    let text: String
    switch node.kind {
    case .string(let value):
      text = "\"" + printable(value) + "\""
    case .number(let value): text = value
    case .bool(let value): text = "\(value)"
    case .null: text = "null"
    case .array(let elements):
      text = "[" + elements.map { describe($0, member) }.joined(separator: ", ") + "]"
    case .object(let members):
      if members.count == 1, members[0].value.members?.isEmpty ?? false {
        text = printable(members[0].key)
      } else {
        text =
          "{"
          + members.map { "\(printable($0.key)): \(describe($0.value, $0.key))" }
          .joined(separator: ", ") + "}"
      }
    }
    return text.count > 120 ? text.prefix(119) + "…" : text
  }
}

extension [String] {
  /// Each once, in order.
  fileprivate func reduced() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
