import ReportText
import WAFEngine
import WAFProgram
import WAFReplay

extension ReportedRule {
  /// The group's name as the console shows it; nil for a rule without a group.
  var groupName: String? { groupID.isEmpty ? nil : OutlineRule.groupName(groupID) }

  /// The shortest name: the name inside the group, or that of the web ACL's rule.
  var shortName: String {
    switch kind {
    case .defaultAction: "the default action"
    case .group: topName
    case .plain, .inRuleGroup, .inManagedRuleGroup: innerName.isEmpty ? topName : innerName
    }
  }

  /// `AdminProtection_URIPATH of AWSManagedRulesAdminProtectionRuleSet`.
  var title: String {
    switch kind {
    case .defaultAction: "the default action"
    case .plain: topName
    case .group: "rule group \(groupName ?? topName)"
    case .inRuleGroup, .inManagedRuleGroup: "\(innerName) of \(groupName ?? topName)"
    }
  }
}

extension RuleReport {
  /// How sure its ends are: `approximate, fidelity high`, or
  /// `3 for certain, 52 approximate, fidelity high and medium`.
  var certaintyInWords: String {
    let parts = Certainty.allCases.filter { $0 != .indeterminate && ended($0) > 0 }
    if parts.count == 1, let only = parts.first {
      guard only == .approximate, let fidelities = fidelitiesInWords else { return only.name }
      return only.name + ", fidelity " + fidelities
    }
    var words: [String] = []
    if endedForCertain > 0 { words.append("\(grouped(endedForCertain)) for certain") }
    for certainty in [Certainty.approximate, .assumed] where ended(certainty) > 0 {
      words.append("\(grouped(ended(certainty))) \(certainty.name)")
    }
    let text = words.joined(separator: ", ")
    guard ended(.approximate) > 0, let fidelities = fidelitiesInWords else { return text }
    return text + ", fidelity " + fidelities
  }

  /// The fidelities of its approximate matches: `high`, or `high and medium`.
  private var fidelitiesInWords: String? {
    let found = approximateFidelities.map(\.name)
    return found.isEmpty ? nil : found.joined(separator: " and ")
  }

  private var approximateFidelities: [BranchFidelity] {
    BranchFidelity.allCases.filter { $0 != .exact && matchesByFidelity[Int($0.rawValue)] > 0 }
  }

  /// The weakest certainty of its ends, in a word or two; empty where it ends nothing.
  var weakestCertainty: String {
    guard let weakest = Certainty.allCases.last(where: { $0 != .indeterminate && ended($0) > 0 })
    else { return "" }
    let fidelities = approximateFidelities.map(\.name).joined(separator: ", ")
    guard weakest == .approximate, !fidelities.isEmpty else { return weakest.name }
    return "\(weakest.name) (\(fidelities))"
  }

  /// Where its requests go: `requests to /admin/…`, or `requests, 50 of them to /admin/…,`.
  var requestsInWords: String {
    let noun = ended == 1 ? "request" : "requests"
    let areas = Area.all(of: routes)
    guard routes.isExact, let first = areas.max(by: { $0.requests < $1.requests }) else {
      return noun
    }
    if areas.count == 1 { return "\(noun) to \(first.name)" }
    // Below half of them a path says little of what is hit.
    guard first.requests * 2 > matches else { return noun }
    return "\(noun), \(grouped(first.requests)) of them to \(first.name),"
  }
}

extension RateRule {
  /// `above 100 requests in 300 s`.
  var inWords: String {
    "above \(counted(limit, "request")) in \(grouped(windowSeconds)) s"
  }
}

/// The paths that begin with the same segment.
private struct Area {
  var firstSegment: ArraySlice<UInt8>
  /// The path, where it is only one.
  var onlyPath: ArraySlice<UInt8>?
  var requests: Int

  /// The areas of some routes, in order of their largest route.
  static func all(of routes: BoundedTable<RouteTally>) -> [Area] {
    var areas: [Area] = []
    for entry in routes.top() {
      let path = Route(entry.key).path
      let segment = path.split(separator: UInt8(ascii: "/")).first ?? []
      if let index = areas.firstIndex(where: { $0.firstSegment == segment }) {
        areas[index].requests += entry.value.requests
        if areas[index].onlyPath != path { areas[index].onlyPath = nil }
      } else {
        areas.append(
          Area(firstSegment: segment, onlyPath: path, requests: entry.value.requests))
      }
    }
    return areas
  }

  /// `/admin/…`, or the path.
  var name: String {
    if let onlyPath { return cut(shown(onlyPath), to: 48) }
    return cut("/" + shown(firstSegment), to: 46) + "/…"
  }
}

/// A method and a path template.
struct Route: Hashable {
  var method: ArraySlice<UInt8>
  var path: ArraySlice<UInt8>

  init(_ key: [UInt8]) {
    guard let blank = key.firstIndex(of: UInt8(ascii: " ")) else {
      method = []
      path = key[...]
      return
    }
    method = key[..<blank]
    path = key[(blank + 1)...]
  }

  var text: String {
    let parts = [shown(method), cut(shown(path), to: 44)]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// A count, marked where it is an estimate.
func estimated(_ count: Int, _ isExact: Bool) -> String { (isExact ? "" : "≈") + grouped(count) }

/// Items in a line, as many as fit, and how many more there are.
///
/// - Parameters:
///   - isEstimate: whether `total` is an estimate, and the items no more than examples.
///   - more: makes the words for those that are left out.
func fitting(
  _ items: [String], total: Int, width: Int, isEstimate: Bool = false,
  more: (String) -> String = { "… and \($0) more" }
) -> String {
  var line = ""
  for (index, item) in items.enumerated() {
    let candidate = line.isEmpty ? (isEstimate ? "e.g. " : "") + item : line + ", " + item
    let left = total - index - 1
    let tail = left > 0 ? ", " + more(estimated(left, !isEstimate)) : ""
    guard displayWidth(candidate) + displayWidth(tail) <= width || line.isEmpty else {
      return line + ", " + more(estimated(total - index, !isEstimate))
    }
    line = candidate
  }
  let left = total - items.count
  if left > 0 { line += ", " + more(estimated(left, !isEstimate)) }
  return line
}
