import Findings
import ReportText

extension GateReport {
  /// The report as data; `docs/schemas/gate-report.schema.json` describes it.
  var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", "wafcast.gate-report/1")
    members.add("command", command)
    members.add("outcome", outcome.rawValue)
    members.add("partial", .bool(isPartial))
    members.add("verdict", verdict)
    members.add("webACLs", .array(sections.map(\.json)))
    members.add("notices", .strings(notices))
    members.add(
      "stamp",
      .array(
        stamp.map {
          .object([JSONMember("name", .string($0.name)), JSONMember("value", .string($0.value))])
        }))
    return JSONValue.object(members).shortened
  }
}

extension GateSection {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("name", name)
    members.add("file", file)
    members.add("base", .string(orNull: base.isEmpty ? nil : base))
    members.add("traffic", .strings(traffic))
    members.add("records", records)
    members.add("requests", requests)
    members.add("rejects", rejects)
    members.add("changed", changed)
    members.add("possiblyChanged", possiblyChanged)
    members.add(
      "totals",
      .array(
        totals.rows.map { row in
          .object([
            JSONMember("name", .string(row.name)), JSONMember("old", row.old.json),
            JSONMember("new", row.new.json),
          ])
        }))
    members.add("structure", .array(structure.map(\.json)))
    members.add("findings", .array(findings.map(\.json)))
    members.add("cases", .array(cases.map(\.json)))
    members.add("coverage", coverage.map(\.json) ?? .null)
    members.add("assumptions", .strings(assumptions))
    members.add("warnings", .strings(warnings))
    return .object(members)
  }
}

extension CertaintyCounts {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("exact", .integer(exact)), JSONMember("observed", .integer(observed)),
      JSONMember("approximate", .integer(approximate)), JSONMember("assumed", .integer(assumed)),
      JSONMember("possible", .integer(possible)),
    ])
  }
}

extension Finding.Location {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("file", file)
    members.add("line", ifPresent: line)
    members.add("column", ifPresent: column)
    return .object(members)
  }
}

extension StructuralChange {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("kind", kind.rawValue)
    members.add("subject", subject)
    members.add("rule", .string(orNull: rule.isEmpty ? nil : rule))
    members.add("details", .strings(details))
    members.add("location", location.map(\.json) ?? .null)
    return .object(members)
  }
}

extension Finding {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("id", id)
    members.add("kind", kind.rawValue)
    members.add("severity", severity.rawValue)
    members.add("failing", .bool(isFailing))
    members.add("rule", .string(orNull: rule.isEmpty ? nil : rule))
    members.add("route", .string(orNull: route.isEmpty ? nil : route))
    members.add("subject", .string(orNull: subject.isEmpty ? nil : subject))
    members.add("message", message)
    members.add("notes", .strings(notes))
    members.add("location", location.map(\.json) ?? .null)
    members.add("radius", radius.map(\.json) ?? .null)
    members.add("examples", .array(examples.map(\.json)))
    members.add("needs", .strings(needs))
    members.add("cure", .strings(cure))
    members.add("curePlace", .string(orNull: curePlace.isEmpty ? nil : curePlace))
    members.add("acceptance", acceptance.map(\.json) ?? .null)
    return .object(members)
  }
}

extension Finding.Acceptance {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("source", .string(source.rawValue)), JSONMember("reason", .string(reason)),
      JSONMember("owner", .string(owner)), JSONMember("expires", .string(expires)),
    ])
  }
}

extension BlastRadius {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("requests", requests.json)
    members.add("clients", clients.json)
    for (name, shares) in [
      ("paths", paths), ("methods", methods), ("hosts", hosts), ("countries", countries),
      ("agents", agents),
    ] {
      members.add(name, shares.json)
    }
    members.add("firstSeen", .string(orNull: firstSeen.flatMap { utcText($0) }))
    members.add("lastSeen", .string(orNull: lastSeen.flatMap { utcText($0) }))
    return .object(members)
  }
}

extension BlastRadius.Count {
  fileprivate var json: JSONValue {
    .object([JSONMember("value", .integer(value)), JSONMember("exact", .bool(isExact))])
  }
}

extension BlastRadius.Shares {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("distinct", distinct.json),
      JSONMember(
        "top",
        .array(
          top.map {
            .object([
              JSONMember("value", .string($0.value)), JSONMember("requests", .integer($0.requests)),
            ])
          })),
    ])
  }
}

extension Finding.Example {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("position", position)
    members.add("requestId", .string(orNull: requestID.isEmpty ? nil : requestID))
    members.add("time", .string(orNull: timestamp.flatMap { utcText($0) }))
    members.add("request", request)
    members.add("host", .string(orNull: host.isEmpty ? nil : host))
    members.add("client", .string(orNull: client.isEmpty ? nil : client))
    members.add("oldActions", .strings(oldActions))
    members.add("newActions", .strings(newActions))
    members.add("oldRule", .string(orNull: oldRule.isEmpty ? nil : oldRule))
    members.add("newRule", newRule)
    members.add("certainty", certainty)
    members.add("matches", .strings(matches))
    return .object(members)
  }
}

extension CaseResult {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("group", group)
    members.add("name", name)
    members.add("status", status.rawValue)
    members.add("message", message)
    members.add("details", .strings(details))
    members.add("location", location.map(\.json) ?? .null)
    return .object(members)
  }
}

extension Coverage {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("percent", .number("\(Double(Int(percent * 10)) / 10)"))
    for kind in [Coverage.Item.Kind.rule, .leaf] {
      let counts = counts(of: kind)
      members.add(
        kind == .rule ? "rules" : "leaves",
        .object([
          JSONMember("covered", .integer(counts.covered)), JSONMember("all", .integer(counts.all)),
        ]))
    }
    members.add(
      "items",
      .array(
        items.map { item in
          var members: [JSONMember] = []
          members.add("kind", item.kind.rawValue)
          members.add("name", item.name)
          members.add("rule", item.rule)
          members.add("covered", .bool(item.isCovered))
          members.add("matches", item.matches)
          members.add("misses", item.misses)
          members.add("location", item.location.map(\.json) ?? .null)
          return .object(members)
        }))
    return .object(members)
  }
}

extension JSONValue {
  /// The value with each text cut that is longer than anyone reads.
  fileprivate var shortened: JSONValue {
    switch self {
    case .object(let members): .object(members.map { JSONMember($0.key, $0.value.shortened) })
    case .array(let elements): .array(elements.map(\.shortened))
    case .string(let text): .string(short(text, 4000))
    case .integer, .number, .bool, .null: self
    }
  }
}
