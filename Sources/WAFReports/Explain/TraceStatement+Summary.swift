import ReportText
import WAFEngine
import WAFProgram

extension TraceStatement {
  /// What the statement says, by Kleene's logic over its leaves.
  var outcome: TraceOutcome {
    switch self {
    case .leaf(let leaf): leaf.outcome
    case .and(let parts):
      parts.contains { $0.outcome == .noMatch }
        ? .noMatch : parts.contains { $0.outcome == .unknown } ? .unknown : .match
    case .or(let parts):
      parts.contains { $0.outcome == .match }
        ? .match : parts.contains { $0.outcome == .unknown } ? .unknown : .noMatch
    case .not(let part):
      switch part.outcome {
      case .match: .noMatch
      case .noMatch: .match
      case .unknown: .unknown
      }
    }
  }

  /// What a known answer of the statement rests on: its weakest part where all parts count, its
  /// strongest where one part suffices.
  var level: EvidenceLevel {
    switch self {
    case .leaf(let leaf): leaf.level
    case .not(let part): part.level
    case .and(let parts): Self.level(parts, deciding: .noMatch)
    case .or(let parts): Self.level(parts, deciding: .match)
    }
  }

  private static func level(
    _ parts: [TraceStatement], deciding: TraceOutcome
  ) -> EvidenceLevel {
    if let strongest = parts.filter({ $0.outcome == deciding }).map(\.level).min() {
      return strongest
    }
    return parts.map(\.level).max() ?? .exact
  }

  /// The leaves, from left to right.
  var leaves: [TraceLeaf] {
    switch self {
    case .leaf(let leaf): [leaf]
    case .not(let part): part.leaves
    case .and(let parts), .or(let parts): parts.flatMap(\.leaves)
    }
  }
}

extension TraceStep {
  /// The managed rule's leaf, where the step is one.
  var managedLeaf: TraceLeaf? {
    guard case .leaf(let leaf) = statement, leaf.component.hasPrefix("managedRule:") else {
      return nil
    }
    return leaf
  }
}
