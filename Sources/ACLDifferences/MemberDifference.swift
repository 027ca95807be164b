import Diagnostics

/// How two values differ, member by member: `Statement.GeoMatchStatement.CountryCodes: +1 (DE)`.
struct MemberDifference {
  private(set) var lines: [String] = []
  /// What is said behind each line of a part that no verdict depends on.
  private var note = ""
  /// How much is different: the bytes of what is another or is there on one side only.
  private(set) var weight = 0
  /// Whether only the weight is of interest.
  private var isTrial = false

  init(_ old: Meaning?, _ new: Meaning?) {
    compare(old, new, at: "")
  }

  /// Only to see how much is different.
  init(trying old: Meaning?, _ new: Meaning?) {
    isTrial = true
    compare(old, new, at: "")
  }

  /// The lines of one member.
  init(_ old: Meaning?, _ new: Meaning?, ofMember name: String) {
    compareMember(name, old, new, at: name)
  }

  /// - Parameter values: what the line is about.
  private mutating func add(
    _ path: String, _ values: [Meaning?], _ text: @autoclosure () -> String
  ) {
    for value in values { weight += value?.key.count ?? 0 }
    guard !isTrial else { return }
    lines.append((path.isEmpty ? text() : "\(path): \(text())") + note)
  }

  // MARK: Values

  private mutating func compare(_ old: Meaning?, _ new: Meaning?, at path: String) {
    let left = old ?? new?.emptied
    let right = new ?? old?.emptied
    guard let left, let right else {
      if old != nil || new != nil { add(path, [old, new], Meaning.change(old, new)) }
      return
    }
    guard left != right else { return }
    switch (left.kind, right.kind) {
    case (.object, .object):
      if let one = left.onlyMember, let other = right.onlyMember, one.name != other.name {
        return compareChoices(left, right, at: path)
      }
      compareMembers(left, right, at: path)
    case (.map, .map): compareMembers(left, right, at: path)
    case (.list(let elements), .list(let others)):
      compareLists(elements, others, left, right, at: path)
    case (.set(let elements), .set(let others)): compareSets(elements, others, at: path)
    default: add(path, [left, right], Meaning.change(left, right))
    }
  }

  private mutating func compareMembers(_ old: Meaning, _ new: Meaning, at path: String) {
    var seen: Set<String> = []
    for name in ((old.members ?? []) + (new.members ?? [])).map(\.name)
    where seen.insert(name).inserted {
      let here = path.isEmpty ? printable(name) : "\(path).\(printable(name))"
      compareMember(name, old[name], new[name], at: here)
    }
  }

  private mutating func compareMember(
    _ name: String, _ old: Meaning?, _ new: Meaning?, at path: String
  ) {
    switch name {
    case "VisibilityConfig":
      note = " (metrics and samples only)"
      compare(old, new, at: path)
      note = ""
    case "DataProtectionConfig":
      note = " (what is recorded only)"
      compare(old, new, at: path)
      note = ""
    case "Tags":
      note = " (no verdict depends on it)"
      compare(old, new, at: path)
      note = ""
    case "RuleActionOverrides": compareOverrides(old, new)
    default: compare(old, new, at: path)
    }
  }

  /// A rule has one list of overrides at most: no path is needed to find it.
  private mutating func compareOverrides(_ old: Meaning?, _ new: Meaning?) {
    var seen: Set<String> = []
    for name in ((old?.members ?? []) + (new?.members ?? [])).map(\.name)
    where seen.insert(name).inserted {
      let path = "RuleActionOverrides: \(printable(name))"
      switch (old?[name], new?[name]) {
      case (nil, let new?): add(path, [new], "its own action → \(new.words)")
      case (let old?, nil): add(path, [old], "\(old.words) → its own action")
      case (let old, let new): compare(old, new, at: path)
      }
    }
  }

  // MARK: Choices

  /// Two statements, actions or fields of different kinds.
  private mutating func compareChoices(_ old: Meaning, _ new: Meaning, at path: String) {
    if let others = new.statements(around: old) {
      add(path, [], "put into " + others)
    } else if let others = old.statements(around: new) {
      add(path, [], "taken out of " + others)
    } else {
      add(path, [old, new], Meaning.change(old, new))
    }
  }

  // MARK: Lists

  private mutating func compareLists(
    _ old: [Meaning], _ new: [Meaning], _ left: Meaning, _ right: Meaning, at path: String
  ) {
    guard old.count == new.count, old.contains(where: { $0.members != nil }) else {
      return add(path, [left, right], Meaning.change(left, right))
    }
    for (index, pair) in zip(old, new).enumerated() {
      compare(pair.0, pair.1, at: "\(path)[\(index)]")
    }
  }

  private mutating func compareSets(_ old: [Meaning], _ new: [Meaning], at path: String) {
    var removed = SetPartners(Self.elements(of: old, outside: Set(new.map(\.key))))
    var added: [Meaning] = []
    for element in Self.elements(of: new, outside: Set(old.map(\.key))) {
      guard let previous = removed.take(for: element.value, isTrial: isTrial) else {
        added.append(element.value)
        continue
      }
      compare(previous, element.value, at: "\(path)[\(element.index)]")
    }
    let rest = removed.rest
    guard !added.isEmpty || !rest.isEmpty else { return }
    add(path, added + rest, Self.signed(added, rest))
  }

  /// `+1 (a), -2 (b, c)`.
  private static func signed(_ added: [Meaning], _ removed: [Meaning]) -> String {
    [("+", added), ("-", removed)].filter { !$0.1.isEmpty }
      .map { sign, list in "\(sign)\(list.count) (\(Meaning.listed(list)))" }
      .joined(separator: ", ")
  }

  private static func elements(
    of list: [Meaning], outside keys: Set<[UInt8]>
  ) -> [SetPartners.Element] {
    list.enumerated().filter { !keys.contains($0.element.key) }
      .map { (index: $0.offset, value: $0.element) }
  }
}

extension Meaning {
  /// `NotStatement`, or `AndStatement with X`, where the value is that and has `inner` in it.
  fileprivate func statements(around inner: Meaning) -> String? {
    guard let only = onlyMember else { return nil }
    switch only.name {
    case "NotStatement": return only.value["Statement"] == inner ? only.name : nil
    case "AndStatement", "OrStatement":
      guard case .set(let statements)? = only.value["Statements"]?.kind,
        statements.contains(inner)
      else { return nil }
      let others = statements.filter { $0 != inner }
      return only.name + (others.isEmpty ? "" : " with " + Meaning.listed(others))
    default: return nil
    }
  }
}
