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
  case "ipSet": return rest.hasPrefix("ipset") ? rest : "IP set \(rest)"
  case "regexPatternSet":
    return rest.hasPrefix("regexpatternset") ? rest : "regex pattern set \(rest)"
  case "ruleGroup": return rest.hasPrefix("rulegroup") ? rest : "rule group \(rest)"
  case "statement": return "statement \(rest), which is not evaluated"
  default: return evidence
  }
}

/// A text with each ARN of a document cut to its kind and name: `ipset office`.
func shorteningARNs(_ text: String) -> String {
  guard text.contains("arn:") else { return text }
  let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
    let parts = word.split(separator: "/")
    guard word.hasPrefix("arn:"), parts.count >= 3 else { return String(word) }
    return "\(parts[parts.count - 3]) \(parts[parts.count - 2])"
  }
  return words.joined(separator: " ")
}
