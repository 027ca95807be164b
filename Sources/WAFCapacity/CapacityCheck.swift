package import Diagnostics
package import ManagedRules
package import WAFModel

/// What the service would refuse, or charge more for.
package enum CapacityCheck {
  /// Checks a web ACL and all rule groups that were read with it.
  package static func check(
    _ webACL: Located<WebACL>, bundle: DocumentBundle, catalogue: RulesetCatalogue
  ) -> [Diagnostic] {
    CapacityEstimate(of: webACL, bundle: bundle, catalogue: catalogue).check()
      + bundle.ruleGroups.flatMap {
        CapacityEstimate(of: $0, bundle: bundle, catalogue: catalogue).check()
      }
  }
}

extension CapacityEstimate {
  /// Checks the total against the limits, and a rule group's rules against its own capacity.
  ///
  /// Whatever is not known only adds, so that what is too much without it is too much.
  package func check() -> [Diagnostic] {
    switch subject {
    case .webACL: [limitDiagnostic ?? priceDiagnostic].compactMap(\.self)
    case .ruleGroup:
      [ownLimitDiagnostic, ownCapacityDiagnostic ?? limitDiagnostic]
        .compactMap(\.self)
    }
  }

  private func place(_ member: String) -> Place {
    Place(file: file, pointer: pointer.appending(member))
  }

  /// The total in words, with what is not sure about it.
  private var amount: String {
    let isEstimate = capacity.estimate != capacity.upperBound
    return (isAtLeast ? "at least " : "") + (isEstimate ? "about " : "")
      + "\(capacity.estimate) WCU"
  }

  private var estimateNote: String {
    "the estimate is \(capacity.estimate) WCU: it counts text transformations that rules share once"
  }

  private var boundNote: String {
    "the upper bound is \(capacity.upperBound) WCU; 'wafcast capacity' shows what uses them"
  }

  private static let changedNote =
    "the service wrote this document: it was changed since, or the estimate is too high"

  /// More than AWS WAF allows.
  ///
  /// The estimate is an error, unless the service itself wrote a capacity within the limit: then it
  /// accepted these rules, if nobody changed them since. The upper bound alone is a warning.
  private var limitDiagnostic: Diagnostic? {
    let code = "capacity-exceeded"
    let what = subject == .webACL ? "the web ACL" : "the rule group"
    let allowed = "AWS WAF allows \(Self.limit)"
    guard capacity.upperBound > Self.limit else { return nil }
    guard capacity.estimate > Self.limit else {
      return .warning(
        code, "\(what) may use up to \(capacity.upperBound) WCU; \(allowed)", at: place("Rules"),
        notes: [estimateNote])
    }
    let message = "\(what) uses \(amount); \(allowed)"
    if hasARN, let recorded, recorded <= Self.limit {
      return .warning(code, message, at: place("Rules"), notes: [boundNote, Self.changedNote])
    }
    return .error(code, message, at: place("Rules"), notes: [boundNote])
  }

  /// Within the limit, but beyond what the basic price includes.
  private var priceDiagnostic: Diagnostic? {
    guard capacity.estimate > Self.includedInPrice else { return nil }
    return Diagnostic(
      severity: .note, code: "capacity-price",
      message: "the web ACL uses \(amount); AWS charges more for requests beyond "
        + "\(Self.includedInPrice)",
      place: place("Rules"))
  }

  /// A rule group that states more capacity than AWS WAF allows, or none.
  private var ownLimitDiagnostic: Diagnostic? {
    guard let recorded, !(1...Self.limit).contains(recorded) else { return nil }
    return .error(
      "invalid-capacity", "a rule group's capacity is from 1 to \(Self.limit) WCU, not \(recorded)",
      at: place("Capacity"))
  }

  /// A rule group whose rules use more than the capacity that it was created with.
  ///
  /// Source: the API's CreateRuleGroup: AWS WAF enforces the limit when rules are added or modified
  /// (documented).
  private var ownCapacityDiagnostic: Diagnostic? {
    let code = "rule-group-capacity"
    guard let recorded, (1...Self.limit).contains(recorded), capacity.upperBound > recorded else {
      return nil
    }
    guard capacity.estimate > recorded else {
      return .warning(
        code,
        "the rules may use up to \(capacity.upperBound) WCU; the group's capacity is \(recorded)",
        at: place("Capacity"), notes: [estimateNote])
    }
    let message = "the rules use \(amount); the group's capacity is \(recorded)"
    if hasARN {
      return .warning(code, message, at: place("Capacity"), notes: [Self.changedNote])
    }
    return .error(code, message, at: place("Capacity"))
  }
}
