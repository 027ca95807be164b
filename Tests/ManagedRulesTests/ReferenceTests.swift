import ManagedRules
import Testing
import WAFModel

/// The project's own rule data against the reference.
@Suite struct ReferenceTests {
  private static let groups = RulesetCatalogue.bundled().groups

  private func group(_ reference: ReferenceGroup) throws -> ManagedRuleGroup {
    try #require(Self.groups.first { $0.name == reference.name })
  }

  /// Our rule of each rule of the reference; where several versions have one of the name, the newest.
  private func rule(_ reference: ReferenceGroup.Rule, in group: ManagedRuleGroup) throws
    -> ManagedRule
  {
    try #require(group.rules.last { $0.name == reference.name }, "\(reference.name) is missing")
  }

  @Test func allGroupsAreThere() {
    #expect(ReferenceGroup.all.count == 15)
    #expect(ReferenceGroup.all.map(\.name).sorted() == Self.groups.map(\.name))
  }

  @Test(arguments: ReferenceGroup.all)
  func capacityAndLabelPrefix(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    #expect(group.vendorName == "AWS")
    #expect(group.capacity == reference.capacity)
    #expect(group.labelNamespace == reference.labelPrefix)
  }

  @Test(arguments: ReferenceGroup.all)
  func namesLabelsAndActions(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    for expected in reference.rules {
      let rule = try rule(expected, in: group)
      #expect(rule.action.kind.rawValue == expected.action, "\(rule.name)")
      if let label = expected.label { #expect(rule.label == label, "\(rule.name)") }
    }
  }

  /// A rule that no reference has is one of older versions.
  @Test(arguments: ReferenceGroup.all)
  func noRuleIsInvented(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    let known = Set(reference.rules.map(\.name))
    for rule in group.rules where !known.contains(rule.name) {
      let isPast = !rule.versions.isEmpty && rule.versions.allSatisfy { $0.before != nil }
      #expect(isPast, "\(rule.name)")
    }
    let names = Set(group.rules.map(\.name))
    #expect(group.retiredRules.allSatisfy { !names.contains($0.name) && !known.contains($0.name) })
  }

  /// Evaluation follows the API's order where it is known, else the guide's; where they differ the
  /// rules say where the guide has them.
  @Test(arguments: ReferenceGroup.all)
  func bothOrders(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    let documented = reference.rules.map(\.name)
    func ours(_ names: [String]) -> [String] {
      var seen: Set<String> = []
      // Of a rule that stands twice, the newest counts.
      return group.rules.reversed().map(\.name)
        .filter { names.contains($0) && seen.insert($0).inserted }.reversed()
    }
    guard let apiOrder = reference.apiOrder else {
      #expect(ours(documented) == documented)
      #expect(group.rules.allSatisfy { $0.documentedPosition == nil })
      return
    }
    #expect(ours(apiOrder) == apiOrder)
    let others = documented.filter { !apiOrder.contains($0) }
    #expect(ours(others) == others)
    for (index, expected) in reference.rules.enumerated() {
      #expect(try rule(expected, in: group).documentedPosition == index + 1, "\(expected.name)")
    }
  }

  @Test(arguments: ReferenceGroup.all)
  func limits(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    for expected in reference.rules {
      guard let limit = expected.maxBytes else { continue }
      let rule = try rule(expected, in: group)
      guard case .branches(let branches, let missTrust, _) = rule.model else {
        Issue.record("\(rule.name) is not modelled")
        continue
      }
      #expect(missTrust == .exact, "\(rule.name)")
      let sizes = branches.filter { $0.fidelity == .exact }.compactMap { branch -> Int? in
        guard case .sizeConstraint(let body) = branch.statement, body.comparisonOperator == .gt
        else { return nil }
        return body.size
      }
      #expect(sizes == [limit], "\(rule.name)")
    }
  }

  /// A literal of the documentation is found by a branch that is exact or high, on the component by
  /// itself; what is decoded before is not looked at here.
  @Test(arguments: ReferenceGroup.all)
  func documentedLiterals(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    for expected in reference.rules {
      let rule = try rule(expected, in: group)
      guard let values = expected.documented else { continue }
      guard case .branches(let branches, _, _) = rule.model else {
        Issue.record("\(rule.name) is not modelled")
        continue
      }
      // What a detector finds is asked in its own tests.
      if branches.contains(where: { $0.statement.usesDetector }) { continue }
      for value in values {
        #expect(
          branches.contains { $0.fidelity <= .high && $0.statement.accepts(value) },
          "\(rule.name): \(value)")
      }
    }
  }

  @Test(arguments: ReferenceGroup.all)
  func everyRuleAndBranchIsExplained(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    #expect(!group.source.isEmpty)
    #expect(group.asOf.count == 10)
    for rule in group.rules {
      #expect(rule.documentation.hasSuffix("."), "\(rule.name)")
      #expect(!rule.source.isEmpty, "\(rule.name)")
      #expect(rule.inspects?.isEmpty == false, "\(rule.name)")
      #expect(rule.transformations?.isEmpty == false, "\(rule.name)")
      switch rule.model {
      case .unmodelled(let reason):
        #expect(reason.hasSuffix("."), "\(rule.name)")
      case .branches(let branches, let missTrust, let why):
        #expect(branches.map(\.fidelity) == branches.map(\.fidelity).sorted(), "\(rule.name)")
        #expect(missTrust == .exact || why?.isEmpty == false, "\(rule.name): why is a miss so?")
        for branch in branches {
          #expect(!branch.source.isEmpty && !branch.looksFor.isEmpty, "\(rule.name)")
          #expect(branch.why.hasSuffix("."), "\(rule.name): \(branch.looksFor)")
        }
      }
    }
  }

  /// What rules for bodies, headers and cookies do above the inspection limits.
  @Test(arguments: ReferenceGroup.all)
  func oversizeHandlingIsSaid(_ reference: ReferenceGroup) throws {
    for rule in try group(reference).rules where rule.name.hasSuffix("_BODY") {
      #expect(rule.oversizeHandling != nil, "\(rule.name)")
    }
  }

  @Test(arguments: ReferenceGroup.all)
  func observationsAreComplete(_ reference: ReferenceGroup) throws {
    let group = try group(reference)
    #expect(group.observations.count >= reference.observations ?? 0)
    for expected in reference.rules {
      let count = group.rules.filter { $0.name == expected.name }.map(\.observations.count).max()
      #expect(count ?? 0 >= expected.observations ?? 0, "\(expected.name)")
    }
  }
}
