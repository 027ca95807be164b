import Bytes
import Diagnostics
import DocumentTree
import WAFDocuments
import WAFModel

/// A rule that is read from a file of its own.
struct NewRule {
  /// As it is to be added, but for how its search strings are spelled.
  let node: Node
  let name: String
  let file: String
  /// What is worth knowing about the file.
  let warnings: [Diagnostic]
  /// What its search strings mean, by what the file has for them.
  private let meanings: [String: [UInt8]]
  /// What its search strings mean, in order; nil where that is not known.
  let searchStrings: [[UInt8]]?

  /// - Throws: for a file that is not exactly one rule.
  init(
    _ bytes: [UInt8], file: String, priority: Int, options: LoadingOptions, sources: inout SourceMap
  ) throws(Diagnostic) {
    sources.add(file: file, bytes: bytes)
    let root = try DocumentText(bytes, file: file).root
    sources.add(file: file, bytes: bytes) { root.span(of: $0) }
    name = try Self.name(ofRule: root, file: file)
    self.file = file

    let priority = Node(.number(String(priority)))
    let operation: TreeOperation =
      if root["Priority"] != nil {
        .replace(JSONPointer(["Priority"]), with: priority)
      } else {
        .insertMember(
          Node.Member(key: "Priority", value: priority), into: .root,
          at: (root.index(of: "Name") ?? -1) + 1)
      }
    node = root.applying(operation).withoutPositions()

    // Read with its priority, and as JSON: pointers find what is wrong in the file all the same.
    let loaded = DocumentLoader(options: options)
      .load(aclBytes: Array(JSONWriter.compact(node).utf8), file: file + ".json")
    let found = loaded.diagnostics.filter { $0.code != "assumed-default-action" }
      .map { Self.moved($0, to: file) }
    if let error = found.first(where: { $0.severity == .error }) { throw error }
    warnings = found
    let strings = loaded.webACL?.value.rules.first?.statement.searchStrings
    searchStrings = strings?.map(\.bytes)
    meanings = Dictionary(
      (strings ?? []).filter { $0.spelling == .searchString }.map { ($0.wire, $0.bytes) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func name(ofRule root: Node, file: String) throws(Diagnostic) -> String {
    let advice = "a rule is an object with Name, Statement and Action"
    func refusal(_ what: String, _ notes: [String] = []) -> Diagnostic {
      .error(
        "not-a-rule", "a rule is expected, but this is \(what)", at: Place(file: file),
        notes: notes.isEmpty ? [advice] : notes)
    }
    guard root.members != nil else {
      throw refusal(root.elements == nil ? root.kindInWords : "a list; give one rule a file")
    }
    if root["WebACL"] != nil || root["DefaultAction"] != nil { throw refusal("a web ACL") }
    if root["RuleGroup"] != nil || root["Rules"] != nil { throw refusal("a list of rules") }
    guard root["Statement"] != nil else {
      let isStatement = root.members?.contains { Statement.Kind(rawValue: $0.key) != nil } ?? false
      guard isStatement else { throw refusal("something without Statement") }
      throw refusal(
        "a single statement",
        [#"put a rule around it: {"Name": …, "Statement": {…}, "Action": {"Block": {}}}"#])
    }
    guard let name = root.name, !name.isEmpty else {
      throw root.members?.count == 1
        ? refusal("a single statement", ["a rule has Name and Action as well"])
        : .error("missing-member", "the rule has no 'Name'", at: Place(file: file))
    }
    return name
  }

  /// A diagnostic about the rule in a web ACL of its own as one about its file.
  private static func moved(_ diagnostic: Diagnostic, to file: String) -> Diagnostic {
    guard let place = diagnostic.place else { return diagnostic }
    var components = place.pointer.components
    if components.starts(with: ["Rules", "0"]) { components.removeFirst(2) }
    var diagnostic = diagnostic
    diagnostic.place = Place(file: file, pointer: JSONPointer(components), focus: place.focus)
    return diagnostic
  }

  // MARK: Spellings

  /// Whether a search string could be base64 as well as plain text.
  var isAmbiguous: Bool { warnings.contains(where: Self.isAboutAmbiguity) }

  static func isAboutAmbiguity(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.code == "ambiguous-search-string"
  }

  /// Whether it matters how search strings are read.
  var hasSearchStrings: Bool { node.has("SearchString") }

  /// The rule in every spelling that may say the same, the document's own first.
  func spellings(inBase64First: Bool) -> [Node] {
    let base64 = node.respelling { meanings[$0].map { Base64.encodeToString($0.span) } }
    let plain = node.respelling { text in
      meanings[text].flatMap { String(validating: $0, as: UTF8.self) }
    }
    return (inBase64First ? [base64, node, plain] : [node, base64, plain]).compactMap(\.self)
  }
}

/// What the search strings of a document's rules mean.
struct SearchStringMeanings: Equatable {
  private(set) var strings: [String: [[UInt8]]] = [:]

  /// - Returns: nil for a document that can't be loaded.
  init?(_ document: DocumentText, options: LoadingOptions) {
    let loaded = DocumentLoader(options: options)
      .load(aclBytes: document.bytes, file: document.file)
    guard let rules = loaded.ruleGroup?.value.rules ?? loaded.webACL?.value.rules else {
      return nil
    }
    for rule in rules { strings[rule.name] = rule.statement.searchStrings.map(\.bytes) }
  }

  /// The rules besides one whose strings do not mean the same.
  func changedRules(since old: SearchStringMeanings, besides name: String) -> [String] {
    strings.keys.filter { $0 != name && strings[$0] != old.strings[$0] }.sorted()
  }
}

extension Statement {
  /// The search strings in it, in order.
  fileprivate var searchStrings: [SearchString] {
    switch self {
    case .byteMatch(let statement): [statement.searchString]
    case .and(let statement): statement.statements.flatMap(\.searchStrings)
    case .or(let statement): statement.statements.flatMap(\.searchStrings)
    case .not(let statement): statement.statement.searchStrings
    case .rateBased(let statement): statement.scopeDownStatement?.searchStrings ?? []
    case .managedRuleGroup(let statement): statement.scopeDownStatement?.searchStrings ?? []
    case .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch, .xssMatch,
      .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .ruleGroupReference, .opaque:
      []
    }
  }
}

extension Node {
  /// Whether a member of a name is anywhere within.
  func has(_ name: String) -> Bool {
    switch kind {
    case .object(let members): members.contains { $0.key == name || $0.value.has(name) }
    case .array(let elements): elements.contains { $0.has(name) }
    case .string, .number, .bool, .null: false
    }
  }

  /// The value with its search strings spelled anew; nil where one can't be.
  fileprivate func respelling(_ spell: (String) -> String?) -> Node? {
    switch kind {
    case .object(var members):
      for index in members.indices {
        if members[index].key == "SearchString", let text = members[index].value.text {
          guard let spelled = spell(text) else { return nil }
          members[index].value = Node(.string(spelled))
        } else {
          guard let value = members[index].value.respelling(spell) else { return nil }
          members[index].value = value
        }
      }
      return Node(.object(members))
    case .array(var elements):
      for index in elements.indices {
        guard let element = elements[index].respelling(spell) else { return nil }
        elements[index] = element
      }
      return Node(.array(elements))
    case .string, .number, .bool, .null: return self
    }
  }
}
