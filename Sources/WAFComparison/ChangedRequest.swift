import PredictedRecords
import WAFEngine
package import WAFProgram
package import WAFReplay
package import WAFRequests

/// A request that fares otherwise under the new web ACL, to show.
///
/// Texts are raw bytes of the client; secrets are masked already.
package struct ChangedRequest: Hashable, Sendable, Positioned {
  /// The request with what the new web ACL does.
  package var example: RequestExample
  /// What the old one does.
  package var oldActions: [Action]
  package var oldRule: String
  package var certainty: Certainty
  /// What the rule responsible matched: component, then the value with the matched part marked.
  package var matches: [String]

  package var position: RecordPosition { example.position }

  package init(
    example: RequestExample, oldActions: [Action], oldRule: String, certainty: Certainty,
    matches: [String]
  ) {
    self.example = example
    self.oldActions = oldActions
    self.oldRule = oldRule
    self.certainty = certainty
    self.matches = matches
  }
}

extension Trace {
  /// What a rule matched, with the bytes around, masked; a few parts.
  func matches(of rule: String) -> [String] {
    var found: [String] = []
    for step in steps where step.rule == rule && step.subject != .scopeDown {
      step.statement.maskingSecrets().collectMatches(into: &found)
    }
    var seen: Set<String> = []
    return Array(found.filter { seen.insert($0).inserted }.prefix(3))
  }
}

extension TraceStatement {
  fileprivate func collectMatches(into found: inout [String]) {
    switch self {
    case .and(let parts), .or(let parts):
      for part in parts where part.isMet { part.collectMatches(into: &found) }
    case .not: break
    case .leaf(let leaf):
      guard leaf.outcome == .match else { return }
      if let match = leaf.match {
        found.append(match.text(component: leaf.component))
      } else if leaf.branches.isEmpty {
        found.append(leaf.title)
      }
      for branch in leaf.branches where branch.outcome == .match {
        branch.statement.collectMatches(into: &found)
      }
    }
  }

  /// Whether it matches for certain, by its leaves.
  private var isMet: Bool {
    switch self {
    case .leaf(let leaf): leaf.outcome == .match
    case .and(let parts): parts.allSatisfy(\.isMet)
    case .or(let parts): parts.contains(where: \.isMet)
    case .not(let part): part.isMissed
    }
  }

  private var isMissed: Bool {
    switch self {
    case .leaf(let leaf): leaf.outcome == .noMatch
    case .and(let parts): parts.contains(where: \.isMissed)
    case .or(let parts): parts.allSatisfy(\.isMissed)
    case .not(let part): part.isMet
    }
  }
}

extension TraceMatch {
  /// `body …alert(»<script«>…`.
  fileprivate func text(component: String) -> String {
    let range = matched.clamped(to: 0..<value.count)
    let start = max(0, range.lowerBound - Self.context)
    let end = min(value.count, range.upperBound + Self.context)
    let middle = range.prefix(Self.longest)
    var text = component
    if !name.isEmpty, !component.hasSuffix(":" + name.lowercased()) { text += " " + name }
    text +=
      " " + (start > 0 ? "…" : "")
      + String(decoding: value[start..<range.lowerBound], as: UTF8.self)
    text += "»" + String(decoding: value[middle], as: UTF8.self)
    text += (middle.count < range.count ? "…" : "") + "«"
    text += String(decoding: value[range.upperBound..<end], as: UTF8.self)
    return text + (end < value.count ? "…" : "")
  }

  private static let context = 24
  private static let longest = 64
}
