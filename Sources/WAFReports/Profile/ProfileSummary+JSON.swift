package import ReportText
import WAFEngine
import WAFReplay

extension ProfileSummary {
  /// The version of the JSON form: raised when a reader could misunderstand it.
  package static let schema = "wafcast.profile/1"

  /// The whole profile: all that came up, the dearest first, times in nanoseconds.
  package var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", Self.schema)
    members.add("webACL", webACLName)
    members.add("requests", profile.requests)
    members.add("nanoseconds", profile.nanoseconds)
    members.add(
      "stages",
      .object(
        ReplayProfile.Stage.allCases.map { JSONMember($0.name, .integer(profile[$0])) }))
    members.add("rules", .array(rules.map(\.json)))
    members.add("slots", .array(slots.map(\.json)))
    members.add("patterns", .array(patterns.map(\.json)))
    return .object(members)
  }
}

extension ReplayProfile.Stage {
  fileprivate var name: String {
    switch self {
    case .read: "read"
    case .decode: "decode"
    case .evaluate: "evaluate"
    case .explain: "explain"
    case .count: "count"
    case .write: "write"
    }
  }
}

extension ProfiledRule {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("rule", path)
    members.add("evaluated", found.count)
    members.add("matched", found.hits)
    members.add("unknown", found.unknown)
    members.add("nanoseconds", found.nanoseconds)
    return .object(members)
  }
}

extension ProfiledSlot {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("field", field)
    members.add("transformations", .strings(transformations))
    members.add("computed", found.count)
    members.add("changed", found.hits)
    members.add("bytes", found.bytes)
    members.add("nanoseconds", found.nanoseconds)
    return .object(members)
  }
}

extension ProfiledPattern {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("condition", number)
    members.add("title", title)
    members.add("rules", .strings(rules))
    members.add(
      "literals",
      .array(
        literals.map {
          .object([
            JSONMember("text", .string($0.text)),
            JSONMember("ignoresCase", .bool($0.ignoresCase)),
          ])
        }))
    members.add("candidates", found.count)
    members.add("runs", found.runs)
    members.add("matched", found.hits)
    members.add("gaveUp", found.unknown)
    members.add("nanoseconds", found.nanoseconds)
    return .object(members)
  }
}
