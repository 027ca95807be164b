import Diagnostics
import DocumentTree
import ManagedRules
import WAFModel

/// Finds rules by the names that people call them.
struct RuleNames {
  /// What a name leads to.
  enum Target: Hashable {
    /// A rule of the web ACL.
    case rule(Int)
    case inner(InnerRule)
  }

  /// A rule inside a group that a rule of the web ACL refers to.
  struct InnerRule: Hashable {
    var index: Int
    var statement: JSONPointer
    /// The rule of the web ACL.
    var outerName: String
    var name: String
    /// Whether the group is known to have it.
    var isKnown: Bool

    var path: String { "\(outerName)/\(name)" }
  }

  /// A rule that refers to a group.
  private struct Group {
    var index: Int
    var statement: JSONPointer
    var outerName: String
    /// The group's own name.
    var name: String?
    var isManaged: Bool
    /// nil where they are not known.
    var inner: [String]?

    func isCalled(_ name: String) -> Bool { outerName == name || self.name == name }
  }

  private let document: DocumentText
  private let shape: ACLShape
  private var groups: [Group] = []
  /// The rules that Firewall Manager put around those of the document.
  private let foreignNames: [String]

  private static let groupStatements = [
    Statement.Kind.managedRuleGroup.rawValue, Statement.Kind.ruleGroupReference.rawValue,
  ]

  init(
    _ document: DocumentText, _ shape: ACLShape, catalogue: RulesetCatalogue,
    innerNames: (String) -> [String]?
  ) {
    self.document = document
    self.shape = shape
    let holder = document.root.node(at: shape.holder)
    foreignNames = ["PreProcess", "PostProcess"].flatMap {
      holder?["\($0)FirewallManagerRuleGroups"]?.elements?.compactMap(\.name) ?? []
    }
    for (index, rule) in shape.rules.enumerated() {
      guard let statement = Self.groupStatement(of: rule),
        let body = rule["Statement"]?[statement]
      else { continue }
      let pointer = shape.pointer(ofRule: index).appending("Statement").appending(statement)
      var group = Group(
        index: index, statement: pointer, outerName: rule.name ?? "", isManaged: false)
      if let arn = body["ARN"]?.text {
        group.name = ARN(arn)?.name
        group.inner = innerNames(arn)
      } else {
        group.name = body.name
        group.isManaged = true
        group.inner =
          catalogue.group(vendorName: body["VendorName"]?.text ?? "", name: body.name ?? "")?
          .rules.map(\.name)
      }
      groups.append(group)
    }
  }

  /// The kind of group statement that a rule has.
  static func groupStatement(of rule: Node) -> String? {
    groupStatements.first { rule["Statement"]?[$0]?.members != nil }
  }

  /// Finds a rule of the web ACL, or a rule inside a group.
  func target(_ name: String, for edit: ACLEdit) throws(Diagnostic) -> Target {
    if let index = index(of: name) { return .rule(index) }
    guard let slash = name.firstIndex(of: "/") else { return .inner(try inner(name, edit)) }
    let (outer, inner) = (String(name[..<slash]), String(name[name.index(after: slash)...]))
    return .inner(try self.inner(inner, of: outer, edit))
  }

  /// The index of a rule of the web ACL.
  func index(of name: String) -> Int? { shape.rules.firstIndex { $0.name == name } }

  // MARK: Rules inside groups

  private func inner(_ name: String, of outer: String, _ edit: ACLEdit) throws(Diagnostic)
    -> InnerRule
  {
    let called = groups.filter { $0.isCalled(outer) }
    guard let group = called.first else {
      if let index = index(of: outer) {
        throw .error(
          "not-a-rule-group", "\(edit.text): '\(outer)' is no rule group, it has no rules inside",
          at: place(ofRule: index))
      }
      throw unknown(
        outer, what: "rule group", among: groups.map(\.outerName) + groups.compactMap(\.name), edit)
    }
    // A rule of that name goes before a group of that name.
    let exact = called.filter { $0.outerName == outer }
    guard called.count == 1 || exact.count == 1 else {
      throw ambiguous(outer, called.map { "\($0.outerName)/\(name)" }, edit)
    }
    return try inner(name, of: exact.first ?? group, edit)
  }

