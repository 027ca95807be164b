import Diagnostics
import Matching
import WAFModel

/// Regular expressions: their length, their syntax and the constructs that AWS WAF refuses.
///
/// The one place where patterns of documents are judged: the compiler only compiles them.
enum PatternCheck {
  /// `RegexPatternString` of the API reference (documented).
  private static let longest = 512
  /// "Characters in a regex pattern" of the quotas page (documented).
  private static let quota = 200

  static func check(_ pattern: String, at pointer: JSONPointer, in findings: Findings) {
    let bytes = Array(pattern.utf8)
    let length = pattern.unicodeScalars.count
    if length == 0 {
      findings.refuse(.invalidRegex, "the expression is empty", at: pointer, from: .api)
      return
    }
    if length > longest {
      findings.refuse(
        .regexTooLong, "the expression has \(length) characters; AWS WAF allows \(longest)",
        at: pointer, from: .api)
    } else if length > quota {
      findings.warn(
        .regexTooLong,
        "the expression has \(length) characters; the quotas page allows \(quota), the API "
          + "\(longest)",
        at: pointer, from: .quotas)
    }
    let judgement = findings.judgement(of: pattern)
    for finding in judgement.constructs {
      let message = "\(finding.message) (\(character(finding.offset, of: bytes)))"
      if finding.isRefused {
        findings.refuse(.unsupportedRegex, message, at: pointer, from: .regex)
      } else {
        findings.warn(.uncertainRegex, message, at: pointer, from: .regex)
      }
    }
    switch judgement.validity {
    case .valid(matchesEmptyString: false): break
    case .valid(matchesEmptyString: true):
      findings.warn(
        .uncertainRegex,
        "AWS WAF may not take an expression that matches the empty string; its documentation does "
          + "not say",
        at: pointer)
    case .invalid(let offset, let message):
      let place = offset.map { " (\(character($0, of: bytes)))" } ?? ""
      findings.refuse(.invalidRegex, message + place, at: pointer)
    }
  }

  /// The place of a byte of a pattern, for people.
  private static func character(_ offset: Int, of pattern: [UInt8]) -> String {
    let before = String(decoding: pattern.prefix(offset), as: UTF8.self).unicodeScalars.count
    return "at character \(before + 1) of the pattern"
  }
}

/// What is to be said of a pattern, wherever it stands.
struct PatternJudgement {
  /// The constructs in it that AWS WAF refuses, or may refuse.
  let constructs: [PatternFinding]
  let validity: PatternValidity

  init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    constructs = Matching.findings(inPattern: bytes)
    validity = PatternValidity(of: bytes)
  }
}
