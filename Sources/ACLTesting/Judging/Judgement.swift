import Diagnostics
import WAFEngine
import WAFProgram
import Wafcast

/// What became of an expectation.
struct Judgement {
  /// One thing that was expected and is not so, or may not be so.
  struct Mismatch: Hashable {
    /// `expected BLOCK by admin/X, got ALLOW by Default_Action (exact)`.
    var text: String
    /// Whether the recording leaves open that it is so.
    var isUndecided: Bool
  }

  enum Outcome {
    case passed
    case failed
    case undecided
  }

  private(set) var mismatches: [Mismatch] = []

  var outcome: Outcome {
    if mismatches.isEmpty { return .passed }
    return mismatches.allSatisfy(\.isUndecided) ? .undecided : .failed
  }

  /// The mismatches in a sentence: those that are certain, or, where all are open, all.
  var message: String {
    let certain = mismatches.filter { !$0.isUndecided }
    return (certain.isEmpty ? mismatches : certain).map(\.text).joined(separator: "; ")
  }

  private let prediction: Prediction
  private let way: WayThrough
  private let names: ProgramNames

  init(
    _ expectation: Expectation, _ prediction: Prediction, _ way: WayThrough, _ names: ProgramNames
  ) {
    self.prediction = prediction
    self.way = way
    self.names = names
    judgeDecision(expectation)
    judgePossible(expectation.possible)
    judgeCertainty(expectation.certainty)
    judgeResponseCode(expectation.responseCode)
    for label in expectation.labels { judge(label: label, isWanted: true) }
    for label in expectation.noLabels { judge(label: label, isWanted: false) }
    for rule in expectation.counted { judge(counted: rule, isWanted: true) }
    for rule in expectation.notCounted { judge(counted: rule, isWanted: false) }
  }

  private mutating func fail(_ text: String, isUndecided: Bool = false) {
    mismatches.append(Mismatch(text: text, isUndecided: isUndecided))
  }

  /// Whether another rule could decide, by the best known answers.
  private var ruleIsOpen: Bool { way.end != prediction.rule }

  // MARK: The verdict

  private mutating func judgeDecision(_ expectation: Expectation) {
    guard expectation.action != nil || expectation.rule != nil else { return }
    let expected = "expected \(expectation.decisionInWords)"
    let actionMayHold =
      expectation.action.map { action in
        prediction.possible.contains { $0.logName == action }
      } ?? true
    guard prediction.certainty != .indeterminate else {
      fail("\(expected), \(verdictInWords)", isUndecided: actionMayHold)
      return
    }
    let ruleHolds = expectation.rule?.isMet(by: prediction.rule) ?? true
    let ruleIsOpen = expectation.rule != nil && ruleIsOpen
    guard !actionMayHold || !ruleHolds || ruleIsOpen else { return }
    var text = "\(expected), got \(verdictInWords)"
    if let rule = expectation.rule { text += hint(for: rule.name) }
    if actionMayHold, ruleHolds { text += "; another rule may decide" }
    fail(text, isUndecided: actionMayHold && ruleIsOpen)
  }

  /// `ALLOW by Default_Action (exact)`; `undecided between ALLOW and BLOCK`.
  private var verdictInWords: String {
    guard prediction.certainty != .indeterminate else {
      let actions = prediction.possible.map(\.logName)
      let needs = Set(prediction.needs.map(\.evidence)).sorted().joined(separator: ", ")
      return "undecided between \(actions.joined(separator: " and "))"
        + (needs.isEmpty ? "" : " for want of \(needs)")
    }
    return "\(prediction.action.logName) by \(prediction.rule) (\(prediction.certainty.name))"
  }

  private mutating func judgePossible(_ possible: [Action]) {
    guard !possible.isEmpty, Set(possible) != Set(prediction.possible) else { return }
    let expected = Action.allCases.filter { possible.contains($0) }.map(\.logName)
    fail("expected that \(expected.joined(separator: " or ")) is possible, got \(verdictInWords)")
  }

