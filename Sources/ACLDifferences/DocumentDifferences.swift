import Diagnostics
import DocumentTree
import Findings
import WAFModel

/// How the IP sets, regex pattern sets and rule groups differ that both web ACLs refer to.
///
/// They are the same by their ARN. Another ARN is a change of the rule; documents that nothing refers
/// to change nothing.
struct DocumentDifferences {
  private let old: ACLDocuments
  private let new: ACLDocuments
  private let references: (old: References, new: References)

  init(old: ACLDocuments, new: ACLDocuments) {
    self.old = old
    self.new = new
    references = (References(of: old), References(of: new))
  }

  var changes: [StructuralChange] {
    shared(\.ipSets, \.arn).flatMap { arn, before, after in
      setChanges("IP set", \.name, arn, before, after) { $0.node() }
    }
      + shared(\.regexPatternSets, \.arn).flatMap { arn, before, after in
        setChanges("regex pattern set", \.name, arn, before, after) { $0.node() }
      } + shared(\.ruleGroups, \.arn).flatMap(groupChanges)
  }

  // MARK: Documents of one ARN

  private typealias Pair<Value: Hashable & Sendable> = (
    arn: String, old: Located<Value>?, new: Located<Value>?
  )

  /// The documents of the ARNs that both web ACLs refer to, in the order of the bundles.
  private func shared<Value>(
    _ documents: KeyPath<DocumentBundle, [Located<Value>]>, _ arn: KeyPath<Value, String?>
  ) -> [Pair<Value>] {
    let before = old.bundle[keyPath: documents]
    let after = new.bundle[keyPath: documents]
    var seen: Set<String> = []
    return (after + before).compactMap { $0.value[keyPath: arn] }.filter { arn in
      references.old.rules[arn] != nil && references.new.rules[arn] != nil
        && seen.insert(arn).inserted
    }.map { name in
      (
        name, before.first { $0.value[keyPath: arn] == name },
        after.first { $0.value[keyPath: arn] == name }
      )
    }
  }

  private func title(_ name: String?, _ arn: String) -> String {
    printable(name ?? ARN(arn)?.name ?? arn)
  }

  /// A document that only one side has: the other one's verdicts are open there.
  private func presence<Value>(
    _ subject: String, _ before: Located<Value>?, _ after: Located<Value>?
  ) -> StructuralChange? {
    switch (before, after) {
    case (nil, let document?):
      StructuralChange(
        kind: .added, subject: subject, details: ["the old side has no document for it"],
        location: new.location(document.place()))
    case (let document?, nil):
      StructuralChange(
        kind: .removed, subject: subject, details: ["the new side has no document for it"],
        location: old.location(document.place()))
    default: nil
    }
  }

  private func users(of arn: String) -> String {
    let rules = references.new.rules[arn] ?? []
    let names = rules.prefix(Meaning.shownElements).map { "\"\(printable($0))\"" }
    return "used by " + (rules.count == 1 ? "rule " : "rules ") + names.joined(separator: ", ")
      + (rules.count > names.count ? ", …" : "")
  }

  // MARK: Sets

  /// Members that tell of the document and not of what it holds.
  private static let apart: Set = [
    "ARN", "AvailableLabels", "Capacity", "ConsumedLabels", "CustomResponseBodies", "Description",
    "Id", "LabelNamespace", "LockToken", "Name", "Rules", "Scope", "Tags",
  ]

  private static func content(_ node: Node) -> Meaning {
    let members = (node.members ?? []).filter { !apart.contains($0.key) }
    return Meaning(Node(.object(members)))
  }

  private func setChanges<Value>(
    _ kind: String, _ name: KeyPath<Value, String?>, _ arn: String, _ before: Located<Value>?,
    _ after: Located<Value>?, node: (Value) -> Node
  ) -> [StructuralChange] {
    let known = (after ?? before)?.value[keyPath: name]
    let subject = "\(kind) \"\(title(known, arn))\""
    guard let before, let after else { return presence(subject, before, after).map { [$0] } ?? [] }
    let lines = MemberDifference(
      Self.content(node(before.value)), Self.content(node(after.value))
    ).lines
    guard !lines.isEmpty else { return [] }
    return [
      StructuralChange(
        kind: .changed, subject: subject, details: lines + [users(of: arn)],
        location: new.location(after.place()))
    ]
  }

  // MARK: Rule groups

  private func groupChanges(
    _ arn: String, _ before: Located<RuleGroup>?, _ after: Located<RuleGroup>?
  ) -> [StructuralChange] {
    let group = "rule group \"\(title((after ?? before)?.value.name, arn))\""
    guard let before, let after else { return presence(group, before, after).map { [$0] } ?? [] }
    // The rule of the web ACL, where there is only one that uses the group.
    let users = references.new.rules[arn] ?? []
    let user = users.count == 1 ? users[0] : ""
    let rules = RuleListDifference(ranked(before), ranked(after)).changes(
      subject: { "rule \"\(printable($0.name))\" in \(group)" }, rule: { _ in user },
      old: { old.location(ACLComparison.place(of: $0, in: before)) },
      new: { new.location(ACLComparison.place(of: $0, in: after)) })
    let bodies = customResponseBodyChanges(
      before.value.customResponseBodies, after.value.customResponseBodies, of: " in \(group)",
      oldPlace: { old.location(before.place($0)) }, newPlace: { new.location(after.place($0)) })
    let lines = MemberDifference(
      Self.content(before.value.node()), Self.content(after.value.node())
    ).lines
    let own =
      lines.isEmpty
      ? []
      : [
        StructuralChange(
          kind: .changed, subject: group, details: lines + [self.users(of: arn)],
          location: new.location(after.place()))
      ]
    return rules + bodies + own
  }

  private func ranked(_ group: Located<RuleGroup>) -> [RankedRule] {
    let rules = group.value.rules
    return RankedRule.ranked(rules, at: group.documentIndexes(count: rules.count))
  }
}
