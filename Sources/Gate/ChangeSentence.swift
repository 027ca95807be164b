import Findings
import ReportText

/// A change in a sentence: `42 requests of 12 clients to POST /checkout would newly be blocked by
/// common/CrossSiteScripting_BODY`.
struct ChangeSentence {
  var kind: FindingKind
  var rule: String
  var route: String
  var radius: BlastRadius

  var text: String {
    let counts = radius.requests
    let isPredicted = counts.predicted > 0
    let requests = isPredicted ? counts.predicted : counts.possible
    let clients = (radius.clients.isExact ? "" : "about ") + counted(radius.clients.value, "client")
    var text = "\(counted(requests, "request")) of \(clients) to \(route) "
    text += isPredicted ? "would " : "might "
    text += verb
    if isPredicted {
      let levels = levels(counts)
      if !levels.isEmpty { text += " (\(levels.joined(separator: ", ")))" }
      if counts.possible > 0 { text += ", and possibly \(grouped(counts.possible)) more" }
    }
    return text
  }

  private var verb: String {
    switch kind {
    case .newlyBlocked: "newly be blocked by \(rule)"
    case .newlyAllowed: "newly be allowed, not stopped by \(rule) any more"
    case .newlyChallenged: "newly be challenged by \(rule)"
    case .newlyCounted: "newly be counted by \(rule)"
    case .noLongerCounted: "no longer be counted by \(rule)"
    case .ruleChanged: "fare the same by another rule, \(rule)"
    case .newlyIndeterminate: "not be decided any more by what is recorded: \(rule) is open"
    default: kind.rawValue
    }
  }

  /// How far it can be trusted, by numbers; nothing is called certain that is not.
  private func levels(_ counts: CertaintyCounts) -> [String] {
    // That a verdict is open is a plain fact of the recording.
    if kind == .newlyIndeterminate { return [] }
    var parts: [String] = []
    if counts.certain > 0 { parts.append("\(grouped(counts.certain)) for certain") }
    if counts.approximate > 0 { parts.append("\(grouped(counts.approximate)) approximate") }
    if counts.assumed > 0 { parts.append("\(grouped(counts.assumed)) assumed") }
    return parts
  }
}
