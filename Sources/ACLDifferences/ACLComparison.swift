package import Diagnostics
import DocumentTree
package import Findings
package import WAFModel

/// One side of a comparison: a web ACL, the documents that it refers to, and their texts.
package struct ACLDocuments: Sendable {
  var webACL: Located<WebACL>
  var bundle: DocumentBundle
  var sources: SourceMap

  package init(_ webACL: Located<WebACL>, bundle: DocumentBundle, sources: SourceMap) {
    self.webACL = webACL
    self.bundle = bundle
    self.sources = sources
  }

  func location(_ place: Place) -> Finding.Location {
    let found = sources.location(of: place)
    return Finding.Location(file: place.file, line: found?.line, column: found?.column)
  }

  /// The rules in evaluation order, each with its index in the document.
  fileprivate var rules: [PlacedRule] {
    let indexes = webACL.documentIndexes(count: webACL.value.rules.count)
    return zip(indexes, webACL.value.rules)
      .map { PlacedRule(index: $0, rule: $1.spellingSearchStrings()) }
      .sorted { ($0.rule.priority, $0.index) < ($1.rule.priority, $1.index) }
  }

  fileprivate func location(_ rule: PlacedRule) -> Finding.Location {
    location(webACL.place(JSONPointer(["Rules", String(rule.index)])))
  }
}

private struct PlacedRule {
  var index: Int
  var rule: Rule

  /// The rule without its name and its place in the order.
  var content: Node {
    let node = NodeDifference.normal(rule.node(), member: "")
    return Node(
      .object((node.members ?? []).filter { $0.key != "Name" && $0.key != "VisibilityConfig" }))
  }
}

