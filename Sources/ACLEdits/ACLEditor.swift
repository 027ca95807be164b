package import Diagnostics
import DocumentTree
import Foundation
package import ManagedRules
import WAFDocuments

/// Makes changes to the document of a web ACL.
///
/// JSON is changed in place, as text; each change is made on the tree as well, and the text must say
/// the same, so that a document is never broken in silence. YAML is changed as a tree and comes out as
/// JSON: good to be tried, not to be written back.
package struct ACLEditor {
  private var text: JSONText
  private var root: Node
  private let file: String
  private let catalogue: RulesetCatalogue
  private let innerNames: (String) -> [String]?
  private var webACL = TreePath()
  /// Whether the bytes are the document's own, changed in place.
  package let keepsFormat: Bool

  /// - Parameters:
  ///   - bytes: the document of a web ACL.
  ///   - file: its name; the extension tells JSON from YAML.
  ///   - innerNames: the rules of a rule group of one's own by its ARN; nil where it is not at hand.
  /// - Throws: where the document is no web ACL.
  package init(
    _ bytes: [UInt8], file: String, catalogue: RulesetCatalogue,
    innerNames: @escaping (String) -> [String]?
  ) throws(Diagnostic) {
    let isYAML = [".yaml", ".yml"].contains { file.lowercased().hasSuffix($0) }
    var bytes = bytes
    if isYAML {
      let tree = try YAMLReader.parse(bytes, file: file)
      bytes = Array((JSONWriter.pretty(tree) + "\n").utf8)
    }
    root = try JSONParser.parse(bytes, file: file)
    text = JSONText(bytes, root)
    keepsFormat = !isYAML
    self.file = file
    self.catalogue = catalogue
    self.innerNames = innerNames
    if let inner = root["WebACL"], inner["Rules"] != nil || inner["DefaultAction"] != nil {
      webACL = webACL.key("WebACL")
    }
    guard root.value(at: webACL)?.members != nil else {
      throw .error("not-a-web-acl", "'\(file)' has no web ACL that could be changed")
    }
  }

  /// The document with all changes so far.
  package var bytes: [UInt8] { text.bytes }

  /// Makes a change.
  package mutating func apply(_ edit: ACLEdit) throws(ACLEditError) {
    for operation in try operations(edit) {
      let wanted = root.applying(operation).withoutPositions()
      text.apply(operation, root)
      guard let found = try? JSONParser.parse(text.bytes, file: file),
        found.withoutPositions() == wanted
      else {
        throw ACLEditError("\(edit.text) can't be made in '\(file)': its layout is unusual")
      }
      root = found
    }
  }

  private func operations(_ edit: ACLEdit) throws(ACLEditError) -> [TreeOperation] {
    switch edit {
    case .set(let rule, let action): return try setting(rule, action)
    case .exclude(let rule): return try setting(rule, "count")
    case .defaultAction(let action):
      let place = webACL.key("DefaultAction")
      if root.value(at: place)?[action] != nil { return [] }
      return [.set(place, .word(action))]
    case .remove(let name):
      guard let index = rules.firstIndex(where: { $0["Name"]?.text == name }) else {
        throw unknownRule(
          name, name.contains("/") ? "; a rule inside a group is taken out with --exclude" : "")
      }
      return [.remove(rulesPath.index(index))]
    case .add(let file, let priority): return [try adding(file, priority)]
    }
  }

  // MARK: Rules

  private var rulesPath: TreePath { webACL.key("Rules") }
  private var rules: [Node] { root.value(at: rulesPath)?.elements ?? [] }

  private static let groupStatements = ["ManagedRuleGroupStatement", "RuleGroupReferenceStatement"]

  private func setting(
    _ name: String, _ action: String
  ) throws(ACLEditError) -> [TreeOperation] {
    if let index = rules.firstIndex(where: { $0["Name"]?.text == name }) {
      return try settingTop(index, action)
    }
    let found = try innerRule(name)
    return settingInner(found.top, found.statement, found.name, action)
  }

  private func settingTop(_ index: Int, _ action: String) throws(ACLEditError) -> [TreeOperation] {
    let rule = rulesPath.index(index)
    let name = rules[index]["Name"]?.text ?? ""
    if Self.groupStatements.contains(where: { rules[index]["Statement"]?[$0] != nil }) {
      guard action == "count" || action == "none" else {
        throw ACLEditError(
          "'\(name)' refers to a rule group: its override is count or none; --set "
            + "'\(name)/RULE=\(action)' sets one of its rules")
      }
      let word = action == "count" ? "Count" : "None"
      if rules[index]["OverrideAction"]?[word] != nil { return [] }
      return [.set(rule.key("OverrideAction"), .word(word))]
    }
    guard action != "none" else {
      throw ACLEditError(
        "'\(name)' has an action of its own: none is for overrides; --remove takes a rule out")
    }
    let word = Self.word(action)
    // An action that is there already keeps its custom response.
    if rules[index]["Action"]?[word] != nil { return [] }
    return [.set(rule.key("Action"), .word(word))]
  }

  private func settingInner(
    _ top: Int, _ statement: String, _ name: String, _ action: String
  ) -> [TreeOperation] {
    let path = rulesPath.index(top).key("Statement").key(statement)
    let body = root.value(at: path)
    var operations: [TreeOperation] = []
    let excluded = body?["ExcludedRules"]?.elements ?? []
    let overrides = body?["RuleActionOverrides"]?.elements ?? []
    let isExcluded = excluded.firstIndex { $0["Name"]?.text == name }
    let override = overrides.firstIndex { $0["Name"]?.text == name }
    if action == "count", override == nil, isExcluded != nil { return [] }
    if let isExcluded, action != "count" {
      operations.append(Self.removal(isExcluded, of: path.key("ExcludedRules"), excluded))
    }
    let list = path.key("RuleActionOverrides")
    if action == "none" {
      if let override { operations.append(Self.removal(override, of: list, overrides)) }
      return operations
    }
    let word = Self.word(action)
    if let override {
      if overrides[override]["ActionToUse"]?[word] == nil {
        operations.append(.set(list.index(override).key("ActionToUse"), .word(word)))
      }
      return operations
    }
    let entry = Node(
      .object([
        Node.Member(key: "Name", value: Node(.string(name))),
        Node.Member(key: "ActionToUse", value: .word(word)),
      ]))
    operations.append(
      body?["RuleActionOverrides"]?.elements == nil
        ? .set(list, Node(.array([entry]))) : .append(list, entry))
    return operations
  }

  /// Takes an element away, and with the last one its list, which nobody would write empty.
  private static func removal(
    _ index: Int, of list: TreePath, _ elements: [Node]
  ) -> TreeOperation {
    elements.count == 1 ? .remove(list) : .remove(list.index(index))
  }

  private static func word(_ action: String) -> String {
    action.prefix(1).uppercased() + action.dropFirst()
  }

  // MARK: Names

  private struct InnerRule {
    var top: Int
    var statement: String
    var name: String
  }

  /// The group statements, with the names that they can be called by and those of their rules.
  private var groups: [(top: Int, statement: String, names: [String], inner: [String]?)] {
    rules.enumerated().compactMap { index, rule in
      guard let statement = Self.groupStatements.first(where: { rule["Statement"]?[$0] != nil }),
        let body = rule["Statement"]?[statement]
      else { return nil }
      let names = [rule["Name"]?.text, body["Name"]?.text].compactMap { $0 }
      let inner: [String]?
      if let arn = body["ARN"]?.text {
        inner = innerNames(arn)
      } else {
        inner = catalogue.group(
          vendorName: body["VendorName"]?.text ?? "", name: body["Name"]?.text ?? ""
        )
        .map { $0.rules.map(\.name) }
      }
      return (index, statement, names, inner)
    }
  }

  private func innerRule(_ text: String) throws(ACLEditError) -> InnerRule {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    if parts.count == 2 {
      // The name of a rule of the web ACL is the nearer one; a group may be referred to twice.
      let named = groups.filter { $0.names.contains(parts[0]) }
      let own = named.filter { rules[$0.top]["Name"]?.text == parts[0] }
      let meant = own.isEmpty ? named : own
      guard let group = meant.first else { throw unknownRule(text) }
      guard meant.count == 1 else {
        throw ACLEditError(
          "several rules refer to the group '\(parts[0])'",
          suggestion: group.names.first.map { "\($0)/\(parts[1])" })
      }
      if let inner = group.inner, !inner.contains(parts[1]) {
        throw ACLEditError(
          "'\(parts[0])' has no rule '\(parts[1])'", suggestion: didYouMean(parts[1], among: inner))
      }
      return InnerRule(top: group.top, statement: group.statement, name: parts[1])
    }
    let having = groups.filter { $0.inner?.contains(text) ?? false }
    guard let group = having.first else { throw unknownRule(text) }
    guard having.count == 1 else {
      throw ACLEditError(
        "several groups have a rule '\(text)'",
        suggestion: having[0].names.first.map { "\($0)/\(text)" })
    }
    return InnerRule(top: group.top, statement: group.statement, name: text)
  }

  private func unknownRule(_ name: String, _ advice: String = "") -> ACLEditError {
    let tops = rules.compactMap { $0["Name"]?.text }
    let all = tops + groups.flatMap { $0.inner ?? [] }
    return ACLEditError(
      "the web ACL has no rule '\(name)'\(advice)", suggestion: didYouMean(name, among: all))
  }

  // MARK: New rules

  private func adding(_ path: String, _ priority: Int) throws(ACLEditError) -> TreeOperation {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ACLEditError("the file '\(path)' can't be read")
    }
    var rule: Node
    do throws(Diagnostic) {
      let isYAML = [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
      rule =
        try isYAML
        ? YAMLReader.parse(Array(data), file: path) : JSONParser.parse(Array(data), file: path)
    } catch {
      throw ACLEditError(error.description)
    }
    guard let name = rule["Name"]?.text, rule["Statement"] != nil else {
      throw ACLEditError(
        "'\(path)' is no rule: it must have Name, Statement and an action"
          + (rule.members?.contains { $0.key.hasSuffix("Statement") } ?? false
            ? "; a statement alone goes into Statement" : ""))
    }
    for other in rules {
      if other["Name"]?.text == name {
        throw ACLEditError("the web ACL has a rule '\(name)' already")
      }
      if case .number(let text)? = other["Priority"]?.kind, Int(text) == priority {
        throw ACLEditError(
          "the rule '\(other["Name"]?.text ?? "")' has the priority \(priority) already")
      }
    }
    rule = rule.applying(.set(TreePath([.key("Priority")]), Node(.number("\(priority)"))))
      .withoutPositions()
    if root.spellsSearchStringsInBase64 { rule = rule.spellingSearchStringsInBase64() }
    return root.value(at: rulesPath)?.elements == nil
      ? .set(rulesPath, Node(.array([rule]))) : .append(rulesPath, rule)
  }
}

extension Node {
  /// An action: an object with one empty member.
  fileprivate static func word(_ name: String) -> Node {
    Node(.object([Member(key: name, value: Node(.object([])))]))
  }
}
