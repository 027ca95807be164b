package import WAFProgram
package import WAFRequests

/// What the walk that filled the record of a verdict found on its way.
///
/// Explanations run further walks, so whoever writes a predicted record copies this out first. The
/// buffers are kept from record to record.
package struct VerdictDetails: Sendable {
  /// A label on the request.
  package enum AppliedLabel: Hashable, Sendable {
    /// A label of the program: its place in `Program.labels`.
    case label(Int)
    /// The labels that a geo match statement adds: country, then region.
    case geo
  }

  /// What the log would list, in the order in which it happened.
  package private(set) var events: ContiguousArray<WalkEvent> = []
  /// The labels in the order in which they came on.
  package private(set) var labels: ContiguousArray<AppliedLabel> = []
  /// The assumptions that the verdict rests on: places below `Program.assumptionCount`.
  package private(set) var assumptions: ContiguousArray<Int> = []
  /// The inspected parts that are above their limit.
  package fileprivate(set) var oversize: InspectedParts = []

  package init() {}

  /// Whether at least one rule counted.
  package var hasCount: Bool {
    for event in events {
      switch event {
      case .innerCount, .topCount: return true
      case .groupEvaluated, .innerTerminating: continue
      }
    }
    return false
  }

  fileprivate mutating func fill(
    events found: ContiguousArray<WalkEvent>, labels order: ContiguousArray<Int32>
  ) {
    events.removeAll(keepingCapacity: true)
    events.append(contentsOf: found)
    labels.removeAll(keepingCapacity: true)
    for label in order {
      labels.append(label == LabelState.geoEntry ? .geo : .label(Int(label)))
    }
    assumptions.removeAll(keepingCapacity: true)
  }

  fileprivate mutating func add(assumption place: Int) {
    assumptions.append(place)
  }
}

extension Evaluator {
  /// Copies out what the walk behind `verdict`, the last one evaluated, found.
  package func copyDetails(for verdict: Verdict, into details: inout VerdictDetails) {
    details.fill(events: events, labels: labels.order)
    details.oversize = oversize
    guard verdict.certainty >= .assumed else { return }
    for assumption in assumptionsInForce { details.add(assumption: place(of: assumption)) }
  }

  /// The rules that could end the evaluation and that the last walk through all worlds left open.
  ///
  /// To be asked for after `needs(for:_:)`, which makes that walk. Rule groups whose own scope or
  /// content is open are named as a whole.
  package var openRules: [OpenRule] {
    var found: [OpenRule] = []
    for item in unsettledRules where item.isTerminating {
      let rule: OpenRule?
      switch item.subject {
      case .rule, .token: rule = .rule(RuleIndex(Int(item.index)))
      case .scopeDown: rule = .group(top: Int(item.index))
      case .opaqueGroup:
        rule = program.topRules.firstIndex { $0.opaqueGroup == Int(item.index) }
          .map { .group(top: $0) }
      }
      if let rule, !found.contains(rule) { found.append(rule) }
    }
    return found
  }

  /// The labels on the request after the walk that filled the last verdict's record, as the log
  /// spells them, in the order in which they came on.
  package func labelTexts(_ record: borrowing RequestRecord) -> [String] {
    var texts: [String] = []
    for label in labels.order {
      if label == LabelState.geoEntry {
        texts += GeoLabel.texts(of: record)
      } else {
        texts.append(program.labels[Int(label)])
      }
    }
    return texts
  }

  private func place(of assumption: AssumptionID) -> Int {
    switch assumption {
    case .managedRule(let index): index
    case .opaqueGroup(let index): program.managed.count + index
    case .bodylessHTTP2: program.managed.count + program.opaqueGroups.count
    case .resourceType: program.managed.count + program.opaqueGroups.count + 1
    }
  }
}

/// A rule, or a rule group as a whole, that may or may not end the evaluation.
package enum OpenRule: Hashable, Sendable {
  case rule(RuleIndex)
  case group(top: Int)
}

extension Program {
  /// How many assumptions a verdict of this program can rest on.
  package var assumptionCount: Int { managed.count + opaqueGroups.count + 2 }

  /// The name of an assumption by its place.
  package func assumptionName(at place: Int) -> String {
    if place < managed.count {
      return "\(managed[place].name)=\((managed[place].assumption ?? .noMatch).name)"
    }
    let group = place - managed.count
    if group < opaqueGroups.count { return opaqueGroups[group].assumption }
    return group == opaqueGroups.count
      ? "bodyless-h2" : "resource-type=\(bodyLimits.assumed.rawValue)"
  }
}

extension GeoLabel {
  /// The labels that a geo match statement adds to `record`, country before region; what is not
  /// recorded of the client's place is left out.
  package static func texts(of record: borrowing RequestRecord) -> [String] {
    var texts: [String] = []
    switch record.country {
    case .notRecorded: break
    case .undetermined:
      // What MaxMind does not know is labelled too, country and region.
      return [country + "XX", region + "XX-XX"]
    case .code(let code): texts.append(country + code.text)
    }
    if let label = record.recordedRegion { texts.append(region + record.text(label)) }
    return texts
  }
}
