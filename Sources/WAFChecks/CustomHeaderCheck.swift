import Diagnostics
import WAFModel

/// The headers that the service adds to requests or responses.
enum CustomHeaderCheck {
  /// Source: `CustomHTTPHeader` of the API reference and the quotas page (documented).
  static func check(
    _ headers: [CustomHTTPHeader], of what: String, at list: JSONPointer,
    in findings: Findings
  ) {
    if headers.count > 10 {
      findings.refuse(
        .tooManyHeaders, "\(headers.count) headers; AWS WAF allows 10 in \(what)", at: list,
        from: .quotas)
    }
    var names: Set<String> = []
    for (index, header) in headers.enumerated() {
      let pointer = list.appending(index)
      if !isName(header.name) {
        findings.refuse(
          .invalidHeaderName,
          "the header name '\(header.name.prefix(70))' is not allowed: AWS WAF takes 1 to 64 "
            + "letters, digits and . _ $ -",
          at: pointer.appending("Name"), from: .api)
      } else if !names.insert(header.name.lowercased()).inserted {
        findings.refuse(
          .duplicateHeader, "the header '\(header.name)' is set twice",
          at: pointer.appending("Name"), from: .api)
      }
      let length = header.value.unicodeScalars.count
      if !(1...255).contains(length) || header.value.contains(where: \.isNewline) {
        findings.refuse(
          .invalidHeaderValue,
          "the header's value must be one line of 1 to 255 characters; it has \(length)",
          at: pointer.appending("Value"), from: .api)
      }
    }
  }

  private static func isName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { NameCheck.isWordByte($0) || "._$-".utf8.contains($0) }
  }

  /// The quota of all the headers that a web ACL or rule group defines.
  static func checkTotals(
    requestHeaders: Int, responseHeaders: Int, of what: String, at rules: JSONPointer,
    in findings: Findings
  ) {
    for (count, kind) in [(requestHeaders, "request"), (responseHeaders, "response")]
    where count > 100 {
      findings.warn(
        .tooManyHeaders,
        "\(count) custom \(kind) headers; the quota of AWS WAF is 100 in a \(what)", at: rules,
        focus: .key, from: .adjustable)
    }
  }
}

extension RuleAction {
  /// How many headers it inserts into requests.
  var requestHeaderCount: Int {
    switch self {
    case .allow(let body): body.customRequestHandling?.insertHeaders.count ?? 0
    case .count(let body): body.customRequestHandling?.insertHeaders.count ?? 0
    case .captcha(let body): body.customRequestHandling?.insertHeaders.count ?? 0
    case .challenge(let body): body.customRequestHandling?.insertHeaders.count ?? 0
    case .block, .monetize: 0
    }
  }

  /// How many headers it adds to responses.
  var responseHeaderCount: Int {
    if case .block(let body) = self { return body.customResponse?.responseHeaders.count ?? 0 }
    return 0
  }
}
