package import Matching
package import Transforms

/// How `bytes` conditions compare.
package enum Position: UInt8, Hashable, Sendable, CaseIterable {
  case exactly
  case startsWith
  case endsWith
  case contains
  case containsWord
}

/// How `size` conditions compare.
package enum Comparison: UInt8, Hashable, Sendable, CaseIterable {
  case equal
  case notEqual
  case lessOrEqual
  case less
  case greaterOrEqual
  case greater

  package func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .lessOrEqual: left <= right
    case .less: left < right
    case .greaterOrEqual: left >= right
    case .greater: left > right
    }
  }

  package var symbol: String {
    switch self {
    case .equal: "EQ"
    case .notEqual: "NE"
    case .lessOrEqual: "LE"
    case .less: "LT"
    case .greaterOrEqual: "GE"
    case .greater: "GT"
    }
  }
}

/// A condition that a program tests.
///
/// Numbers point into the tables of the program.
package enum Condition: Hashable, Sendable {
  case bytes(SlotIndex, search: Int, Position, Oversize)
  case regex(SlotIndex, patternSet: Int, Oversize)
  case size(SlotIndex, Comparison, Int, Oversize)
  /// An SQL injection or cross-site scripting detector.
  case detector(SlotIndex, Detector, Oversize)
  /// An IP set, and the place of the address source.
  case ipSet(Int, source: Int)
  case country(Int, source: Int)
  case asn(Int, source: Int)
  case label(Int)
  /// A rate-based rule: the place in `Program.rates`.
  case rate(Int)
  case managedRule(Int)
  case token(TokenTest)
  /// The type of the resource that takes the request.
  case resource(ResourceType)
  /// A condition that nothing recorded can settle: an unresolved reference, an unknown statement.
  case unknowable(Int)
}

/// The detectors of attacks, whose logic AWS does not publish (Q22).
package enum Detector: UInt8, Hashable, Sendable, CaseIterable {
  case sqlInjectionLow
  case sqlInjectionHigh
  case crossSiteScripting

  /// The name that `--assume` takes after `detector/`.
  package var name: String {
    switch self {
    case .sqlInjectionLow: "sqli-low"
    case .sqlInjectionHigh: "sqli-high"
    case .crossSiteScripting: "xss"
    }
  }
}

/// A slot: a field to match behind a chain of text transformations.
///
/// Slots form a prefix tree: a slot is its parent's values behind one more transformation, so that
/// chains that begin alike are computed once.
package struct Slot: Hashable, Sendable {
  package var field: Int
  package var parent: SlotIndex?
  package var transformation: TextTransformation?
}

/// A regex pattern set: a leaf matches if any of its patterns does.
package struct PatternSet: Sendable {
  package var patterns: [CompiledPattern]
  /// Lookaround and escapes without a meaning may be refused by the service (Q19): what such a set
  /// says is approximate.
  package var isApproximate: Bool
}

/// A managed rule's condition: branches that only give evidence.
package struct ManagedCondition: Sendable {
  package struct Branch: Sendable {
    package var entry: Int32
    package var formula: Formula
    package var fidelity: BranchFidelity
    package var looksFor: String

    package init(entry: Int32, formula: Formula, fidelity: BranchFidelity, looksFor: String) {
      self.entry = entry
      self.formula = formula
      self.fidelity = fidelity
      self.looksFor = looksFor
    }
  }

  /// `GROUP/RULE`, as `--assume` names it.
  package var name: String
  package var branches: [Branch]
  /// The level of a miss of all branches.
  package var missLevel: EvidenceLevel
  /// The answer where there is no branch, or where the user gave one.
  package var assumption: Assumption?
  /// The leaves of the branches, where these are to be run only if one of them may match.
  package internal(set) var watch: ManagedWatch?

  package enum Assumption: UInt8, Hashable, Sendable {
    case match
    case noMatch
    case unknown

    package var name: String {
      switch self {
      case .match: "match"
      case .noMatch: "no-match"
      case .unknown: "unknown"
      }
    }
  }

  package init(
    name: String, branches: [Branch], missLevel: EvidenceLevel, assumption: Assumption?
  ) {
    self.name = name
    self.branches = branches
    self.missLevel = missLevel
    self.assumption = assumption
  }
}

/// How good the argument for a branch is.
package enum BranchFidelity: UInt8, Hashable, Sendable, CaseIterable {
  case exact
  case high
  case medium
  case low

  package var name: String {
    switch self {
    case .exact: "exact"
    case .high: "high"
    case .medium: "medium"
    case .low: "low"
    }
  }
}
