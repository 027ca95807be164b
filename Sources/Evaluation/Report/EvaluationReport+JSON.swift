package import ReportText
import WAFProgram
import Wafcast

extension EvaluationReport {
  /// The report as JSON: `wafcast.evaluation/1`.
  package var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", "wafcast.evaluation/1")
    members.add("stamp", stampValue)
    members.add("requests", requestsValue)
    members.add("groups", groupsValue)
    members.add("detectors", detectorsValue)
    members.add(
      "samples",
      .array((sortedSamples(.falsePositive) + sortedSamples(.miss)).map { Self.value($0) }))
    return .object(members)
  }

  private var stampValue: JSONValue {
    var members: [JSONMember] = []
    members.add("program", "wafcast-evaluate")
    members.add("version", stamp.version)
    members.add("command", .strings(stamp.command))
    members.add("rulesetsSha256", stamp.rulesetsSHA256)
    members.add(
      "inputs",
      .array(
        reading.inputs.map { input in
          var members: [JSONMember] = []
          members.add("name", input.name)
          members.add("sha256", input.sha256)
          members.add("requests", input.requests)
          members.add("badLines", input.badLines)
          return .object(members)
        }))
    return .object(members)
  }

  private var requestsValue: JSONValue {
    var members: [JSONMember] = []
    members.add("attack", labels[.attack] ?? 0)
    members.add("benign", labels[.benign] ?? 0)
    members.add("badLines", reading.badLineCount)
    members.add(
      "firstBadLines",
      .array(
        reading.badLines.map { line in
          var members: [JSONMember] = []
          members.add("file", line.file)
          members.add("line", line.line)
          members.add("message", line.error.message)
          return .object(members)
        }))
    return .object(members)
  }

  // MARK: Groups

  private var groupsValue: JSONValue {
    var members: [JSONMember] = []
    members.add("names", .strings(choice.names))
    members.add("fidelity", choice.fidelity.rawValue)
    members.add("resourceType", choice.resourceType.rawValue)
    members.add("attacksByType", Self.rows(groups.attackTypes, named: "type", Self.members))
    members.add("attacksBySource", Self.rows(groups.attackSources, named: "source", Self.members))
    members.add("benignBySource", Self.rows(groups.benignSources, named: "source", Self.members))
    members.add(
      "benignBySourceAndRule",
      .array(
        sortedBenignBlocks.map { block, count in
          var members: [JSONMember] = []
          members.add("source", block.source)
          members.add("rule", block.rule)
          members.add("fidelity", block.fidelity)
          members.add(
            "blocked",
            Self.value(Proportion(count, of: groups.benignSources[block.source]?.total ?? 0)))
          return .object(members)
        }))
    members.add("rules", .array(groups.rules.map { value($0) }))
    return .object(members)
  }

  private static func members(_ counts: GroupTally.Counts) -> [JSONMember] {
    var members: [JSONMember] = []
    members.add("blocked", value(counts.recall))
    members.add("byApproximation", value(counts.falsePositives))
    members.add("alsoAsDocumented", value(Proportion(counts.blockedByBoth, of: counts.total)))
    members.add(
      "asDocumentedOnly", value(Proportion(counts.blockedAsDocumented, of: counts.total)))
    return members
  }

  private func value(_ rule: GroupTally.RuleCounts) -> JSONValue {
    var members: [JSONMember] = []
    members.add("rule", rule.rule)
    members.add("action", rule.action.logName)
    for label in LabelledRequest.Label.allCases {
      var part: [JSONMember] = []
      part.add(
        "matched", Self.value(Proportion(rule.matched(label), of: labels[label] ?? 0)))
      var byFidelity: [JSONMember] = []
      for fidelity in GroupTally.fidelities where rule.matched(label, fidelity) > 0 {
        byFidelity.add(fidelity, rule.matched(label, fidelity))
      }
      part.add("byFidelity", .object(byFidelity))
      members.add(label.rawValue, .object(part))
    }
    members.add("undecided", rule.undecided)
    return .object(members)
  }

  // MARK: Detectors

  private var detectorsValue: JSONValue {
    var members: [JSONMember] = []
    members.add(
      "attacksByType", Self.rows(detectors.attackTypes, named: "type", Self.members))
    members.add(
      "attacksBySource", Self.rows(detectors.attackSources, named: "source", Self.members))
    members.add(
      "benignBySource", Self.rows(detectors.benignSources, named: "source", Self.members))
    members.add(
      "values",
      Self.rows(
        Dictionary(uniqueKeysWithValues: detectors.values.map { ($0.key.rawValue, $0.value) }),
        named: "label", Self.members))
    members.add(
      "benignValuesByPlace",
      Self.rows(
        Dictionary(
          uniqueKeysWithValues: detectors.benignPlaces.map { ($0.key.rawValue, $0.value) }),
        named: "place", Self.members))
    return .object(members)
  }

  private static func members(_ counts: DetectorTally.Counts) -> [JSONMember] {
    AttackDetector.allCases.map { JSONMember($0.rawValue, value(counts.share($0))) }
  }

  // MARK: Parts

  /// Rows sorted by name, which stands first in each.
  private static func rows<Counts>(
    _ counts: [String: Counts], named key: String, _ members: (Counts) -> [JSONMember]
  ) -> JSONValue {
    .array(
      counts.sorted { $0.key < $1.key }.map { name, counts in
        .object([JSONMember(key, .string(name))] + members(counts))
      })
  }

  private static func value(_ share: Proportion) -> JSONValue {
    var members: [JSONMember] = []
    members.add("count", share.part)
    members.add("of", share.whole)
    members.add("share", share.value.map { number($0) } ?? .null)
    members.add("low", number(share.interval.lowerBound))
    members.add("high", number(share.interval.upperBound))
    return .object(members)
  }

  private static func number(_ value: Double) -> JSONValue {
    .number(Proportion.decimal(value, places: 6))
  }

  private static func value(_ sample: EvaluationSample) -> JSONValue {
    var members: [JSONMember] = []
    members.add("kind", sample.kind.rawValue)
    members.add("subject", sample.subject)
    members.add("id", sample.id)
    members.add("source", sample.source)
    members.add("fidelity", ifPresent: sample.fidelity)
    members.add("component", sample.component)
    members.add("value", sample.value)
    return .object(members)
  }
}
