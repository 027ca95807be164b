package import ReportText
import WAFProgram

extension ProgramListing {
  /// The version of the JSON form: raised when a reader could misunderstand it.
  package static let schema = "wafcast.program/1"

  /// The listing as JSON.
  package var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", Self.schema)
    members.add("webACL", webACLName)
    members.add("slots", .array(slots.map(\.json)))
    members.add("conditions", .array(leaves.map(\.json)))
    members.add("rules", .array(rules.map(\.json)))
    members.add("stamp", ifPresent: stamp.isEmpty ? nil : stamp)
    return .object(members)
  }
}

extension SlotListing {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("field", field)
    members.add("transformations", .strings(chain))
    members.add("conditions", .array(leaves.map { .integer($0) }))
    members.add("literals", literalCount)
    members.add("sharedBy", childCount)
    return .object(members)
  }
}

extension LeafListing {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("number", number)
    members.add("title", title)
    members.add("isPattern", .bool(isPattern))
    members.add(
      "literals",
      .array(
        literals.map {
          .object([
            JSONMember("text", .string($0.text)),
            JSONMember("ignoresCase", .bool($0.ignoresCase)),
          ])
        }))
    return .object(members)
  }
}

extension RuleListing {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("rule", path)
    members.add("action", action.logName)
    members.add("watches", watches.map { .array($0.map { .integer($0) }) } ?? .null)
    if branches.isEmpty {
      members.add("code", .array(code.map(\.json)))
    } else {
      members.add(
        "branches",
        .array(
          branches.map {
            .object([
              JSONMember("fidelity", .string($0.fidelity)),
              JSONMember("code", .array($0.code.map(\.json))),
            ])
          }))
    }
    return .object(members)
  }
}

extension InstructionListing {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("condition", leaf)
    if isNegated { members.add("isNegated", .bool(true)) }
    members.add("onTrue", onTrue.json)
    members.add("onFalse", onFalse.json)
    return .object(members)
  }
}

extension InstructionListing.Target {
  /// `match` and `no-match` end the code; a number is the place of an instruction.
  fileprivate var json: JSONValue {
    switch self {
    case .match: .string("match")
    case .noMatch: .string("no-match")
    case .next(let place): .integer(place)
    }
  }
}
