import Diagnostics
import WAFModel

/// Metrics and samples.
///
/// The API wants a `VisibilityConfig` everywhere, and the evaluation needs none. A document that
/// has not a single one is a sketch, and only strict reading asks for them; one that has some was
/// meant to be complete, and a forgotten one is reported.
enum VisibilityCheck {
  static func check(
    _ config: VisibilityConfig?, of what: String, at owner: JSONPointer, isNeeded: Bool,
    in findings: Findings
  ) {
    guard let config else {
      if isNeeded {
        findings.refuse(
          .missingVisibilityConfig, "\(what) has no 'VisibilityConfig'", at: owner, from: .api)
      }
      return
    }
    let pointer = owner.appending("VisibilityConfig").appending("MetricName")
    let name = config.metricName
    let letters = name.utf8
    let isTaken = ["All", "Default_Action"].contains(name)
    let isInAPI = letters.allSatisfy { NameCheck.isWordByte($0) || "#:.-/".utf8.contains($0) }
    let isInGuide = letters.allSatisfy { NameCheck.isWordByte($0) || $0 == UInt8(ascii: "-") }
    if isTaken {
      findings.refuse(
        .invalidMetricName, "AWS WAF keeps the metric name '\(name)' for itself", at: pointer,
        from: .api)
    } else if !isInAPI || !(1...255).contains(letters.count) {
      findings.refuse(
        .invalidMetricName,
        "the metric name '\(name.prefix(140))' is not allowed: AWS WAF takes 1 to 255 letters, "
          + "digits and _ # : . - /",
        at: pointer, from: .api)
    } else if !isInGuide || letters.count > 128 {
      findings.warn(
        .invalidMetricName,
        "the metric name '\(name.prefix(140))' may be refused: the API's text takes 1 to 128 "
          + "letters, digits, '_' and '-', its pattern takes more",
        at: pointer, from: .api)
    }
  }
}
