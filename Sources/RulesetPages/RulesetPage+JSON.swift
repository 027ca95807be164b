import DocumentTree
import ManagedRules
package import ReportText
import WAFModel

extension RulesetPage {
  /// The page as data: `wafcast.ruleset/1`.
  package var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", "wafcast.ruleset/1")
    members.add("vendor", group.vendorName)
    members.add("name", group.name)
    members.add("title", group.title)
    members.add("version", content.map { $0.version?.name ?? "" } ?? group.versionText)
    members.add("asOf", group.asOf)
    members.add("defaultVersion", ifPresent: group.defaultVersion?.name)
    members.add("versions", .array(group.versions.map { $0.json }))
    members.add("capacity", group.capacity)
    members.add("labelNamespace", group.labelNamespace)
    members.add("labels", .strings(group.availableLabels))
    members.add("labelFamilies", .strings(group.labelFamilies))
    members.add("documentation", group.documentation)
    members.add("source", group.source)
    members.add(
      "retiredRules",
      .array(
        group.retiredRules.map { retired in
          .object([
            JSONMember("name", .string(retired.name)), JSONMember("note", .string(retired.note)),
          ])
        }))
    members.add("labelRules", .array(labelRules.map { $0.json }))
    members.add("observations", .array(group.observations.map { $0.json }))
    members.add("rules", .array(rules.map { $0.json }))
    return .object(members)
  }
}

extension ManagedRule {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("name", name)
    members.add("action", action.kind.rawValue)
    members.add("label", ifPresent: label)
    members.add("documentation", documentation)
    members.add("source", source)
    members.add("inspects", ifPresent: inspects)
    members.add("transformations", ifPresent: transformations)
    members.add("oversizeHandling", ifPresent: oversizeHandling?.rawValue)
    members.add("documentedPosition", ifPresent: documentedPosition)
    members.add("versions", versions.json)
    members.add("labelsFirst", .bool(labelsFirst))
    members.add(
      "additionalLabels",
      .array(
        additionalLabels.map { label in
          .object([
            JSONMember("name", .string(label.name)), JSONMember("versions", label.versions.json),
          ])
        }))
    members.add(requirements, model)
    members.add("observations", .array(observations.map { $0.json }))
    return .object(members)
  }
}

extension ManagedLabelRule {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("label", label)
    members.add("documentation", documentation)
    members.add("source", source)
    members.add("versions", versions.json)
    members.add(requirements, model)
    return .object(members)
  }
}

extension [JSONMember] {
  fileprivate mutating func add(
    _ requirements: [ManagedRuleRequirement], _ model: ManagedRuleModel
  ) {
    add(
      "requires",
      .array(requirements.map { .strings($0.condition ?? [$0.summary]) }))
    switch model {
    case .unmodelled(let reason): add("unmodelled", reason)
    case .branches(let branches, let missTrust, let why):
      add("missTrust", missTrust.rawValue)
      add("why", ifPresent: why)
      add("branches", .array(branches.map { $0.json }))
    }
  }
}

extension ManagedRuleBranch {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("fidelity", .string(fidelity.rawValue)),
      JSONMember("looksFor", .string(looksFor)),
      JSONMember("why", .string(why)),
      JSONMember("source", .string(source)),
      JSONMember("versions", versions.json),
      JSONMember("condition", .strings(ConditionText(statement).lines)),
      JSONMember("statement", JSONValue(document: statement.node())),
    ])
  }
}

extension RuleObservation {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    switch report {
    case .request(let request, let matched, let disagrees):
      members.add("request", request.json)
      members.add("matched", .bool(matched))
      members.add("disagrees", ifPresent: disagrees)
    case .unusable(let outcome, let why):
      members.add("outcome", outcome)
      members.add("unusable", why)
    }
    members.add("evidence", evidence.rawValue)
    members.add("date", ifPresent: date)
    members.add("source", source)
    members.add("note", ifPresent: note)
    return .object(members)
  }
}

extension RuleObservation.Request {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("method", method)
    members.add("uri", uri)
    members.add("headers", .array(headers.map { .strings([$0.name, $0.value]) }))
    members.add("body", ifPresent: body)
    return .object(members)
  }
}

extension KnownVersion {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("name", number.name)
    members.add("date", ifPresent: date)
    members.add("changes", changes)
    return .object(members)
  }
}

extension [VersionSpan] {
  fileprivate var json: JSONValue {
    .array(
      map { span in
        var members: [JSONMember] = []
        members.add("from", ifPresent: span.from?.name)
        members.add("before", ifPresent: span.before?.name)
        return .object(members)
      })
  }
}

extension JSONValue {
  /// The value of a document's node.
  fileprivate init(document node: Node) {
    switch node.kind {
    case .object(let members):
      self = .object(members.map { JSONMember($0.key, JSONValue(document: $0.value)) })
    case .array(let elements): self = .array(elements.map { JSONValue(document: $0) })
    case .string(let text): self = .string(text)
    case .number(let text): self = .number(text)
    case .bool(let value): self = .bool(value)
    case .null: self = .null
    }
  }
}
