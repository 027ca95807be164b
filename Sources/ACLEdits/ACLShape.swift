import Diagnostics
import DocumentTree

/// What of a web ACL a document has, and where.
struct ACLShape {
  enum Kind {
    case webACL
    case ruleGroup
    /// Rules without a web ACL around them.
    case ruleList
    /// One rule and nothing else.
    case rule
  }

  let kind: Kind
  /// The object that has the rules, or the list of them.
  let holder: JSONPointer
  private let root: Node

  /// - Returns: nil for a document that has no rules and is none.
  init?(of root: Node) {
    self.root = root
    if root.elements != nil {
      (kind, holder) = (.ruleList, .root)
      return
    }
    guard root.members != nil else { return nil }
    // Templates of other tools have rules of another kind.
    if let rules = root["Rules"], rules.elements == nil, !rules.isNull { return nil }
    let hasOwn = root["DefaultAction"] != nil
    if !hasOwn, root["WebACL"]?.members != nil {
      (kind, holder) = (.webACL, JSONPointer(["WebACL"]))
    } else if !hasOwn, root["RuleGroup"]?.members != nil {
      (kind, holder) = (.ruleGroup, JSONPointer(["RuleGroup"]))
    } else if hasOwn {
      (kind, holder) = (.webACL, .root)
    } else if root["Statement"] != nil, root["Name"] != nil {
      (kind, holder) = (.rule, .root)
    } else if root["Rules"] != nil {
      let isGroup = root["Capacity"] != nil || root["ARN"]?.text?.contains("/rulegroup/") ?? false
      let isACL = root["Name"] != nil || root["VisibilityConfig"] != nil
      (kind, holder) = (isGroup ? .ruleGroup : isACL ? .webACL : .ruleList, .root)
    } else {
      return nil
    }
  }

  /// The way to the list of rules; nil where there can be none.
  var list: JSONPointer? {
    switch kind {
    case .rule: nil
    case .webACL, .ruleGroup, .ruleList:
      root.elements != nil ? .root : holder.appending("Rules")
    }
  }

  var rules: [Node] {
    guard let list else { return [root] }
    return root.node(at: list)?.elements ?? []
  }

  func pointer(ofRule index: Int) -> JSONPointer { list?.appending(index) ?? .root }

  /// What the rules are in, in words.
  var inWords: String {
    switch kind {
    case .webACL: "the web ACL"
    case .ruleGroup: "the rule group"
    case .ruleList, .rule: "the document"
    }
  }
}

extension Node {
  /// The name of a rule, or whatever else has one.
  var name: String? { self["Name"]?.text }

  /// The priority of a rule, also one that stands in quotes.
  var priority: Int? {
    switch self["Priority"]?.kind {
    case .number(let text), .string(let text): Int(text)
    default: nil
    }
  }

  /// An action: an object with one empty member.
  static func action(_ action: WantedAction) -> Node {
    Node(.object([Member(key: action.word, value: Node(.object([])))]))
  }

  /// Whether an action is of a kind.
  func isAction(_ action: WantedAction) -> Bool {
    members?.contains { $0.key == action.word && !$0.value.isNull } ?? false
  }

  /// The word of an action.
  var actionWord: String? { members?.first { !$0.value.isNull }?.key }
}
