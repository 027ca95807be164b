import CrossSiteScripting
import SQLInjection

/// A detector of attacks, as wafv2 offers it.
package enum AttackDetector: String, CaseIterable, Sendable {
  case sqlInjectionLow = "sqli-low"
  case sqlInjectionHigh = "sqli-high"
  case crossSiteScripting = "xss"

  /// The statement that runs it.
  package var title: String {
    switch self {
    case .sqlInjectionLow: "SqliMatchStatement LOW"
    case .sqlInjectionHigh: "SqliMatchStatement HIGH"
    case .crossSiteScripting: "XssMatchStatement"
    }
  }

  /// Whether it finds an attack in a value.
  package func finds(in value: Span<UInt8>) -> Bool {
    switch self {
    case .sqlInjectionLow:
      SQLInjectionDetector.findAttack(in: value, sensitivity: .low) != nil
    case .sqlInjectionHigh:
      SQLInjectionDetector.findAttack(in: value, sensitivity: .high) != nil
    case .crossSiteScripting: CrossSiteScriptingDetector.findAttack(in: value) != nil
    }
  }
}

/// Which detectors find an attack in a value.
package struct DetectorVerdicts: Hashable, Sendable {
  private var bits: UInt8 = 0

  /// None does.
  package init() {}

  package init(on value: [UInt8]) {
    for (index, detector) in AttackDetector.allCases.enumerated()
    where detector.finds(in: value.span) {
      bits |= 1 << UInt8(truncatingIfNeeded: index)
    }
  }

  package subscript(detector: AttackDetector) -> Bool {
    let index = AttackDetector.allCases.firstIndex(of: detector) ?? 0
    return bits & 1 << UInt8(truncatingIfNeeded: index) != 0
  }

  package mutating func formUnion(_ other: DetectorVerdicts) { bits |= other.bits }
}
