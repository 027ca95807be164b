import WAFProgram

/// Parts of a recording that can settle a verdict, in words.
private let recordedEvidence = [
  "httpMethod": "the method", "uri": "the path", "args": "the query",
  "fragment": "the fragment of the URI", "headers": "all headers", "body": "the body",
  "clientIp": "the client's address", "country": "the client's country",
  "region": "the client's region", "clientAsn": "the client's autonomous system",
  "forwardedCountry": "the country of the forwarded address",
  "forwardedRegion": "the region of the forwarded address",
  "forwardedAsn": "the autonomous system of the forwarded address",
  "ja3Fingerprint": "the JA3 fingerprint", "ja4Fingerprint": "the JA4 fingerprint",
  "token": "the state of the client's token", "payment": "the state of the client's payment",
]

/// Whether a better recording would hold it; else it is a document, or nothing that can be had.
func isRecordedEvidence(_ evidence: String) -> Bool {
  recordedEvidence[evidence] != nil || evidence.hasPrefix("header:")
}

/// What a recording or a bundle would have to hold, in words: `the body`, `header user-agent`.
func evidenceInWords(_ evidence: String) -> String {
  if let text = recordedEvidence[evidence] { return text }
  if evidence == "rates" { return "the rate of requests at that time" }
  if evidence.hasPrefix("detector/") {
    return "the logic of " + detectorInWords(evidence.dropFirst("detector/".count))
  }
  guard let colon = evidence.firstIndex(of: ":") else { return evidence }
  let rest = shorteningARNs(String(evidence[evidence.index(after: colon)...]))
  switch evidence[..<colon] {
  case "header": return "header \(rest)"
  case "label": return "label \(rest)"
  case "labels": return "labels under \(rest)"
  case "managedRule": return "the pattern of managed rule \(rest)"
  case "managedRuleGroup": return "the rules of managed rule group \(rest)"
  case "regexLimit":
    return "a cheaper pattern (the matching limit was reached on \(evidenceInWords(rest)))"
  case "openQuestion": return openQuestionInWords(rest)
  case "ipSet": return named("IP set", rest)
  case "regexPatternSet": return named("regex pattern set", rest)
  case "ruleGroup": return named("rule group", rest)
  case "statement": return "statement \(rest), which is not evaluated"
  default: return evidence
  }
}

/// What AWS would have to document.
private func openQuestionInWords(_ name: String) -> String {
  switch name {
  case "Q21": "what AWS WAF inspects of gRPC bodies (open question Q21)"
  default: "an answer to open question \(name)"
  }
}

/// A detector of attacks by the name that `--assume` takes.
func detectorInWords(_ name: some StringProtocol) -> String {
  switch Detector.allCases.first(where: { $0.name == name }) {
  case .sqlInjectionLow: "the SQL injection detector (sensitivity LOW)"
  case .sqlInjectionHigh: "the SQL injection detector (sensitivity HIGH)"
  case .crossSiteScripting: "the cross-site scripting detector"
  case nil: "detector \(name)"
  }
}

/// A name after its kind, unless it says that already.
private func named(_ kind: String, _ name: String) -> String {
  name.hasPrefix(kind + " ") ? name : "\(kind) \(name)"
}

/// A text with each ARN of a document cut to its kind and name: `IP set office`.
func shorteningARNs(_ text: String) -> String {
  guard text.contains("arn:") else { return text }
  var result = ""
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    if !result.isEmpty { result += " " }
    let parts = word.split(separator: "/")
    guard word.hasPrefix("arn:"), parts.count >= 3 else {
      result += word
      continue
    }
    let kind = kindInWords(parts[parts.count - 3])
    // The words before may name the kind: `IP set arn:…`.
    if !result.hasSuffix(kind + " ") { result += kind + " " }
    result += parts[parts.count - 2]
  }
  return result
}

/// The kind of document in an ARN (`arn:…:regional/ipset/NAME/ID`).
private func kindInWords(_ kind: Substring) -> String {
  switch kind {
  case "ipset": "IP set"
  case "regexpatternset": "regex pattern set"
  case "rulegroup": "rule group"
  default: String(kind)
  }
}
