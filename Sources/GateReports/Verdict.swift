import Findings
import ReportText

extension GateReport {
  /// The report in one sentence.
  var verdict: String {
    let word =
      switch outcome {
      case .passed: "PASSED"
      case .failed: "FAILED"
      case .error: "ERROR"
      case .partial: "PARTIAL"
      }
    return "\(word): \(reason)"
  }

  private var reason: String {
    let failing = failing.failingFirst
    var text: String
    if let first = failing.first {
      let group = FindingGroup.groups(of: failing)[0]
      text = short(first.message, 400)
      if !group.others.isEmpty {
        text +=
          "; the same for \(counted(group.otherRequests, "request")) to "
          + counted(group.others.count, "other route")
      }
      let rest = failing.count - 1 - group.others.count
      if rest > 0 { text += "; \(counted(rest, "more finding"))" }
    } else {
      let failed = sections.flatMap(\.cases).count { $0.status == .failed || $0.status == .error }
      text = failed > 0 ? "\(counted(failed, "case")) failed" : quietReason
    }
    if isPartial { text = "interrupted, told of a part of the traffic only; " + text }
    return text
  }

  private var quietReason: String {
    let requests = sections.reduce(0) { $0 + $1.requests }
    let cases = sections.flatMap(\.cases)
    if requests == 0, !cases.isEmpty { return "\(counted(cases.count, "case")) as expected" }
    let changed = sections.reduce(0) { $0 + $1.changed }
    let possibly = sections.reduce(0) { $0 + $1.possiblyChanged }
    var text =
      changed == 0
      ? "nothing changes for \(counted(requests, "recorded request"))"
      : "\(grouped(changed)) of \(counted(requests, "recorded request")) "
        + "\(changed == 1 ? "fares" : "fare") otherwise, none in a way that fails"
    if possibly > 0 { text += "; \(grouped(possibly)) more may" }
    return text
  }
}

extension CertaintyCounts {
  /// `42 (12 for certain, 30 approximate; possibly 5 more)`.
  var inWords: String {
    var parts: [String] = []
    if certain > 0 { parts.append("\(grouped(certain)) for certain") }
    if approximate > 0 { parts.append("\(grouped(approximate)) approximate") }
    if assumed > 0 { parts.append("\(grouped(assumed)) assumed") }
    var text = parts.joined(separator: ", ")
    if possible > 0 {
      text +=
        (text.isEmpty ? "" : "; ") + "possibly \(grouped(possible))\(predicted > 0 ? " more" : "")"
    }
    return grouped(predicted) + (text.isEmpty ? "" : " (\(text))")
  }
}

extension BlastRadius.Count {
  var text: String { (isExact ? "" : "≈") + grouped(value) }
}

extension BlastRadius.Shares {
  /// `shop.example (40), api.example (2), 3 more`.
  func text(_ limit: Int = 3) -> String {
    var parts = top.prefix(limit).map { "\(short($0.value)) (\(grouped($0.requests)))" }
    let rest = distinct.value - min(limit, top.count)
    if rest > 0 { parts.append("\(distinct.isExact ? "" : "≈")\(grouped(rest)) more") }
    return parts.joined(separator: ", ")
  }
}

/// A text that came from a request, no longer than a line takes.
///
/// Scalars are counted: one character can have any number of combining marks.
func short(_ text: String, _ limit: Int = 160) -> String {
  let scalars = text.unicodeScalars
  guard text.utf8.count > limit, scalars.count > limit else { return text }
  return String(scalars.prefix(limit - 1)) + "…"
}

extension String {
  /// The text with some of its scalars written otherwise.
  ///
  /// By scalars, as a combining mark behind a `<` makes another character of it, and a parser still
  /// sees the `<`.
  func escaping(_ escape: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if let other = escape(scalar) {
        result += other
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension FindingKind {
  /// A heading: `Newly blocked`.
  var title: String {
    let words = rawValue.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
