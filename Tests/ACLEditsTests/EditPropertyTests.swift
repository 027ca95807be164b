import ACLEdits
import Diagnostics
import DocumentTree
import TestSupport
import Testing
import WAFDocuments

/// Random edits of random documents.
@Suite struct EditPropertyTests {
  static let newRule =
    #"{"Name":"new","Statement":{"GeoMatchStatement":{"CountryCodes":["FR"]}},"Action":{"Block":{}},"VisibilityConfig":{"SampledRequestsEnabled":true,"CloudWatchMetricsEnabled":true,"MetricName":"new"}}"#

  @Test(arguments: [false, true])
  func onlyWhatIsMeantChanges(isYAML: Bool) throws {
    var made = 0
    for seed in UInt64(0)..<150 {
      var generator = DocumentGenerator(random: SplitMix(state: seed))
      let tree = generator.webACL()
      let text = isYAML ? generator.yaml(tree) : generator.json(tree)
      let file = isYAML ? "acl.yaml" : "acl.json"
      let before = try parse(Array(text.utf8), file)
      try #require(before.withoutPositions() == tree, "seed \(seed): the generator is wrong")
      for _ in 0..<4 {
        let typed = Self.edit(of: tree, &generator)
        let trial = Trial(document: text, file: file, files: ["new.json": Self.newRule])
        let editor = try trial.edited([typed])
        let after = try parse(editor.bytes, file)
        let wanted = try Self.expected(typed, tree)
        let hint: Comment =
          "seed \(seed), \(typed)\n\(text)\n\(String(decoding: editor.bytes, as: UTF8.self))"
        #expect(after.withoutPositions() == wanted, hint)
        checkBytes(of: before, Array(text.utf8), after, editor.bytes, isJSON: !isYAML, hint)
        #expect(editor.changes.first?.effects.isEmpty == (wanted == tree), hint)
        if wanted == tree { #expect(editor.bytes == Array(text.utf8), hint) }
        made += wanted == tree ? 0 : 1
      }
    }
    #expect(made > 400)
  }

  private func parse(_ bytes: [UInt8], _ file: String) throws -> Node {
    file.hasSuffix("yaml")
      ? try YAMLReader.parse(bytes, file: file) : try JSONParser.parse(bytes, file: file)
  }

  // MARK: Bytes

  /// Every value that is in both trees at one place has the same bytes, and so has what is around
  /// the lists that changed.
  private func checkBytes(
    of before: Node, _ old: [UInt8], _ after: Node, _ new: [UInt8], isJSON: Bool, _ hint: Comment
  ) {
    let (left, right) = (Self.acl(before), Self.acl(after))
    for member in left.members ?? [] where member.key != "Rules" && member.key != "DefaultAction" {
      guard let other = right[member.key] else { continue }
      #expect(old[member.value.range] == new[other.range], hint)
    }
    for rule in left["Rules"]?.elements ?? [] {
      let name = rule["Name"]
      guard
        let other = right["Rules"]?.elements?.first(where: { $0["Name"]?.text == name?.text })
      else { continue }
      guard rule.withoutPositions() != other.withoutPositions() else {
        #expect(old[rule.range] == new[other.range], hint)
        continue
      }
      for member in rule.members ?? [] {
        guard let value = other[member.key],
          value.withoutPositions() == member.value.withoutPositions()
        else { continue }
        #expect(old[member.value.range] == new[value.range], hint)
      }
    }
    // What stands before the first and behind the last place that can change stays.
    let places = ["Rules", "DefaultAction"]
    func start(_ acl: Node) -> Int { places.compactMap { acl[$0]?.range.lowerBound }.min() ?? 0 }
    func end(_ acl: Node) -> Int { places.compactMap { acl[$0]?.range.upperBound }.max() ?? 0 }
    if isJSON {
      #expect(old[..<start(left)] == new[..<start(right)], hint)
      #expect(old[end(left)...] == new[end(right)...], hint)
    } else {
      #expect((old.last == 0x0A) == (new.last == 0x0A), hint)
      #expect(old.contains(0x0D) == new.contains(0x0D), hint)
    }
  }

  private static func acl(_ root: Node) -> Node { root["WebACL"] ?? root }

  // MARK: What is wanted

  private static func edit(of tree: Node, _ generator: inout DocumentGenerator) -> String {
    let rules = acl(tree)["Rules"]?.elements ?? []
    let choice = rules.isEmpty ? generator.pick([0, 1]) : generator.pick([0, 1, 2, 3, 3, 4, 4, 4])
    let rule = rules.isEmpty ? Node(.null) : generator.pick(rules)
    let name = rule["Name"]?.text ?? ""
    let isGroup = rule["OverrideAction"] != nil
    switch choice {
    case 0: return "--default-action \(generator.pick(["allow", "block"]))"
    case 1:
      let used = rules.compactMap { $0["Priority"].map(JSONWriter.compact) }
      let free = (0...20).filter { !used.contains("\($0)") }
      return "--add-rule new.json@\(generator.pick(free))"
    case 2: return "--remove \(name)"
    case 3:
      let words = isGroup ? ["none", "count"] : DocumentGenerator.actions.map { $0.lowercased() }
      return "--set \(name)=\(generator.pick(words))"
    default:
      guard isGroup else { return "--exclude \(name)" }
      let inner = generator.pick(DocumentGenerator.groupRules)
      let word = generator.pick(["none", "count", "count", "block", "allow", "captcha"])
      return "--set \(name)/\(inner)=\(word)"
    }
  }

  /// The tree after an edit, by a way of its own.
  private static func expected(_ typed: String, _ tree: Node) throws -> Node {
    if let inner = tree["WebACL"] {
      return Node(.object([.init(key: "WebACL", value: try expected(typed, inner))]))
    }
    let parts = typed.split(separator: " ").map(String.init)
    var rules = tree["Rules"]?.elements ?? []
    switch parts[0] {
    case "--default-action":
      return with(tree, "DefaultAction", action(parts[1], like: tree["DefaultAction"]))
    case "--remove": rules.removeAll { $0["Name"]?.text == parts[1] }
    case "--add-rule":
      let priority = try #require(Int(parts[1].split(separator: "@")[1]))
      var members =
        try JSONParser.parse(Array(newRule.utf8), file: "").withoutPositions().members ?? []
      members.insert(.init(key: "Priority", value: Node(.number("\(priority)"))), at: 1)
      let index = rules.firstIndex {
        $0["Priority"].map { Int(JSONWriter.compact($0)) ?? 0 } ?? 0 > priority
      }
      rules.insert(Node(.object(members)), at: index ?? rules.count)
    default:
      let setting =
        parts[0] == "--exclude"
        ? [parts[1], "count"] : parts[1].split(separator: "=").map(String.init)
      let names = setting[0].split(separator: "/").map(String.init)
      let index = try #require(rules.firstIndex { $0["Name"]?.text == names[0] })
      if names.count == 2 {
        rules[index] = override(rules[index], names[1], setting[1])
      } else {
        let key = rules[index]["Action"] == nil ? "OverrideAction" : "Action"
        rules[index] = with(rules[index], key, action(setting[1], like: rules[index][key]))
      }
    }
    return with(tree, "Rules", Node(.array(rules)))
  }

  private static func override(_ rule: Node, _ name: String, _ word: String) -> Node {
    guard let statement = rule["Statement"], var body = statement["ManagedRuleGroupStatement"]
    else {
      return rule
    }
    var excluded = body["ExcludedRules"]?.elements ?? []
    var overrides = body["RuleActionOverrides"]?.elements
    let isExcluded = excluded.contains { $0["Name"]?.text == name }
    if word != "count", isExcluded {
      excluded.removeAll { $0["Name"]?.text == name }
      body = with(body, "ExcludedRules", excluded.isEmpty ? nil : Node(.array(excluded)))
    }
    let index = overrides?.firstIndex { $0["Name"]?.text == name }
    switch (word, index) {
    case ("none", let index?):
      overrides?.remove(at: index)
      let rest = overrides ?? []
      body = with(body, "RuleActionOverrides", rest.isEmpty ? nil : Node(.array(rest)))
    case ("none", nil): break
    case (_, let index?):
      guard let old = overrides?[index] else { break }
      overrides?[index] = with(old, "ActionToUse", action(word, like: old["ActionToUse"]))
      body = with(body, "RuleActionOverrides", Node(.array(overrides ?? [])))
    case ("count", nil) where isExcluded: break
    case (_, nil):
      var entry: [Node.Member] = [
        .init(key: "Name", value: Node(.string(name))),
        .init(key: "ActionToUse", value: action(word, like: nil)),
      ]
      if overrides?.last?.members?.first?.key == "ActionToUse" { entry.reverse() }
      body = with(
        body, "RuleActionOverrides", Node(.array((overrides ?? []) + [Node(.object(entry))])))
    }
    return with(rule, "Statement", with(statement, "ManagedRuleGroupStatement", body))
  }

  /// An action of a word, or the old one if it is of that word.
  private static func action(_ word: String, like old: Node?) -> Node {
    let key = word.prefix(1).uppercased() + word.dropFirst()
    if let old, old[key] != nil { return old }
    return Node(.object([.init(key: key, value: Node(.object([])))]))
  }

  private static func with(_ node: Node, _ key: String, _ value: Node?) -> Node {
    var members = node.members ?? []
    let index = members.firstIndex { $0.key == key }
    switch (index, value) {
    case (let index?, let value?): members[index].value = value
    case (let index?, nil): members.remove(at: index)
    case (nil, let value?): members.append(.init(key: key, value: value))
    case (nil, nil): break
    }
    return Node(.object(members))
  }
}
