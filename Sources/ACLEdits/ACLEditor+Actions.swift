import Diagnostics
import DocumentTree

extension ACLEditor {
  mutating func setAction(
    _ action: WantedAction, ofRule index: Int, _ shape: ACLShape, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let rule = shape.rules[index]
    let pointer = shape.pointer(ofRule: index)
    let name = rule.name ?? ""
    let isGroup = RuleNames.groupStatement(of: rule) != nil
    let member = isGroup ? "OverrideAction" : "Action"
    if isGroup, action != .count, action != .none {
      throw .error(
        "invalid-action",
        "\(edit.text): '\(name)' refers to a rule group: its override is count or none",
        at: document.place(pointer.appending("Name")),
        notes: ["--set '\(name)/RULE=\(action.rawValue)' sets one of the group's rules"])
    }
    if !isGroup, action == .none {
      throw .error(
        "invalid-action", "\(edit.text): '\(name)' has an action of its own, not an override",
        at: document.place(pointer.appending("Name")),
        notes: ["--remove '\(name)' takes the rule out, --set '\(name)=count' lets it count"])
    }
    let old = rule[member]
    // An action that is there already keeps its custom response.
    if old?.isAction(action) ?? false {
      note(edit, named: name, [], at: pointer.appending(member))
      return
    }
    if old != nil {
      try perform(.replace(pointer.appending(member), with: .action(action)), edit)
    } else {
      let place = rule.index(after: ["Statement", "Priority", "Name"])
      try perform(
        .insertMember(Node.Member(key: member, value: .action(action)), into: pointer, at: place),
        edit)
    }
    let effect = "the rule '\(name)': \(member) \(old?.actionWord ?? "(none)") -> \(action.word)"
    note(edit, named: name, [effect], at: pointer)
  }

  mutating func setDefaultAction(
    _ action: WantedAction, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let shape = try shape()
    guard shape.kind == .webACL else {
      throw .error(
        "invalid-action", "\(edit.text): the document is no web ACL and has no default action",
        at: document.place(shape.holder),
        notes: ["requests that no rule ends are taken as allowed"])
    }
    let pointer = shape.holder.appending("DefaultAction")
    let old = document.root.node(at: pointer)
    if old?.isAction(action) ?? false {
      note(edit, named: "", [], at: pointer)
      return
    }
    if old != nil {
      try perform(.replace(pointer, with: .action(action)), edit)
    } else {
      let holder = document.root.node(at: shape.holder)
      let place = holder?.index(after: ["ARN", "Id", "Scope", "Name"]) ?? 0
      let member = Node.Member(key: "DefaultAction", value: .action(action))
      try perform(.insertMember(member, into: shape.holder, at: place), edit)
    }
    note(
      edit, named: "", ["the default action: \(old?.actionWord ?? "(none)") -> \(action.word)"],
      at: pointer)
  }

  /// Overrides the action of a rule inside a group.
  mutating func setAction(
    _ action: WantedAction, of rule: RuleNames.InnerRule, _ edit: ACLEdit
  ) throws(Diagnostic) {
    if !rule.isKnown {
      warnings.append(
        .warning(
          "unchecked-rule-name",
          "whether the group of '\(rule.outerName)' has a rule '\(rule.name)' is not known",
          at: document.place(rule.statement)))
    }
    let excluded = rule.statement.appending("ExcludedRules")
    let overrides = rule.statement.appending("RuleActionOverrides")
    let exclusion = document.index(of: rule.name, in: excluded)
    let override = document.index(of: rule.name, in: overrides)
    var effects: [String] = []

    if let exclusion, action != .count {
      try removeEntry(exclusion, of: excluded, edit)
      effects.append("'\(rule.path)' is no longer in ExcludedRules")
    }
    if let override {
      let entry = overrides.appending(override).appending("ActionToUse")
      let old = document.root.node(at: entry)
      if action == .none {
        try removeEntry(override, of: overrides, edit)
        effects.append("'\(rule.path)': override \(old?.actionWord ?? "") -> (none)")
      } else if !(old?.isAction(action) ?? false) {
        try perform(.replace(entry, with: .action(action)), edit)
        effects.append("'\(rule.path)': override \(old?.actionWord ?? "") -> \(action.word)")
      }
    } else if action != .none, action != .count || exclusion == nil {
      try addOverride(action, of: rule, to: overrides, edit)
      effects.append("'\(rule.path)': override (none) -> \(action.word)")
    }
    note(edit, named: rule.path, effects, at: rule.statement)
  }

  private mutating func addOverride(
    _ action: WantedAction, of rule: RuleNames.InnerRule, to overrides: JSONPointer, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let entries = document.root.node(at: overrides)?.elements ?? []
    var members = [
      Node.Member(key: "Name", value: Node(.string(rule.name))),
      Node.Member(key: "ActionToUse", value: .action(action)),
    ]
    // In the order in which the others have them.
    if entries.last?.members?.first?.key == "ActionToUse" { members.reverse() }
    let entry = Node(.object(members))
    switch document.root.node(at: overrides) {
    case nil:
      let count = document.root.node(at: rule.statement)?.members?.count ?? 0
      let member = Node.Member(key: "RuleActionOverrides", value: Node(.array([entry])))
      try perform(.insertMember(member, into: rule.statement, at: count), edit)
    case let list? where list.elements != nil:
      try perform(.insertElement(entry, into: overrides, at: entries.count), edit)
    default:
      try perform(.replace(overrides, with: Node(.array([entry]))), edit)
    }
  }

  /// Takes an entry out of a list, and with the last one the list, which nobody would write empty.
  private mutating func removeEntry(
    _ index: Int, of list: JSONPointer, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let isLast = document.root.node(at: list)?.elements?.count == 1
    try perform(.remove(isLast ? list : list.appending(index)), edit)
  }
}

extension DocumentText {
  /// The place of a name in a list of named things.
  fileprivate func index(of name: String, in list: JSONPointer) -> Int? {
    root.node(at: list)?.elements?.firstIndex { $0.name == name }
  }
}
