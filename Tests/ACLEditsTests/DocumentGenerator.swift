import DocumentTree
import TestSupport

/// Makes web ACLs and texts of them in many styles.
struct DocumentGenerator {
  static let groupRules = [
    "NoUserAgent_HEADER", "SizeRestrictions_BODY", "GenericLFI_BODY", "CrossSiteScripting_COOKIE",
  ]
  static let actions = ["Count", "Block", "Allow", "Captcha", "Challenge"]

  var random: SplitMix

  mutating func flip(_ percent: Int = 50) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }

  // MARK: Trees

  mutating func webACL() -> Node {
    var rules: [Node] = []
    var priority = 0
    for index in 0..<Int.random(in: 0...5, using: &random) {
      priority += Int.random(in: 1...3, using: &random)
      rules.append(rule("rule-\(index)", priority))
    }
    var members = [
      Node.Member(key: "Name", value: Node(.string("shop"))),
      Node.Member(key: "DefaultAction", value: action("Allow")),
      Node.Member(key: "Rules", value: Node(.array(rules))),
      Node.Member(key: "VisibilityConfig", value: visibility("shop")),
    ]
    if flip(30) { members.shuffle(using: &random) }
    let acl = Node(.object(members))
    return flip(30)
      ? Node(.object([Node.Member(key: "WebACL", value: acl)])) : acl
  }

  private mutating func rule(_ name: String, _ priority: Int) -> Node {
    let isGroup = flip()
    var members = [
      Node.Member(key: "Name", value: Node(.string(name))),
      Node.Member(key: "Priority", value: Node(.number("\(priority)"))),
      Node.Member(key: "Statement", value: isGroup ? group() : leaf()),
      Node.Member(key: isGroup ? "OverrideAction" : "Action", value: outcome(isGroup)),
      Node.Member(key: "VisibilityConfig", value: visibility(name)),
    ]
    if flip(30) { members.shuffle(using: &random) }
    return Node(.object(members))
  }

  private mutating func outcome(_ isGroup: Bool) -> Node {
    if isGroup { return action(pick(["None", "Count"])) }
    guard flip(20) else { return action(pick(Self.actions)) }
    return object(
      "Block", object("CustomResponse", object("ResponseCode", Node(.number("404")))))
  }

  private mutating func leaf() -> Node {
    let countries = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      Node(.string(pick(["NO", "DE", "FR"])))
    }
    return object("GeoMatchStatement", object("CountryCodes", Node(.array(countries))))
  }

  private mutating func group() -> Node {
    var members = [
      Node.Member(key: "VendorName", value: Node(.string("AWS"))),
      Node.Member(key: "Name", value: Node(.string("AWSManagedRulesCommonRuleSet"))),
    ]
    let names = Self.groupRules.shuffled(using: &random)
    if flip(30) {
      let entries = names.prefix(Int.random(in: 1...2, using: &random))
        .map { object("Name", Node(.string($0))) }
      members.append(Node.Member(key: "ExcludedRules", value: Node(.array(Array(entries)))))
    }
    if flip(40) {
      let entries = names.suffix(Int.random(in: 0...2, using: &random)).map { name in
        var entry = [
          Node.Member(key: "Name", value: Node(.string(name))),
          Node.Member(key: "ActionToUse", value: action(pick(Self.actions))),
        ]
        if flip(20) { entry.reverse() }
        return Node(.object(entry))
      }
      members.append(Node.Member(key: "RuleActionOverrides", value: Node(.array(Array(entries)))))
    }
    if flip(20) { members.append(Node.Member(key: "ScopeDownStatement", value: leaf())) }
    if flip(30) { members.shuffle(using: &random) }
    return object("ManagedRuleGroupStatement", Node(.object(members)))
  }

  private func visibility(_ name: String) -> Node {
    Node(
      .object([
        Node.Member(key: "SampledRequestsEnabled", value: Node(.bool(true))),
        Node.Member(key: "CloudWatchMetricsEnabled", value: Node(.bool(false))),
        Node.Member(key: "MetricName", value: Node(.string(name))),
      ]))
  }

  private func action(_ word: String) -> Node { object(word, Node(.object([]))) }

  private func object(_ key: String, _ value: Node) -> Node {
    Node(.object([Node.Member(key: key, value: value)]))
  }

  // MARK: JSON

  /// White space of any kind between all tokens, or one of the usual layouts.
  mutating func json(_ node: Node) -> String {
    let lineBreak = pick(["\n", "\n", "\r\n"])
    let unit = pick(["", " ", "  ", "    ", "\t"])
    let inlineHeight = pick([0, 0, 1, 2, 3, 9])
    let colon = pick([": ", ":", " : "])
    let padding = pick(["", "", " "])
    let isWild = flip(15)
    func text(_ node: Node, _ level: String, _ random: inout SplitMix) -> String {
      func space() -> String {
        isWild
          ? ["", " ", "\t", lineBreak, "\(lineBreak)   "].randomElement(using: &random) ?? "" : ""
      }
      let items: [String]
      let inner = level + unit
      switch node.kind {
      case .object(let members) where !members.isEmpty:
        items = members.map {
          JSONWriter.quoted($0.key) + space() + colon + space() + text($0.value, inner, &random)
        }
      case .array(let elements) where !elements.isEmpty:
        items = elements.map { text($0, inner, &random) }
      default: return JSONWriter.compact(node)
      }
      let (open, close) = node.members == nil ? ("[", "]") : ("{", "}")
      if isWild {
        return open + space() + items.joined(separator: space() + "," + space()) + space() + close
      }
      if height(node) <= inlineHeight {
        return open + padding + items.joined(separator: colon == ":" ? "," : ", ") + padding + close
      }
      return open + lineBreak + items.map { inner + $0 }.joined(separator: "," + lineBreak)
        + lineBreak + level + close
    }
    let (mark, end) = (pick(["", "", "\u{FEFF}"]), pick(["", lineBreak]))
    var random = random
    defer { self.random = random }
    return mark + text(node, "", &random) + end
  }

  private func height(_ node: Node) -> Int {
    switch node.kind {
    case .object(let members): 1 + (members.map { height($0.value) }.max() ?? 0)
    case .array(let elements): 1 + (elements.map(height).max() ?? 0)
    default: 0
    }
  }

  // MARK: YAML

  /// Block style with comments and blank lines, and braces for what is small.
  mutating func yaml(_ node: Node) -> String {
    let lineBreak = pick(["\n", "\n", "\r\n"])
    let unit = pick([2, 2, 4])
    let sequence = pick([0, 2])
    let dash = pick(["- ", "- ", "-   "])
    let flowHeight = pick([1, 2, 2, 3])
    let quote = pick(["", "", "\"", "'"])
    let remarks = flip()
    var lines: [String] = []

    func flow(_ node: Node) -> String {
      switch node.kind {
      case .object(let members):
        return "{" + members.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", ") + "}"
      case .array(let elements): return "[" + elements.map(flow).joined(separator: ", ") + "]"
      case .string(let string):
        return string == "NO" && quote.isEmpty ? "'NO'" : quote + string + quote
      default: return JSONWriter.compact(node)
      }
    }
    func remark(_ column: Int, _ random: inout SplitMix) {
      guard remarks, Int.random(in: 0..<8, using: &random) == 0 else { return }
      let text = ["# why", "#- Name: old", "# a: {b"].randomElement(using: &random) ?? ""
      lines.append(
        Bool.random(using: &random) ? "" : String(repeating: " ", count: column) + text)
    }
    func block(_ node: Node, _ column: Int, lead: String, _ random: inout SplitMix) {
      var lead = lead
      let indent = String(repeating: " ", count: column)
      func line(_ text: String, _ random: inout SplitMix) {
        if lead.isEmpty { remark(column, &random) }
        let isTold = remarks && Int.random(in: 0..<10, using: &random) == 0
        lines.append((lead.isEmpty ? indent : lead) + text + (isTold ? "  # so" : ""))
        lead = ""
      }
      for member in node.members ?? [] {
        let value = member.value
        if height(value) <= flowHeight || value.elements?.isEmpty ?? false {
          line("\(member.key): \(flow(value))", &random)
        } else {
          line("\(member.key):", &random)
          block(value, column + (value.elements == nil ? unit : sequence), lead: "", &random)
        }
      }
      for element in node.elements ?? [] {
        if height(element) <= flowHeight {
          line(dash + flow(element), &random)
        } else {
          remark(column, &random)
          block(element, column + dash.count, lead: indent + dash, &random)
        }
      }
    }
    if flip(20) { lines.append("---") }
    var random = random
    block(node, 0, lead: "", &random)
    self.random = random
    if flip(20) { lines.append("# the end") }
    return lines.joined(separator: lineBreak) + pick(["", lineBreak])
  }
}
