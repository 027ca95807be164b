package import WAFProgram

/// A compiled web ACL as `explain --program` prints it: what is looked at, what for, what stands
/// before it, and how rules combine the answers.
package struct ProgramListing: Hashable, Sendable {
  package var webACLName: String
  /// The slots, each behind the one whose values it starts from.
  package var slots: [SlotListing]
  /// The conditions, by their numbers.
  package var leaves: [LeafListing]
  /// The rules in evaluation order.
  package var rules: [RuleListing]
  /// What made the program, in a line.
  package var stamp: String

  /// The listing of a program.
  package init(_ program: Program) {
    webACLName = program.webACLName
    stamp = program.stamp
    leaves = program.leaves.indices.map { LeafListing(LeafIndex($0), of: program) }
    slots = SlotListing.all(of: program, leaves)
    let watches = program.watchedLeaves
    rules = program.rules.indices.map { RuleListing($0, of: program, watches: watches[$0]) }
  }

  /// The conditions on patterns that no literal stands before.
  var unfiltered: [LeafListing] { leaves.filter { $0.isPattern && $0.literals.isEmpty } }
}

/// A field to match behind some text transformations.
package struct SlotListing: Hashable, Sendable {
  /// The field's name; what it selects stands behind it.
  package var field: String
  /// All transformations, the first one first.
  package var chain: [String]
  /// The numbers of the conditions on it.
  package var leaves: [Int]
  /// The different literals that stand before them.
  package var literalCount: Int
  /// How many slots start from its values.
  package var childCount: Int

  static func all(of program: Program, _ leaves: [LeafListing]) -> [SlotListing] {
    var children = [[Int]](repeating: [], count: program.slots.count)
    var roots: [Int] = []
    for (index, slot) in program.slots.enumerated() {
      if let parent = slot.parent {
        children[parent.position].append(index)
      } else {
        roots.append(index)
      }
    }
    let bySlot = Dictionary(grouping: leaves) { $0.slot ?? -1 }
    var listed: [SlotListing] = []
    // From the last one on, as the stack gives back first what was put there last.
    var waiting = Array(roots.reversed())
    while let index = waiting.popLast() {
      let slot = program.slots[index]
      let own = bySlot[index] ?? []
      listed.append(
        SlotListing(
          field: program.fields[slot.field].listingTitle,
          chain: program.transformations(of: SlotIndex(index)), leaves: own.map(\.number),
          literalCount: Set(own.flatMap(\.literals)).count, childCount: children[index].count))
      waiting += children[index].reversed()
    }
    return listed
  }
}

/// A condition.
package struct LeafListing: Hashable, Sendable {
  package var number: Int
  /// The number of its slot in the program; nil where it is about no component.
  package var slot: Int?
  /// The field of its slot.
  package var field: String?
  /// The condition in words.
  package var title: String
  /// The same without the slot.
  package var criterion: String
  /// Whether it looks for regular expressions.
  package var isPattern: Bool
  /// The literals of which a value needs one; without any, each value is looked at.
  package var literals: [ListedLiteral]

  init(_ leaf: LeafIndex, of program: Program) {
    let condition = program.leaves[leaf.position]
    number = leaf.position
    slot = condition.slot?.position
    field = slot.map { program.fields[program.slots[$0].field].title }
    title = program.title(of: condition)
    criterion = program.criterion(of: condition)
    isPattern = if case .regex = condition { true } else { false }
    literals = program.listedLiterals(before: leaf)
  }
}

/// A rule: its code, and when it is looked at.
package struct RuleListing: Hashable, Sendable {
  /// The rule's name in the web ACL, then `/` and its name in the group.
  package var path: String
  package var action: Action
  /// The conditions of which one must have a candidate; nil for a rule that is always looked at.
  package var watches: [Int]?
  /// The code, from the first instruction on.
  package var code: [InstructionListing]
  /// A managed rule's branches.
  package var branches: [BranchListing]

  init(_ rule: Int, of program: Program, watches: [Int]?) {
    let info = program.ruleInfo[rule]
    path = info.path
    action = program.rules[rule].action
    self.watches = watches
    code = InstructionListing.code(from: program.rules[rule].entry, of: program)
    branches =
      info.managed.map { index in
        program.managed[index].branches.map { branch in
          BranchListing(
            fidelity: branch.fidelity.name,
            code: InstructionListing.code(from: branch.entry, of: program))
        }
      } ?? []
  }
}

/// A branch of a managed rule's condition.
package struct BranchListing: Hashable, Sendable {
  package var fidelity: String
  package var code: [InstructionListing]
}

/// A test of a condition and where to go on.
package struct InstructionListing: Hashable, Sendable {
  /// Where an answer leads.
  package enum Target: Hashable, Sendable {
    case match
    case noMatch
    /// The place of an instruction in the same code.
    case next(Int)
  }

  /// The number of the condition.
  package var leaf: Int
  package var isNegated: Bool
  package var onTrue: Target
  package var onFalse: Target

  /// The instructions that can be reached from `entry`, in the order of their first use.
  static func code(from entry: Int32, of program: Program) -> [InstructionListing] {
    let instructions = program.code.instructions
    var reached: [Int32] = []
    var places: [Int32: Int] = [:]
    func reach(_ target: Int32) {
      guard target >= 0, places[target] == nil else { return }
      places[target] = reached.count
      reached.append(target)
    }
    reach(entry)
    var next = 0
    while next < reached.count {
      let instruction = instructions[Int(reached[next])]
      reach(instruction.onTrue)
      reach(instruction.onFalse)
      next += 1
    }
    func target(_ target: Int32) -> Target {
      switch target {
      case JumpCode.accept: .match
      case JumpCode.reject: .noMatch
      default: .next(places[target] ?? 0)
      }
    }
    return reached.map { place in
      let instruction = instructions[Int(place)]
      return InstructionListing(
        leaf: instruction.leaf.position, isNegated: instruction.isNegated,
        onTrue: target(instruction.onTrue), onFalse: target(instruction.onFalse))
    }
  }
}

extension Field {
  /// The field with what it selects.
  var listingTitle: String {
    switch self {
    case .headers(let selection), .cookies(let selection): title + selection.inWords
    case .jsonBody(let selection): title + selection.inWords
    case .method, .uriPath, .queryString, .uriFragment, .singleHeader, .headerOrder,
      .singleQueryArgument, .allQueryArguments, .body, .ja3Fingerprint, .ja4Fingerprint:
      title
    }
  }
}

extension PartSelection {
  fileprivate var inWords: String {
    func list(_ names: [[UInt8]]) -> String {
      names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    }
    let parts = scope.inWords
    return switch pattern {
    case .all: parts.isEmpty ? "" : " (\(parts))"
    case .included(let names): " (\(parts.isEmpty ? "" : parts + " of ")\(list(names)))"
    case .excluded(let names):
      " (\(parts.isEmpty ? "" : parts + " of ")all but \(list(names)))"
    }
  }
}

extension JSONSelection {
  fileprivate var inWords: String {
    var parts: [String] = []
    if !scope.inWords.isEmpty { parts.append(scope.inWords) }
    if let paths {
      parts.append(
        "of "
          + paths.map { path in path.map { "/" + String(decoding: $0, as: UTF8.self) }.joined() }
          .joined(separator: ", "))
    }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: " ")))"
  }
}

extension MatchScope {
  fileprivate var inWords: String {
    switch self {
    case .all: ""
    case .key: "names"
    case .value: "values"
    }
  }
}
