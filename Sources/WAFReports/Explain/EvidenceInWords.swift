/// What a recording or a bundle would have to hold, in words: `the body`, `header user-agent`.
func evidenceInWords(_ evidence: String) -> String {
  let fixed = [
    "httpMethod": "the method", "uri": "the path", "args": "the query", "body": "the body",
    "clientIp": "the client's address", "country": "the client's country",
    "region": "the client's region", "token": "the client's token",
  ]
  if let text = fixed[evidence] { return text }
  guard let colon = evidence.firstIndex(of: ":") else { return evidence }
  let rest = shorteningARNs(String(evidence[evidence.index(after: colon)...]))
  switch evidence[..<colon] {
  case "header": return "header \(rest)"
  case "label": return "label \(rest)"
  case "managedRule": return "the pattern of managed rule \(rest)"
  case "regexLimit": return "a cheaper pattern (the matching limit was reached on \(rest))"
  case "ipSet": return named("IP set", rest)
  case "regexPatternSet": return named("regex pattern set", rest)
  case "ruleGroup": return named("rule group", rest)
  case "statement": return "statement \(rest), which is not evaluated"
  default: return evidence
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
