import Diagnostics
import WAFModel

/// Size constraints.
enum SizeCheck {
  /// The largest part of a body that any resource lets AWS WAF inspect.
  ///
  /// Source: `SizeInspectionLimit` of the API reference (documented).
  private static let largestBody = 65_536

  /// Source: `Size` of the API reference (documented).
  static func check(
    _ statement: SizeConstraintStatement, at body: JSONPointer, in findings: Findings
  ) {
    let limit = 21_474_836_480
    let pointer = body.appending("Size")
    if !(0...limit).contains(statement.size) {
      findings.refuse(
        .invalidSize, "a size is from 0 to \(limit), not \(statement.size)", at: pointer,
        from: .api)
    } else if statement.size == 0, statement.comparisonOperator == .lt {
      findings.warn(.sizeNeverMatches, "no size is below 0", at: pointer)
    } else if isBeyondBodies(statement) {
      findings.warn(
        .sizeNeverMatches,
        "AWS WAF receives \(largestBody) bytes of a body at most, so that this can hardly match",
        at: pointer,
        notes: [
          "to block large bodies, set OversizeHandling to MATCH and the size to the inspection "
            + "limit"
        ])
    }
  }

  /// Whether a body that is cut at the limit never reaches the size (assumed, Q1).
  private static func isBeyondBodies(_ statement: SizeConstraintStatement) -> Bool {
    guard case .body(let field) = statement.fieldToMatch,
      (field.oversizeHandling ?? .continue) == .continue
    else { return false }
    switch statement.comparisonOperator {
    case .gt: return statement.size >= largestBody
    case .ge, .eq: return statement.size > largestBody
    case .lt, .le, .ne: return false
    }
  }
}
