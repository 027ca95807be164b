import Diagnostics
import DocumentTree
import WAFDocuments

extension ACLEditor {
  mutating func remove(_ name: String, _ edit: ACLEdit) throws(Diagnostic) {
    let shape = try shape()
    let names = names(shape)
    guard let index = names.index(of: name) else {
      if case .inner(let rule) = try? names.target(name, for: edit) {
        throw .error(
          "invalid-removal", "\(edit.text): '\(rule.path)' is a rule inside a group",
          at: names.place(ofRule: rule.index),
          notes: [
            "a rule inside a group is taken out with --exclude '\(rule.path)'; --remove "
              + "'\(rule.outerName)' takes the whole group out"
          ])
      }
      throw names.unknown(name, edit)
    }
    guard let list = shape.list, !list.isRoot || shape.rules.count > 1 else {
      throw .error(
        "invalid-removal", "\(edit.text): the document has no other rule",
        at: document.place(.root))
    }
    let before = SearchStringMeanings(document, options: options)
    let place = document.place(shape.pointer(ofRule: index))
    let hasStrings = shape.rules[index].has("SearchString")
    try perform(.remove(shape.pointer(ofRule: index)), edit)
    if hasStrings, let before, let after = SearchStringMeanings(document, options: options),
      let changed = after.changedRules(since: before, besides: name).first
    {
      throw .error(
        "ambiguous-search-string",
        "\(edit.text): without '\(name)' the search strings of '\(changed)' would be taken as "
          + "base64",
        at: place, notes: ["--search-string=base64|plain says which they are"])
    }
    note(edit, named: name, ["the rule '\(name)' is taken out"], at: list)
  }

  mutating func add(
    _ file: String, _ priority: Int, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let shape = try shape()
    guard let list = shape.list else {
      throw .error(
        "invalid-addition", "\(edit.text): the document is a single rule",
        at: document.place(.root), notes: ["put it into a list of rules or a web ACL"])
    }
    let bytes = try readFile(file)
    let rule = try NewRule(
      bytes, file: file, priority: priority, options: options, sources: &sources)
    try refuseCollisions(of: rule.name, priority, shape, edit)

    try insert(rule, priority, list, edit)
    note(
      edit, named: rule.name, ["the rule '\(rule.name)' is added with the priority \(priority)"],
      at: list)
  }

  /// Puts a rule into the document, spelled so that all search strings keep their meaning.
  private mutating func insert(
    _ rule: NewRule, _ priority: Int, _ list: JSONPointer, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let old = document
    let before =
      rule.hasSearchStrings ? SearchStringMeanings(document, options: options) : nil
    let isBase64 = options.searchString == .auto && old.root.spellsSearchStringsInBase64
    for node in rule.spellings(inBase64First: isBase64) {
      document = old
      try insert(node, priority, list, edit)
      guard let before, let after = SearchStringMeanings(document, options: options),
        !after.changedRules(since: before, besides: rule.name).isEmpty
          || after.strings[rule.name] != rule.searchStrings
      else {
        warnings += rule.warnings
        return
      }
    }
    // What could be either is read as the rest of the document.
    document = old
    try insert(rule.node, priority, list, edit)
    guard rule.isAmbiguous, let before,
      let after = SearchStringMeanings(document, options: options),
      after.changedRules(since: before, besides: rule.name).isEmpty
    else {
      throw .error(
        "ambiguous-search-string",
        "\(edit.text): no spelling of the search strings of '\(rule.name)' keeps its meaning in "
          + "'\(document.file)'",
        at: Place(file: rule.file), notes: ["--search-string=base64|plain says which they are"])
    }
    warnings += rule.warnings.filter { !NewRule.isAboutAmbiguity($0) }
    warnings.append(
      .warning(
        "ambiguous-search-string",
        "\(edit.text): the search strings of '\(rule.name)' are taken as plain text, as those of "
          + "'\(document.file)' are",
        at: Place(file: rule.file), notes: ["--search-string=base64|plain says which they are"]))
  }

  private func refuseCollisions(
    of name: String, _ priority: Int, _ shape: ACLShape, _ edit: ACLEdit
  ) throws(Diagnostic) {
    for (index, other) in shape.rules.enumerated() {
      let pointer = shape.pointer(ofRule: index)
      if other.name == name {
        throw .error(
          "duplicate-rule-name", "\(edit.text): \(shape.inWords) has a rule '\(name)' already",
          at: document.place(pointer.appending("Name")),
          notes: ["--remove '\(name)' before it takes the other one out"])
      }
      if other.priority == priority {
        let used = Set(shape.rules.compactMap(\.priority))
        let free = (priority...).first { !used.contains($0) }
        throw .error(
          "duplicate-priority",
          "\(edit.text): the rule '\(other.name ?? "")' has the priority \(priority) already",
          at: document.place(pointer.appending("Priority")),
          notes: free.map { ["the next free priority is \($0)"] } ?? [])
      }
    }
  }

  /// Puts a rule into the list, by its priority, if the others are in that order.
  private mutating func insert(
    _ rule: Node, _ priority: Int, _ list: JSONPointer, _ edit: ACLEdit
  ) throws(Diagnostic) {
    let rules = document.root.node(at: list)?.elements
    guard let rules else {
      let value = Node(.array([rule]))
      guard document.root.node(at: list) == nil else {
        try perform(.replace(list, with: value), edit)
        return
      }
      let holder = document.root.node(at: list.parent)
      let place = holder?.index(after: ["Description", "DefaultAction", "Scope", "Name"]) ?? 0
      try perform(
        .insertMember(Node.Member(key: "Rules", value: value), into: list.parent, at: place), edit)
      return
    }
    let priorities = rules.compactMap(\.priority)
    let isInOrder = priorities.count == rules.count && priorities == priorities.sorted()
    let place = isInOrder ? priorities.firstIndex { $0 > priority } : nil
    try perform(.insertElement(rule, into: list, at: place ?? rules.count), edit)
  }
}