  private func inner(_ name: String, of group: Group, _ edit: ACLEdit) throws(Diagnostic)
    -> InnerRule
  {
    guard !name.isEmpty else {
      throw .error(
        "unknown-rule", "\(edit.text): a rule of '\(group.outerName)' is to be named",
        at: place(ofRule: group.index), notes: namesNote(of: group))
    }
    let isCandidate = group.isManaged && ManagedRuleGroup.isReleaseCandidate(name)
    if let inner = group.inner, !inner.contains(name), !isCandidate {
      let meant = didYouMean(name, among: inner)
      throw .error(
        "unknown-rule", "\(edit.text): the group of '\(group.outerName)' has no rule '\(name)'",
        at: place(ofRule: group.index), notes: meant == nil ? namesNote(of: group) : [],
        suggestion: meant)
    }
    return InnerRule(
      index: group.index, statement: group.statement, outerName: group.outerName, name: name,
      isKnown: group.inner != nil)
  }

  private func inner(_ name: String, _ edit: ACLEdit) throws(Diagnostic) -> InnerRule {
    let having = groups.filter { $0.inner?.contains(name) ?? false }
    guard let group = having.first else {
      let all = shape.rules.compactMap(\.name) + groups.flatMap { $0.inner ?? [] }
      throw unknown(name, among: all, edit)
    }
    guard having.count == 1 else {
      throw ambiguous(name, having.map { "\($0.outerName)/\(name)" }, edit)
    }
    return try inner(name, of: group, edit)
  }

  // MARK: Diagnostics

  func place(ofRule index: Int) -> Place {
    document.place(shape.pointer(ofRule: index).appending("Name"))
  }

  private var placeOfList: Place {
    guard let list = shape.list, !list.isRoot else { return document.place(.root) }
    return document.place(list, .key)
  }

  /// The rule of the web ACL that has a name, or whose group has it.
  private func indexOfRule(having name: String) -> Int? {
    if let index = index(of: name) { return index }
    return groups.first { $0.name == name || $0.inner?.contains(name) ?? false }?.index
  }

  private func namesNote(of group: Group) -> [String] {
    guard let inner = group.inner, !inner.isEmpty else { return [] }
    return ["its rules are \(inner.joined(separator: ", "))"]
  }

  /// The error for a name that nothing has.
  func unknown(
    _ name: String, what: String = "rule", among names: [String]? = nil, _ edit: ACLEdit,
    notes: [String] = []
  ) -> Diagnostic {
    if foreignNames.contains(name) {
      return .error(
        "unknown-rule", "\(edit.text): the rule '\(name)' belongs to Firewall Manager",
        at: document.place(shape.holder),
        notes: ["only its administrator can change it"])
    }
    let meant = didYouMean(name, among: names ?? shape.rules.compactMap(\.name))
    let place = meant.flatMap { indexOfRule(having: $0) }.map { self.place(ofRule: $0) }
    let hidden = groups.filter { $0.inner == nil }
      .map { "the rules of '\($0.outerName)' are not known here; say \($0.outerName)/RULE" }
    return .error(
      "unknown-rule", "\(edit.text): \(shape.inWords) has no \(what) '\(name)'",
      at: place ?? placeOfList,
      notes: notes + (names == nil ? [] : hidden), suggestion: meant)
  }

  private func ambiguous(_ name: String, _ paths: [String], _ edit: ACLEdit) -> Diagnostic {
    .error(
      "ambiguous-rule", "\(edit.text): '\(name)' is in several rules of \(shape.inWords)",
      at: placeOfList,
      notes: ["say which: \(paths.joined(separator: ", "))"])
  }
}
