import Wafcast

/// What wafcast says about a pattern.
enum Acceptance {
  case accepted
  /// Evaluated, with a warning that AWS WAF may refuse it.
  case uncertain
  case refused

  /// The answers for patterns, in their order: each is the pattern of one rule of a web ACL.
  static func of(_ patterns: [String]) -> [Acceptance] {
    let rules = patterns.enumerated().map { index, pattern in
      """
      {"Name": "r\(index)", "Priority": \(index), "Action": {"Count": {}}, "Statement":
        {"RegexMatchStatement": {"RegexString": \(quoted(pattern)), "FieldToMatch": {"UriPath": {}},
          "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}
      """
    }
    let text = "{\"DefaultAction\": {\"Allow\": {}}, \"Rules\": [\(rules.joined(separator: ","))]}"
    let diagnostics: [Diagnostic]
    do throws(LoadFailure) {
      diagnostics = try loadWebACL(bytes: Array(text.utf8), file: "patterns.json").diagnostics
    } catch {
      switch error {
      case .invalid(let found, _): diagnostics = found
      }
    }
    var answers = [Acceptance](repeating: .accepted, count: patterns.count)
    for diagnostic in diagnostics {
      guard let components = diagnostic.place?.pointer.components, components.count > 1,
        components[0] == "Rules", let index = Int(components[1])
      else { continue }
      if diagnostic.severity == .error {
        answers[index] = .refused
      } else if diagnostic.code == "uncertain-regex", answers[index] == .accepted {
        answers[index] = .uncertain
      }
    }
    return answers
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
