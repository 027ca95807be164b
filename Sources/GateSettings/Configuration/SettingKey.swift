import WAFProgram

/// The names of the settings in `wafcast.yml`.
package enum SettingKey: String, Hashable, Sendable, CaseIterable {
  /// Where a setting may stand.
  package enum Level: Hashable, Sendable {
    /// Beside `acls` only.
    case top
    /// In an entry of `acls` only.
    case entry
    /// Beside `acls` as what all entries have in common, and in an entry.
    case both
  }

  case version
  case acls
  case baseline
  case suppressions
  case reports
  // A web ACL's own.
  case file
  case name
  // How its documents are read.
  case account
  case scope
  case with
  case resourceType = "resource-type"
  case searchString = "search-string"
  case allowUnknown = "allow-unknown"
  case strict
  case lenient
  case assume
  case ipList = "ip-list"
  case rulesets
  case fidelity
  case geoip
  // Its traffic.
  case corpora
  case format
  case rate
  case maxRecord = "max-record"
  case recordedUnder = "recorded-under"
  // What is checked.
  case base
  case tests
  case budgets
  case minimum
  case maxRejects = "max-rejects"
  case maxIndeterminate = "max-indeterminate"
  case failOn = "fail-on"
  case coverage

  package var level: Level {
    switch self {
    case .version, .acls, .baseline, .suppressions, .reports: .top
    case .file, .name: .entry
    case .account, .scope, .with, .resourceType, .searchString, .allowUnknown, .strict, .lenient,
      .assume, .ipList, .rulesets, .fidelity, .geoip, .corpora, .format, .rate, .maxRecord,
      .recordedUnder,
      .base, .tests, .budgets, .minimum, .maxRejects, .maxIndeterminate, .failOn, .coverage:
      .both
    }
  }

  /// The settings that may stand beside `acls`.
  package static let atTop = allCases.filter { $0.level != .entry }
  /// The settings that may stand in an entry of `acls`.
  package static let inEntry = allCases.filter { $0.level != .top }

  /// Words that people write for it by mistake.
  static let mistaken: [String: SettingKey] = [
    "acl": .acls, "webacls": .acls, "web-acls": .acls, "path": .file, "traffic": .corpora,
    "corpus": .corpora, "logs": .corpora, "bundle": .with, "bundles": .with,
    "assumptions": .assume, "ip-lists": .ipList, "report": .reports, "suppress": .suppressions,
    "budget": .budgets,
    "test": .tests, "geo": .geoip, "min": .minimum, "old": .base,
  ]
}

/// The words of the settings that have a closed set of them.
///
/// Those of types that other rooms own are spelled as their raw values.
package enum SettingWords {
  package static let scopes = ["REGIONAL", "CLOUDFRONT"]
  package static let resourceTypes = ResourceType.allCases.map(\.rawValue)
  package static let searchStrings = ["auto", "base64", "plain"]
  package static let fidelities = ["exact", "high", "medium", "low"]
  package static let formats = ["auto", "waf-log", "har", "raw-http"]
  package static let rates = ["simulate", "assume-none"]
}
