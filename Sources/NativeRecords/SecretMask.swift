import Bytes

/// Which parts of a request are secrets, and what stands in their place.
///
/// Masking happens on output only: verdicts rest on what was recorded. What is masked is named by
/// the component's name in `wafcast.state` (`headers.cookie`, `args.password`, `body`), so that a
/// reader knows the component as redacted.
package enum SecretMask {
  /// What stands in the place of a secret; AWS WAF writes the same for redacted fields.
  package static let mask = Array("REDACTED".utf8)

  /// Whether the value of the header `name` is a secret.
  package static func isSecret(headerName name: Span<UInt8>) -> Bool {
    contains(name, anyOf: headerWords)
  }

  /// Whether the value of the query argument `name`, as sent, is a secret.
  package static func isSecret(argumentName name: Span<UInt8>) -> Bool {
    if name.firstIndex(of: UInt8(ascii: "%")) != nil {
      return isSecret(plainArgumentName: decoded(name).span)
    }
    return isSecret(plainArgumentName: name)
  }

  private static func isSecret(plainArgumentName name: Span<UInt8>) -> Bool {
    if contains(name, anyOf: argumentWords) { return true }
    // `user[key]`: the part in the last brackets is a name, too.
    var part = name
    if name.count > 2, name[name.count - 1] == UInt8(ascii: "]") {
      var start = name.count - 2
      while start > 0, name[start] != UInt8(ascii: "[") { start -= 1 }
      part = name.extracting(start + 1..<name.count - 1)
    }
    for word in argumentNames where part.equalsIgnoringASCIICase(word.span) { return true }
    return false
  }

  /// The query with secret values masked; at most about `limit` bytes of it.
  package static func maskedQuery(_ query: Span<UInt8>, limit: Int = .max) -> [UInt8] {
    var masked: [UInt8] = []
    appendMasked(query: query, to: &masked) { _ in }
    if masked.count > limit { masked.removeSubrange(limit...) }
    return masked
  }

  /// The path, or the address, with secret values masked: in its parameters (`;jsessionid=…`), and in
  /// a query and a fragment within it.
  package static func maskedPath(_ path: Span<UInt8>, limit: Int = .max) -> [UInt8] {
    var masked: [UInt8] = []
    var copied = 0
    for part in argumentParts(of: path) {
      masked.append(contentsOf: path.extracting(copied..<part.lowerBound))
      appendMasked(query: path.extracting(part), to: &masked) { _ in }
      copied = part.upperBound
    }
    masked.append(contentsOf: path.extracting(copied..<path.count))
    if masked.count > limit { masked.removeSubrange(limit...) }
    return masked
  }

  /// Whether the path, or the address, has a parameter or an argument whose value is a secret.
  package static func hasSecret(path: Span<UInt8>) -> Bool {
    for part in argumentParts(of: path) where hasSecret(query: path.extracting(part)) {
      return true
    }
    return false
  }

  /// Where a path, or an address, may have arguments.
  private static func argumentParts(of path: Span<UInt8>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var index = 0
    while index < path.count, path[index] != question, path[index] != hash {
      guard path[index] == semicolon else {
        index += 1
        continue
      }
      let start = index + 1
      index = start
      while index < path.count, path[index] != semicolon, path[index] != UInt8(ascii: "/"),
        path[index] != question, path[index] != hash
      {
        index += 1
      }
      parts.append(start..<index)
    }
    if index < path.count, path[index] == question {
      let end = path.firstIndex(of: hash, from: index) ?? path.count
      parts.append(index + 1..<end)
      index = end
    }
    if index < path.count { parts.append(index + 1..<path.count) }
    return parts
  }

  /// Whether the query has an argument whose value is a secret.
  package static func hasSecret(query: Span<UInt8>) -> Bool {
    var start = 0
    while start < query.count {
      let end = query.firstIndex(of: ampersand, from: start) ?? query.count
      if let equals = separator(in: query, start, end), equals + 1 < end,
        isSecret(argumentName: query.extracting(start..<equals))
      {
        return true
      }
      start = end + 1
    }
    return false
  }

  /// Appends the query with secret values masked, and hands out the names of what was masked.
  static func appendMasked(
    query: Span<UInt8>, to output: inout [UInt8], _ note: ([UInt8]) -> Void
  ) {
    var start = 0
    while start < query.count {
      let end = query.firstIndex(of: ampersand, from: start) ?? query.count
      if let equals = separator(in: query, start, end), equals + 1 < end,
        isSecret(argumentName: query.extracting(start..<equals))
      {
        output.append(contentsOf: query.extracting(start...equals))
        output.append(contentsOf: mask)
        note([UInt8](query.extracting(start..<equals)))
      } else {
        output.append(contentsOf: query.extracting(start..<end))
      }
      if end < query.count { output.append(ampersand) }
      start = end + 1
    }
  }

  private static func separator(in query: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var index = start
    while index < end {
      if query[index] == UInt8(ascii: "=") { return index }
      index += 1
    }
    return nil
  }

  /// Percent-decoded, so that `pass%77ord` is found out.
  private static func decoded(_ name: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < name.count {
      if name[index] == UInt8(ascii: "%"), index + 2 < name.count,
        let high = name[index + 1].hexDigitValue, let low = name[index + 2].hexDigitValue
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(name[index])
        index += 1
      }
    }
    return bytes
  }

  private static func contains(_ name: Span<UInt8>, anyOf words: [[UInt8]]) -> Bool {
    for start in name.indices {
      let first = name[start].asciiLowercased
      for word in words where word[0] == first && word.count <= name.count - start {
        if name.extracting(start..<start + word.count).equalsIgnoringASCIICase(word.span) {
          return true
        }
      }
    }
    return false
  }

  private static let ampersand = UInt8(ascii: "&")
  private static let question = UInt8(ascii: "?")
  private static let hash = UInt8(ascii: "#")
  private static let semicolon = UInt8(ascii: ";")

  private static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

  /// A header is a secret if its name contains one of these words: `cookie`, `set-cookie`,
  /// `authorization`, `proxy-authorization`, `x-api-key`, `x-amz-security-token`, `x-aws-waf-token`,
  /// `payment-signature`.
  private static let headerWords = bytes([
    "cookie", "authorization", "token", "secret", "password", "session", "api-key", "apikey",
    "credential", "payment",
  ])

  private static let argumentWords = bytes([
    "password", "passwd", "secret", "token", "session", "api_key", "api-key", "apikey", "signature",
    "credential",
  ])

  private static let argumentNames = bytes([
    "pw", "pwd", "pass", "key", "sig", "sid", "auth", "code", "jwt", "otp",
  ])
}
