package import Bytes
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
    /// A label that the request gives its text, as a geo match statement does: a run of
    /// `VerdictDetails.texts`.
    case text(ByteRange)
  }

  /// What the log would list, in the order in which it happened.
  package private(set) var events: ContiguousArray<WalkEvent> = []
  /// The labels in the order in which they came on.
  package private(set) var labels: ContiguousArray<AppliedLabel> = []
  /// What detectors of attacks found in the rules that matched.
  package private(set) var matches: ContiguousArray<MatchDetail> = []
  /// The bytes of the labels that are not the program's, and of what detectors found.
  package private(set) var texts: [UInt8] = []
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

  fileprivate mutating func begin(events found: ContiguousArray<WalkEvent>) {
    events.removeAll(keepingCapacity: true)
    events.append(contentsOf: found)
    labels.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    matches.removeAll(keepingCapacity: true)
    assumptions.removeAll(keepingCapacity: true)
  }

  fileprivate mutating func add(label: Int) {
    labels.append(.label(label))
  }

  fileprivate mutating func add(text: String) {
    let start = texts.count
    texts.append(contentsOf: text.utf8)
    labels.append(.text(ByteRange(start: start, count: texts.count - start)))
  }

  mutating func add(
    _ detection: Detection, by detector: Detector, of rule: RuleIndex, field: Int, name: [UInt8],
    value: [UInt8]
  ) {
    var tokens: [ByteRange] = []
    for token in detection.tokens { tokens.append(append(value[token.range])) }
    matches.append(
      MatchDetail(
        rule: rule, detector: detector, field: field, name: append(name[...]),
        value: append(value[...]), tokens: tokens))
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) -> ByteRange {
    let start = texts.count
    texts.append(contentsOf: bytes)
    return ByteRange(start: start, count: bytes.count)
  }

  fileprivate mutating func add(assumption place: Int) {
    assumptions.append(place)
  }
}

extension Evaluator {
  /// Copies out what the walk behind `verdict`, the last one evaluated, found.
  package func copyDetails(for verdict: Verdict, into details: inout VerdictDetails) {
    details.begin(events: events)
    for label in labels.order {
      if label < 0 {
        for text in geoLabelTexts(source: Int(~label)) { details.add(text: text) }
      } else {
        details.add(label: Int(label))
      }
    }
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
      case .rule, .gate: rule = .rule(RuleIndex(Int(item.index)))
      case .scopeDown: rule = .group(top: Int(item.index))
      case .label: rule = nil
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
      if label < 0 {
        texts += geoLabelTexts(source: Int(~label))
      } else {
        texts.append(program.labels[Int(label)])
      }
    }
    return texts
  }

  func place(of assumption: AssumptionID) -> Int {
    switch assumption {
    case .managedRule(let index): index
    case .opaqueGroup(let index): program.managed.count + index
    case .bodylessHTTP2: program.fixedAssumptions + 0
    case .resourceType: program.fixedAssumptions + 1
    case .idleRates: program.fixedAssumptions + 2
    case .emptyRateHistory: program.fixedAssumptions + 3
    case .rateParticipants: program.fixedAssumptions + 4
    case .acceptedToken: program.fixedAssumptions + 5
    case .unsolvedCaptcha: program.fixedAssumptions + 6
    case .detector(let detector):
      program.fixedAssumptions + Program.plainAssumptionCount + Int(detector.rawValue)
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
  package var assumptionCount: Int {
    fixedAssumptions + Self.plainAssumptionCount + Detector.allCases.count
  }

  /// How many of those that every program has are not about detectors.
  fileprivate static let plainAssumptionCount = 7

  /// The place of the first assumption that every program has.
  fileprivate var fixedAssumptions: Int { managed.count + opaqueGroups.count }

  /// The name of an assumption by its place.
  package func assumptionName(at place: Int) -> String {
    if place < managed.count {
      return "\(managed[place].name)=\((managed[place].assumption ?? .noMatch).name)"
    }
    if place < fixedAssumptions { return opaqueGroups[place - managed.count].assumption }
    switch place - fixedAssumptions {
    case 0: return "bodyless-h2"
    case 1: return "resource-type=\(bodyLimits.assumed.rawValue)"
    case 2: return "rate=assume-none"
    case 3: return "rate-history=empty"
    case 4: return "rate-participants=assumed"
    case 5: return "token=accepted"
    case 6: return "captcha=not-solved"
    default:
      let index = place - fixedAssumptions - Self.plainAssumptionCount
      let detector = Detector.allCases[min(index, Detector.allCases.count - 1)]
      return "detector/\(detector.name)=\((detectorAssumptions[detector] ?? .noMatch).name)"
    }
  }
}
