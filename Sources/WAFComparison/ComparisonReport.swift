import Bytes
package import Findings
import WAFEngine
package import WAFProgram
package import WAFReplay
import WAFRequests

/// What a new web ACL does to traffic otherwise than the old one.
package struct ComparisonReport: Equatable, Sendable {
  /// What the new web ACL does, rule by rule, and what could not be read.
  package internal(set) var new: ReplayReport
  /// What the old one does.
  package internal(set) var oldOutcomes = OutcomeCounts()
  /// Requests of which some difference is certain or predicted.
  package internal(set) var changed = 0
  /// Requests of which some difference is possible and none predicted.
  package internal(set) var possiblyChanged = 0
  /// By unit: keys as `ChangeUnit` reads them.
  package internal(set) var changes = BoundedTable<ChangeTally>(capacity: 2048)
  /// Exact sums by kind, whatever the table keeps.
  package internal(set) var totals: [FindingKind: CertaintyCounts] = [:]
  /// Requests that some rule of the new web ACL ends or counts.
  package internal(set) var matched = 0
  /// Requests whose recorded action is not what the old web ACL is predicted to do.
  package internal(set) var mismatches = MismatchReport()

  /// The empty report on two web ACLs.
  package init(_ pair: ProgramPair) {
    new = ReplayReport(pair.new)
  }

  package mutating func merge(_ other: ComparisonReport) {
    new.merge(other.new)
    oldOutcomes.merge(other.oldOutcomes)
    changed += other.changed
    possiblyChanged += other.possiblyChanged
    changes.merge(other.changes)
    for (kind, counts) in other.totals { totals[kind, default: CertaintyCounts()].add(counts) }
    matched += other.matched
    mismatches.merge(other.mismatches)
  }
}

/// Where the old web ACL's verdict is not what the recording says that the service did.
package struct MismatchReport: Equatable, Sendable {
  /// Records that say what the service did, under the old web ACL or under one they don't name.
  package var compared = 0
  package var disagreeing = 0
  package var first = FirstSamples<ChangedRequest>(capacity: 5)

  mutating func merge(_ other: MismatchReport) {
    compared += other.compared
    disagreeing += other.disagreeing
    first.merge(other.first)
  }
}

/// What requests are gathered by.
package struct ChangeUnit: Hashable, Sendable {
  package var kind: FindingKind
  /// The rule responsible.
  package var rule: String
  /// Method and path template: raw bytes of clients.
  package var route: [UInt8]

  /// The key of the unit; kinds by their place, NUL between rule and route.
  static func key(_ kind: FindingKind, _ rule: String, _ route: [UInt8]) -> [UInt8] {
    let place = FindingKind.allCases.firstIndex(of: kind) ?? 0
    return [UInt8(truncatingIfNeeded: place)] + Array(rule.utf8) + [0] + route
  }

  /// Reads a key back.
  package init?(key: [UInt8]) {
    guard let place = key.first, let end = key.dropFirst().firstIndex(of: 0),
      FindingKind.allCases.indices.contains(Int(place))
    else { return nil }
    kind = FindingKind.allCases[Int(place)]
    rule = String(decoding: key[1..<end], as: UTF8.self)
    route = Array(key[(end + 1)...])
  }
}

extension CertaintyCounts {
  mutating func add(_ other: CertaintyCounts) {
    exact += other.exact
    observed += other.observed
    approximate += other.approximate
    assumed += other.assumed
    possible += other.possible
  }

  mutating func add(_ certainty: Certainty) {
    switch certainty {
    case .exact: exact += 1
    case .observed: observed += 1
    case .approximate: approximate += 1
    case .assumed: assumed += 1
    case .indeterminate: possible += 1
    }
  }
}
