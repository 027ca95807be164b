import ArgumentParser
import Findings

/// `--fail-on`: the kinds of change that fail a run.
struct FailurePolicy: ExpressibleByArgument {
  /// The kinds, and whether what is only possible counts too.
  var kinds: [FindingKind: Bool]

  static let standard = FailurePolicy(kinds: [.newlyBlocked: false])

  init(kinds: [FindingKind: Bool]) {
    self.kinds = kinds
  }

  init?(argument: String) {
    kinds = [:]
    guard argument != "none" else { return }
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      if word == "any" {
        for kind in FindingKind.allCases where kind.isChange { kinds[kind] = false }
        continue
      }
      guard let kind = FindingKind(rawValue: String(parts.first ?? "")),
        kind.isChange || kind == .engineMismatch, parts.count == 1 || parts[1...] == ["possible"]
      else { return nil }
      kinds[kind] = parts.count == 2
    }
  }

  var defaultValueDescription: String {
    kinds.keys.map(\.rawValue).sorted().joined(separator: ",")
  }

  static var allValueStrings: [String] {
    ["none", "any"] + FindingKind.allCases.filter(\.isChange).map(\.rawValue) + ["engine-mismatch"]
  }

  func apply(to findings: inout [Finding]) {
    for index in findings.indices {
      guard let countsPossible = kinds[findings[index].kind] else { continue }
      let counts = findings[index].radius?.requests
      findings[index].isFailing =
        counts.map { $0.predicted > 0 || (countsPossible && $0.possible > 0) } ?? true
    }
  }
}
