import Diagnostics
package import Findings

/// A kind of finding that fails the run: `newly-blocked`, `newly-blocked:possible`.
package struct FailOn: Hashable, Sendable {
  package var kind: FindingKind
  /// The requests of a change that count; of other findings it says nothing.
  package var certainty: CertaintySelector

  package init(_ kind: FindingKind, _ certainty: CertaintySelector = .predicted) {
    self.kind = kind
    self.certainty = certainty
  }

  /// What fails a run unless somebody says otherwise.
  package static let usual = [FailOn(.newlyBlocked)]

  /// Why a text is none.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var notes: [String]
    package var suggestion: String?
  }

  /// Reads the form that the configuration and the command line have: a kind, and behind a colon
  /// `certain`, `predicted` or `possible`.
  package init(_ text: String) throws(Problem) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let kinds = ["none", "any"] + FindingKind.allCases.map(\.rawValue)
    let word = parts.first.map(String.init) ?? ""
    guard let kind = FindingKind(rawValue: word) else {
      throw Problem(
        message: "there is no finding '\(word)'",
        notes: ["one of \(kinds.joined(separator: ", "))"],
        suggestion: didYouMean(word, among: kinds))
    }
    self.init(kind)
    guard parts.count > 1 else { return }
    guard kind.isChange else {
      throw Problem(message: "'\(word)' is no change: it has no certainty", notes: [])
    }
    let level = String(parts[1])
    guard let certainty = CertaintySelector(rawValue: level) else {
      let levels = CertaintySelector.allCases.map(\.rawValue)
      throw Problem(
        message: "there is no certainty '\(level)'",
        notes: ["one of \(levels.joined(separator: ", "))"],
        suggestion: didYouMean(level, among: levels))
    }
    self.certainty = certainty
  }

  /// What a word of the setting stands for: one kind, `any` change, `none`.
  package static func kinds(_ text: String) throws(Problem) -> [FailOn] {
    if text == "none" { return [] }
    guard text == "any" || text.hasPrefix("any:") else { return [try FailOn(text)] }
    var kinds: [FailOn] = []
    for kind in FindingKind.allCases where kind.isChange {
      kinds.append(try FailOn(kind.rawValue + text.dropFirst("any".count)))
    }
    return kinds
  }

  /// As it is written; without the usual certainty.
  package var text: String {
    certainty == .predicted ? kind.rawValue : "\(kind.rawValue):\(certainty.rawValue)"
  }

  func fails(_ finding: Finding) -> Bool {
    guard finding.kind == kind else { return false }
    guard kind.isChange, let radius = finding.radius else { return true }
    return certainty.count(of: radius.requests) > 0
  }
}

extension [FailOn] {
  /// The finding with what it means for the run.
  ///
  /// A change fails it where it is listed, something else also where it fails every run. What is
  /// accepted already fails nothing.
  package func judge(_ finding: Finding) -> Finding {
    var finding = finding
    guard finding.acceptance == nil else {
      finding.isFailing = false
      return finding
    }
    let isListed = contains { $0.fails(finding) }
    finding.isFailing = isListed || (finding.isFailing && !finding.kind.isChange)
    // How grave a change is follows from how sure it is, whatever fails the run.
    guard !finding.kind.isChange else { return finding }
    if finding.isFailing {
      finding.severity = .error
    } else if finding.severity == .error {
      finding.severity = .warning
    }
    return finding
  }
}
