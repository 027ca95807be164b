import ManagedRules
import TestSupport
import Testing
import WAFRequests
import WAFTraffic
import Wafcast

/// Rules whose condition AWS documents: no generated request may come out wrong, on either side.
@Suite struct DocumentedConditionsTests {
  private static let requestsPerRule = 300

  @Test(arguments: DocumentedCondition.all)
  func bothSides(_ condition: DocumentedCondition) throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("acl.json", try webACL(condition).description)
    let acl: CompiledWebACL
    do throws(LoadFailure) {
      acl = try loadWebACL(file, with: [], options: LoadOptions(searchString: .plain))
    } catch {
      Issue.record("the web ACL does not load")
      return
    }
    var predictor = Predictor(acl)
    var random = SplitMix(state: 20_261_125)
    for index in 0..<Self.requestsPerRule {
      let isMet = index.isMultiple(of: 2)
      let line = condition.record(meeting: isMet, using: &random).description
      var record = RequestRecord()
      try WAFLogDecoder().decode(
        Array(line.utf8).span, position: RecordPosition(), into: &record)
      let prediction = predictor.evaluate(record)
      if isMet {
        #expect(prediction.action == .block, "\(line)")
        #expect(prediction.certainty == (condition.isExample ? .approximate : .exact), "\(line)")
        #expect(prediction.fidelity == (condition.isExample ? "high" : "exact"), "\(line)")
        #expect(prediction.rule == "group/" + condition.rule)
        #expect(prediction.labels.contains(condition.label), "\(prediction.labels)")
      } else {
        #expect(prediction.action == .allow, "\(line)")
      }
    }
  }

  /// Each rule with a branch of fidelity `exact` is among the conditions, and no other is.
  @Test func everyExactRuleIsTried() {
    let exact = RulesetCatalogue.bundled().groups.filter { !$0.isWithConfiguration }.flatMap {
      group in
      group.content(version: nil).rules.filter { rule in
        guard case .branches(let branches, _, _) = rule.model else { return false }
        return branches.contains { $0.fidelity == .exact }
      }.map { "\(group.name)/\($0.name)" }
    }
    let documented = DocumentedCondition.all.filter { !$0.isExample }
    #expect(Set(exact) == Set(documented.map(\.testDescription)))
  }

  /// The group with all other rules set aside: they count.
  private func webACL(_ condition: DocumentedCondition) throws -> JSONValue {
    let group = try #require(
      RulesetCatalogue.bundled().group(vendorName: "AWS", name: condition.group))
    let visibility = JSONValue.object([
      "SampledRequestsEnabled": .bool(false), "CloudWatchMetricsEnabled": .bool(false),
      "MetricName": .string("documented"),
    ])
    let others = group.content(version: nil).rules.map(\.name).filter { $0 != condition.rule }
    return .object([
      "Name": .string("documented"), "DefaultAction": .object(["Allow": .object([:])]),
      "VisibilityConfig": visibility,
      "Rules": .array([
        .object([
          "Name": .string("group"), "Priority": .number("0"),
          "OverrideAction": .object(["None": .object([:])]), "VisibilityConfig": visibility,
          "Statement": .object([
            "ManagedRuleGroupStatement": .object([
              "VendorName": .string("AWS"), "Name": .string(condition.group),
              "RuleActionOverrides": .array(
                others.map { name in
                  .object([
                    "Name": .string(name),
                    "ActionToUse": .object(["Count": .object([:])]),
                  ])
                }),
            ])
          ]),
        ])
      ]),
    ])
  }
}

extension ManagedRuleGroup {
  /// Bot Control, ATP, ACFP and Anti-DDoS hang on settings and traffic: they have tests of their own.
  fileprivate var isWithConfiguration: Bool {
    ["BotControl", "ATP", "ACFP", "AntiDDoS"].contains { name.hasSuffix("\($0)RuleSet") }
  }
}
