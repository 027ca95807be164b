import Diagnostics
import WAFModel

/// The ARNs by which statements refer to sets and rule groups.
struct ReferenceCheck {
  let container: RuleContainer

  /// - Parameter kind: what the ARN must be of, as ARNs spell it.
  func check(
    _ text: String, kind: String, _ what: String, at body: JSONPointer, in findings: Findings
  ) {
    let pointer = body.appending("ARN")
    guard let arn = ARN(text) else {
      findings.warn(
        .invalidARN, "'\(text.prefix(140))' is no ARN of \(what)", at: pointer,
        notes: ["its form is arn:aws:wafv2:REGION:ACCOUNT:regional|global/\(kind)/NAME/ID"])
      return
    }
    if arn.kind != kind {
      findings.refuse(
        .invalidARN, "the ARN is that of a resource '\(arn.kind)'; \(what) is expected",
        at: pointer)
    }
    if let scope = container.scope, scope != arn.scope {
      findings.refuse(
        .scopeMismatch,
        "a \(container.inWords) of scope \(scope.rawValue) can't use a resource of scope "
          + arn.scope.rawValue,
        at: pointer, from: .ruleGroups)
    } else if let own = container.arn, own.region != arn.region {
      findings.refuse(
        .scopeMismatch,
        "a \(container.inWords) of the Region \(own.region) can't use a resource of \(arn.region)",
        at: pointer, from: .ruleGroups)
    }
  }
}
