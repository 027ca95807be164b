import Diagnostics
import NativeRecords
import PredictedRecords
import ReportText
import WAFEngine

/// A request that is shown because something is wrong with what was found of it.
package struct EvaluationSample: Hashable, Sendable {
  /// What went wrong.
  package enum Kind: String, Sendable {
    case falsePositive = "false-positive"
    case miss
  }

  package var kind: Kind
  /// `GROUP/RULE` or a detector of a false positive; the kind of attack of a miss.
  package var subject: String
  package var id: String
  package var source: String
  package var fidelity: String?
  /// The component that matched; of a miss how the request begins.
  package var component: String
  /// What matched, or the request's target; secrets masked, control characters escaped.
  package var value: String
}

extension EvaluationSample {
  private static let shownBytes = 160

  /// A benign request that a rule blocks.
  init(_ match: RuleMatch, _ request: LabelledRequest, showsSecrets: Bool) {
    var shownMatch = match.match
    if !showsSecrets {
      shownMatch = shownMatch.map { $0.maskingSecrets(of: match.component) }
    }
    var component = match.component
    if let name = shownMatch?.name, !name.isEmpty, !component.hasSuffix(":" + name.lowercased()) {
      component += "[\(name)]"
    }
    self.init(
      kind: .falsePositive, subject: match.rule, id: request.id, source: request.source,
      fidelity: match.fidelity, component: component,
      value: Self.shortened(Self.around(shownMatch?.matched, of: shownMatch?.value ?? [])))
  }

  /// An attack that no rule blocks, or no detector finds.
  init(missed request: LabelledRequest, showsSecrets: Bool) {
    var target = request.target
    if !showsSecrets { target = SecretMask.maskedPath(target.span) }
    var value = Self.shortened(target)
    if showsSecrets, !request.body.isEmpty {
      value += " " + Self.shortened(request.body)
    } else if !request.body.isEmpty {
      value += " (and a body of \(counted(request.body.count, "byte")))"
    }
    self.init(
      kind: .miss, subject: request.attackType.isEmpty ? "attack" : request.attackType,
      id: request.id, source: request.source, fidelity: nil, component: request.method,
      value: value)
  }

  /// The matched part with some of what stands around it.
  private static func around(_ matched: Range<Int>?, of value: [UInt8]) -> [UInt8] {
    guard let matched, matched.lowerBound > 32 else { return value }
    return Array("…".utf8) + value[min(value.count, matched.lowerBound - 24)...]
  }

  private static func shortened(_ bytes: [UInt8]) -> String {
    bytes.count > shownBytes ? shown(bytes.prefix(shownBytes)) + "…" : shown(bytes)
  }
}
