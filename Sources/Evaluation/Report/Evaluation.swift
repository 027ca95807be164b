import WAFProgram

/// What is measured, and how much of it is shown.
package struct EvaluationOptions: Hashable, Sendable {
  package var groups: GroupChoice
  /// How many benign requests that a rule blocks are shown, for each rule.
  package var falsePositiveSamples: Int
  /// How many attacks that nothing blocks are shown, for each kind.
  package var missSamples: Int
  package var showsSecrets: Bool

  package init(
    groups: GroupChoice = GroupChoice(), falsePositiveSamples: Int = 0, missSamples: Int = 0,
    showsSecrets: Bool = false
  ) {
    self.groups = groups
    self.falsePositiveSamples = falsePositiveSamples
    self.missSamples = missSamples
    self.showsSecrets = showsSecrets
  }
}

/// Measures managed rule groups and detectors on a labelled corpus, request by request.
package struct Evaluation: ~Copyable {
  private let options: EvaluationOptions
  private var evaluator: GroupEvaluator
  private var groups: GroupTally
  private var detectors = DetectorTally()
  private var labels: [LabelledRequest.Label: Int] = [:]
  private var samples: [EvaluationSample] = []
  private var sampleCounts: [String: Int] = [:]

  package init(_ groups: GroupsUnderTest, options: EvaluationOptions) {
    self.options = options
    evaluator = GroupEvaluator(groups)
    self.groups = GroupTally(groups)
  }

  package mutating func add(_ request: LabelledRequest) {
    labels[request.label, default: 0] += 1
    let findings = evaluator.findings(on: request)
    groups.add(findings, on: request)
    detectors.add(request)
    switch request.label {
    case .benign:
      for match in findings.matches where match.action == .block {
        keep(limit: options.falsePositiveSamples, "rule " + match.rule) {
          EvaluationSample(match, request, showsSecrets: $0)
        }
      }
    case .attack:
      guard !findings.isBlocked else { return }
      keep(limit: options.missSamples, "attack " + request.attackType) {
        EvaluationSample(missed: request, showsSecrets: $0)
      }
    }
  }

  private mutating func keep(
    limit: Int, _ key: String, _ sample: (_ showsSecrets: Bool) -> EvaluationSample
  ) {
    guard sampleCounts[key, default: 0] < limit else { return }
    sampleCounts[key, default: 0] += 1
    samples.append(sample(options.showsSecrets))
  }

  /// What was found.
  package consuming func finish(_ reading: CorpusReading, stamp: EvaluationStamp)
    -> EvaluationReport
  {
    detectors.countValues()
    return EvaluationReport(
      stamp: stamp, choice: options.groups, reading: reading, labels: labels, groups: groups,
      detectors: detectors, samples: samples)
  }
}

/// What an evaluation was made with, so that anyone can make it again.
package struct EvaluationStamp: Hashable, Sendable {
  package var version: String
  package var command: [String]
  package var rulesetsSHA256: String

  package init(version: String, command: [String], rulesetsSHA256: String) {
    self.version = version
    self.command = command
    self.rulesetsSHA256 = rulesetsSHA256
  }
}

/// The figures of an evaluation.
package struct EvaluationReport: Sendable {
  package var stamp: EvaluationStamp
  package var choice: GroupChoice
  package var reading: CorpusReading
  package var labels: [LabelledRequest.Label: Int]
  package var groups: GroupTally
  package var detectors: DetectorTally
  package var samples: [EvaluationSample]
}
