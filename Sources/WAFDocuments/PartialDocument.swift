import Diagnostics
import DocumentTree

/// A document that is less than a web ACL, but has rules or a statement.
///
/// Consoles, `check-capacity` and colleagues hand them around; they are loaded as a web ACL with the
/// default action Allow. Source: semantics of loaders, 15.1 and 15.7.
package enum PartialDocument: Hashable, Sendable, CaseIterable {
  /// An array of rules, as the console's editor has them.
  case ruleList
  /// An object with `Rules`, and perhaps `Scope`: the input of `check-capacity`.
  case rules
  /// One rule.
  case rule
  /// One statement.
  case statement
  /// A rule group.
  case ruleGroup

  /// The document in words.
  var inWords: String {
    switch self {
    case .ruleList, .rules: "a list of rules"
    case .rule: "a single rule"
    case .statement: "a single statement"
    case .ruleGroup: "a rule group"
    }
  }

  /// What is made of it, as the notes of a warning.
  var notes: [String] {
    switch self {
    case .ruleList, .rules, .rule:
      ["requests that no rule ends are taken as allowed"]
    case .statement:
      [
        "it stands in a rule 'statement' that blocks: requests that match are blocked, all others "
          + "allowed"
      ]
    case .ruleGroup:
      [
        "one rule runs the group, without overrides; requests that the group does not end are taken "
          + "as allowed"
      ]
    }
  }

  /// The warning that says so, at the start of the document.
  func warning(in file: String) -> Diagnostic {
    .warning(
      "assumed-default-action",
      "this is \(inWords), not a web ACL; it is loaded as a web ACL with the default action Allow",
      at: Place(file: file, byteOffset: 0), notes: notes)
  }

  /// Findings of the checks that come from the web ACL around the document, not from it.
  func isAboutTheFrame(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.code {
    case "missing-visibility-config":
      diagnostic.place?.pointer.components.first != "Rules" || self == .statement
    // The rules that add its labels are somewhere else.
    case "label-never-added": self == .rule || self == .statement
    // So are the web ACL's settings.
    case "unknown-response-body", "missing-monetization-config": true
    default: false
    }
  }

  /// The document as a web ACL; what is in it keeps its bytes, so that diagnostics find it.
  func webACL(around root: Node) -> Node {
    let rules: Node
    switch self {
    case .ruleList: rules = root
    case .rules, .ruleGroup:
      return root.with("DefaultAction", Self.object("Allow"))
    case .rule: rules = Node(.array([root]), range: root.range)
    case .statement:
      // `{"Statement": {...}}` is one as well as the statement itself.
      let statement = root.members?.count == 1 ? root["Statement"] ?? root : root
      rules = Node(.array([Self.rule(statement)]), range: root.range)
    }
    return Node(
      .object([
        .init(key: "DefaultAction", value: Self.object("Allow")), .init(key: "Rules", value: rules),
      ]), range: root.range)
  }

  /// A rule that shows whether the statement matches.
  private static func rule(_ statement: Node) -> Node {
    let name = statement.members?.first { !$0.value.isNull }?.key ?? ""
    let isGroup = ["ManagedRuleGroupStatement", "RuleGroupReferenceStatement"].contains(name)
    return Node(
      .object([
        .init(key: "Name", value: Node(.string("statement"))),
        .init(key: "Priority", value: Node(.number("0"))),
        .init(key: "Statement", value: statement),
        .init(
          key: isGroup ? "OverrideAction" : "Action", value: object(isGroup ? "None" : "Block")),
      ]), range: statement.range)
  }

  private static func object(_ name: String) -> Node {
    Node(.object([.init(key: name, value: Node(.object([])))]))
  }
}
