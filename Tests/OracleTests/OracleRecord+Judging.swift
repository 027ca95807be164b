import Behaviour
import CrossSiteScripting
import Matching
import SQLInjection
import WAFModel
import WAFProgram

extension OracleRecord {
  /// What a leaf says of a component in one of some forms.
  ///
  /// - Parameters:
  ///   - trust: the level up to which answers of detectors count.
  ///   - lookaroundIsOpen: whether patterns with lookaround are taken as unknown.
  func judge(
    _ leaf: OracleLeaf, _ forms: [ComponentView], _ reading: Reading,
    trusting trust: EvidenceLevel, lookaroundIsOpen: Bool
  ) -> Truth {
    let judge = Judge(
      leaf: leaf, patterns: acl.patterns, reading: reading, trust: trust,
      lookaroundIsOpen: lookaroundIsOpen, assumption: assumption(leaf))
    return Truth.agreed(forms.map(judge.truth))
  }

  /// What the user says of a detector.
  private func assumption(_ leaf: OracleLeaf) -> ManagedCondition.Assumption? {
    guard case .detector(_, let detector) = leaf else { return nil }
    let name =
      switch detector {
      case .sqli(.low): "sqli-low"
      case .sqli(.high): "sqli-high"
      case .xss: "xss"
      }
    return acl.assumption("detector", name)
  }
}

/// One question to a component.
private struct Judge {
  var leaf: OracleLeaf
  var patterns: [String: CompiledPattern]
  var reading: Reading
  var trust: EvidenceLevel
  var lookaroundIsOpen: Bool
  var assumption: ManagedCondition.Assumption?

  func truth(_ view: ComponentView) -> Truth {
    let over: Truth
    switch view.handling {
    case .continue: return truthWithinLimits(view)
    case .match: over = .yes
    case .noMatch: over = .no
    }
    switch view.isOver {
    case .yes: return over
    case .no: return truthWithinLimits(view)
    case .unknown: return Truth.agreed([truthWithinLimits(view.withinLimit), over])
    }
  }

  private func truthWithinLimits(_ view: ComponentView) -> Truth {
    if let answer = view.answer { return answer }
    var values = view.values
    if view.isAbsent {
      // An absent component matches nothing, unless Q3 has its other reading.
      guard reading.flip.contains(.absentAsEmpty), leaf.isSize || view.mayBeEmptyForAll else {
        return .no
      }
      values = [view.empty]
    }
    if case .size(_, let comparison, let size) = leaf,
      reading.flip.contains(.elementSizes), !values.isEmpty
    {
      return totalTruth(values, mayHaveMore: view.mayHaveMore, comparison, size)
    }
    var truths = values.map(truth)
    // There may be no such element at all, so it never makes a match certain.
    for possible in view.maybes + [view.unseen].compactMap({ $0 }) where truth(possible) != .no {
      truths.append(.unknown)
      break
    }
    return Truth.any(truths)
  }

  private func totalTruth(
    _ values: [KnownValue], mayHaveMore: Bool, _ comparison: ComparisonOperator, _ size: Int
  ) -> Truth {
    var most: Int? = mayHaveMore ? nil : 0
    for value in values { most = most.flatMap { sum in value.most.map { sum + $0 } } }
    return KnownValue.compares(
      least: values.map(\.least).reduce(0, +), most: most, comparison, size)
  }

  private func truth(_ value: KnownValue) -> Truth {
    switch leaf {
    case .bytes(_, let search, let constraint): return value.matches(search, constraint)
    case .size(_, let comparison, let size): return value.compares(comparison, size)
    case .patterns(_, let sources):
      return Truth.any(
        sources.map { source in
          guard let pattern = patterns[source] else { return .unknown }
          return lookaroundIsOpen && pattern.isApproximate ? .unknown : value.matches(pattern)
        })
    case .detector(_, let detector):
      // Every detector lets words pass; what the user says of other values is assumed.
      let isWord = value.bytes.allSatisfy(NaiveTransformations.isWord)
      if isWord { return value.extent == .whole && trust >= .approximate ? .no : .unknown }
      guard let assumption else {
        guard value.extent == .whole, trust >= .approximate else { return .unknown }
        return detector.finds(in: value.bytes) ? .yes : .no
      }
      guard trust >= .assumed else { return .unknown }
      switch assumption {
      case .match: return .yes
      case .noMatch: return value.extent == .whole ? .no : .unknown
      case .unknown: return .unknown
      }
    case .addresses, .countries, .networks, .managed, .token, .unknowable: return .unknown
    }
  }
}

extension OracleDetector {
  /// The detectors are tested apart: here it matters what the engine makes of their answers.
  fileprivate func finds(in value: [UInt8]) -> Bool {
    switch self {
    case .sqli(.low): SQLInjectionDetector.findAttack(in: value.span, sensitivity: .low) != nil
    case .sqli(.high): SQLInjectionDetector.findAttack(in: value.span, sensitivity: .high) != nil
    case .xss: CrossSiteScriptingDetector.findAttack(in: value.span) != nil
    }
  }
}