/// How two web ACLs differ as documents: what a reviewer should read, and nothing of how it is
/// written.
package struct ACLComparison {
  private let old: ACLDocuments
  private let new: ACLDocuments

  package init(old: ACLDocuments, new: ACLDocuments) {
    self.old = old
    self.new = new
  }

  /// The differences: rules in the evaluation order of the new web ACL, then those that are gone,
  /// then what is no rule.
  package var changes: [StructuralChange] {
    ruleChanges + settingChanges + documentChanges
  }

  // MARK: Rules

  private var ruleChanges: [StructuralChange] {
    var gone = old.rules
    var pairs: [(old: PlacedRule?, new: PlacedRule)] = []
    for rule in new.rules {
      if let index = gone.firstIndex(where: { $0.rule.name == rule.rule.name }) {
        pairs.append((gone.remove(at: index), rule))
      } else {
        pairs.append((nil, rule))
      }
    }
    // What has the same content under another name was renamed.
    for index in pairs.indices where pairs[index].old == nil {
      let content = pairs[index].new.content
      if let found = gone.firstIndex(where: { $0.content == content }) {
        pairs[index].old = gone.remove(at: found)
      }
    }
    let moved = moved(pairs.compactMap { pair in pair.old.map { ($0, pair.new) } })
    var changes: [StructuralChange] = []
    for (previous, rule) in pairs {
      guard let previous else {
        changes.append(change(.added, rule, details: [summary(rule)]))
        continue
      }
      if previous.rule.name != rule.rule.name {
        changes.append(
          change(.renamed, rule, details: ["was \"\(printable(previous.rule.name))\""]))
      }
      if moved.contains(rule.index) { changes.append(change(.moved, rule)) }
      var details = NodeDifference(previous.rule.node(), rule.rule.node()).lines
      details.removeAll { $0.hasPrefix("Name: ") }
      if !details.isEmpty { changes.append(change(.changed, rule, details: details)) }
    }
    for rule in gone {
      changes.append(
        StructuralChange(
          kind: .removed, subject: "rule \"\(printable(rule.rule.name))\"", rule: rule.rule.name,
          details: [summary(rule)], location: old.location(rule)))
    }
    return changes
  }

  private func change(
    _ kind: StructuralChange.Kind, _ rule: PlacedRule, details: [String] = []
  ) -> StructuralChange {
    StructuralChange(
      kind: kind, subject: "rule \"\(printable(rule.rule.name))\"", rule: rule.rule.name,
      details: details, location: new.location(rule))
  }

  private func summary(_ rule: PlacedRule) -> String {
    let statement =
      switch rule.rule.statement {
      case .managedRuleGroup(let group): "managed rule group \(printable(group.name))"
      case .ruleGroupReference(let group): "rule group \(printable(group.arn))"
      default: rule.rule.statement.kind?.rawValue ?? "a statement that is not known"
      }
    let node = rule.rule.node()
    let action = node["Action"] ?? node["OverrideAction"]
    return statement + (action.map { ", " + NodeDifference.describe($0, "") } ?? "")
  }

  /// The rules (by index in the new document) that stand otherwise among those that stay: the fewest
  /// of which it can be said.
  private func moved(_ pairs: [(PlacedRule, PlacedRule)]) -> Set<Int> {
    let order = old.rules.map(\.index)
    let places = pairs.map { pair in order.firstIndex(of: pair.0.index) ?? 0 }
    // The longest run of rising places stays; the others moved.
    var best = [Int](repeating: 1, count: places.count)
    var previous = [Int](repeating: -1, count: places.count)
    for index in places.indices {
      for earlier in 0..<index
      where places[earlier] < places[index] && best[earlier] + 1 > best[index] {
        best[index] = best[earlier] + 1
        previous[index] = earlier
      }
    }
    var stays: Set<Int> = []
    var current = best.indices.max { best[$0] < best[$1] } ?? -1
    while current >= 0 {
      stays.insert(current)
      current = previous[current]
    }
    return Set(pairs.indices.filter { !stays.contains($0) }.map { pairs[$0].1.index })
  }

  // MARK: The web ACL itself

  private static let apart: Set = ["Rules", "Name", "ARN", "LabelNamespace", "Scope"]

  private var settingChanges: [StructuralChange] {
    func settings(_ documents: ACLDocuments) -> Node {
      let node = documents.webACL.value.node()
      return Node(.object((node.members ?? []).filter { !Self.apart.contains($0.key) }))
    }
    var byMember: [String: [String]] = [:]
    var order: [String] = []
    for line in NodeDifference(settings(old), settings(new)).lines {
      let member = String(line.prefix { $0 != "." && $0 != ":" })
      if byMember[member] == nil { order.append(member) }
      byMember[member, default: []].append(line)
    }
    return order.map { member in
      let subject = member == "DefaultAction" ? "default action" : member
      return StructuralChange(
        kind: .changed, subject: subject, details: byMember[member] ?? [],
        location: new.location(new.webACL.place(JSONPointer([member]))))
    }
  }

  // MARK: What it refers to

  private var documentChanges: [StructuralChange] {
    documents("IP set", old.bundle.ipSets, new.bundle.ipSets, arn: \.arn, name: \.name) {
      $0.node()
    }
      + documents(
        "regex pattern set", old.bundle.regexPatternSets, new.bundle.regexPatternSets, arn: \.arn,
        name: \.name
      ) { $0.node() }
      + documents(
        "rule group", old.bundle.ruleGroups, new.bundle.ruleGroups, arn: \.arn, name: \.name
      ) { group in
        var group = group
        group.rules = group.rules.map { $0.spellingSearchStrings() }
        return group.node()
      }
  }

  private func documents<Value>(
    _ kind: String, _ old: [Located<Value>], _ new: [Located<Value>], arn: (Value) -> String?,
    name: (Value) -> String?, node: (Value) -> Node
  ) -> [StructuralChange] {
    var changes: [StructuralChange] = []
    for document in new {
      let title = name(document.value) ?? arn(document.value) ?? document.file
      let subject = "\(kind) \"\(printable(title))\""
      let place = self.new.location(document.place())
      guard let previous = old.first(where: { arn($0.value) == arn(document.value) }) else {
        changes.append(StructuralChange(kind: .added, subject: subject, location: place))
        continue
      }
      let lines = NodeDifference(node(previous.value), node(document.value)).lines
      guard !lines.isEmpty else { continue }
      changes.append(
        StructuralChange(kind: .changed, subject: subject, details: lines, location: place))
    }
    for document in old
    where !new.contains(where: { arn($0.value) == arn(document.value) }) {
      let title = name(document.value) ?? arn(document.value) ?? document.file
      changes.append(
        StructuralChange(
          kind: .removed, subject: "\(kind) \"\(printable(title))\"",
          location: self.old.location(document.place())))
    }
    return changes
  }
}