  private mutating func judgeCertainty(_ certainty: Certainty?) {
    guard let certainty, prediction.certainty > certainty else { return }
    let orStricter = certainty == .exact ? "" : " or stricter"
    fail("expected certainty \(certainty.name)\(orStricter), got \(prediction.certainty.name)")
  }

  private mutating func judgeResponseCode(_ code: Int?) {
    guard let code else { return }
    let isUndecided = prediction.certainty == .indeterminate || ruleIsOpen
    guard isUndecided || prediction.status != code else { return }
    let got =
      if isUndecided {
        "which is undecided"
      } else if let status = prediction.status {
        "got \(status)"
      } else {
        "got none: the request goes on to the resource"
      }
    fail("expected response code \(code), \(got)", isUndecided: isUndecided)
  }

  // MARK: Labels and counts, by the best known answers

  private mutating func judge(label: String, isWanted: Bool) {
    let found = prediction.labels.filter { Self.isMeant($0, by: label) }
    let isSure = found.contains { way.labels.contains($0) || !way.maybeLabels.contains($0) }
    let maybe =
      mayBeUnseen(label) || way.maybeLabels.contains { Self.isMeant($0, by: label) }
    if isWanted {
      guard !isSure else { return }
      if maybe {
        fail("expected label \(label), which may be there or not", isUndecided: true)
      } else {
        fail("expected label \(label), which is not there" + hint(forLabel: label))
      }
    } else if isSure {
      fail("expected no label \(label), got \(found.joined(separator: ", "))")
    } else if maybe {
      fail("expected no label \(label), which may be there or not", isUndecided: true)
    }
  }

  /// Whether the request may carry a label that no rule at hand adds by its name.
  private func mayBeUnseen(_ label: String) -> Bool {
    guard prediction.open.contains("labels") else { return false }
    let places = [
      "awswaf:clientip:geo:country:", "awswaf:clientip:geo:region:",
      "awswaf:forwardedip:geo:country:", "awswaf:forwardedip:geo:region:",
    ]
    if let place = places.first(where: { label.hasPrefix($0) }) {
      // There is one of a kind at most.
      return !prediction.labels.contains { $0.hasPrefix(place) }
    }
    return names.program.opaqueGroups.contains { group in
      !group.isAssumedIdle
        && (label.hasPrefix(group.namespace) || group.namespace.hasPrefix(label))
    }
  }

  private func hint(forLabel label: String) -> String {
    let known = Array(names.program.labels) + prediction.labels
    guard !known.contains(where: { Self.isMeant($0, by: label) }),
      let near = didYouMean(label, among: known)
    else { return "" }
    return "; did you mean '\(near)'?"
  }

  /// Whether a text stands for a label: for it as a whole, for its end behind a `:`, or, with `:`
  /// at its own end, for its namespace.
  static func isMeant(_ label: String, by text: String) -> Bool {
    text.hasSuffix(":") ? label.hasPrefix(text) : label == text || label.hasSuffix(":" + text)
  }

  private mutating func judge(counted rule: String, isWanted: Bool) {
    let isSure = way.counted.contains(rule)
    if !isSure, way.maybeCounted.contains(rule) {
      fail(
        "expected \(rule)\(isWanted ? "" : " not") to count it, which is undecided",
        isUndecided: true)
    } else if isSure != isWanted {
      fail(
        "expected \(rule)\(isWanted ? "" : " not") to count it, it does\(isWanted ? " not" : "")"
          + hint(for: rule))
    } else if !isWanted, !names.mayHave(rule) {
      // Of a rule that is not there it would always hold.
      fail("expected \(rule) not to count it" + hint(for: rule))
    }
  }

  /// What to say where the web ACL has no rule of a name.
  private func hint(for rule: String) -> String {
    guard !names.mayHave(rule) else { return "" }
    let near = didYouMean(rule, among: names.all)
    return "; the web ACL has no rule '\(rule)'" + (near.map { ", did you mean '\($0)'?" } ?? "")
  }
}
