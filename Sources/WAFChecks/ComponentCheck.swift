import Diagnostics
import WAFModel

/// The component that a statement inspects, and its preparation.
struct ComponentCheck {
  let field: FieldToMatch
  let preParse: [PreParseTextTransformation]
  let transformations: [TextTransformation]
  /// Whether the statement compares whole values, which is all that fingerprints are good for.
  var comparesWholeValues = false

  func check(at body: JSONPointer, in findings: Findings) {
    let pointer = body.appending("FieldToMatch")
    switch field {
    case .singleHeader(let name):
      NameCheck.component(
        name, "header", at: pointer.appending("SingleHeader").appending("Name"), in: findings)
    case .singleQueryArgument(let name):
      NameCheck.queryArgument(
        name, at: pointer.appending("SingleQueryArgument").appending("Name"), in: findings)
    case .cookies(let cookies):
      check(
        cookies.matchPattern, at: pointer.appending("Cookies").appending("MatchPattern"),
        in: findings)
    case .headers(let headers):
      check(
        headers.matchPattern, at: pointer.appending("Headers").appending("MatchPattern"),
        in: findings)
    case .jsonBody(let body):
      check(
        body.matchPattern, at: pointer.appending("JsonBody").appending("MatchPattern"),
        in: findings)
    case .ja3Fingerprint, .ja4Fingerprint:
      checkFingerprint(at: pointer, in: findings)
    case .method, .uriPath, .queryString, .allQueryArguments, .body, .headerOrder, .uriFragment,
      .opaque:
      break
    }
    checkPreParse(at: body.appending("PreParseTextTransformations"), in: findings)
    TransformationCheck.check(
      transformations, at: body.appending("TextTransformations"), in: findings)
  }

  /// Source: `JA3Fingerprint` and `JA4Fingerprint` of the API reference (documented).
  private func checkFingerprint(at pointer: JSONPointer, in findings: Findings) {
    guard !comparesWholeValues, let name = field.kind?.rawValue else { return }
    findings.refuse(
      .misplacedFingerprint,
      "'\(name)' can be inspected only by a ByteMatchStatement with EXACTLY",
      at: pointer.appending(name), focus: .key, from: .api)
  }

  /// Source: "Using pre-parse text transformations in AWS WAF" (documented).
  private func checkPreParse(at list: JSONPointer, in findings: Findings) {
    TransformationCheck.check(preParse, at: list, in: findings)
    switch field {
    case .singleQueryArgument, .allQueryArguments, .opaque: return
    case .method, .uriPath, .queryString, .singleHeader, .cookies, .body, .jsonBody, .headers,
      .headerOrder, .ja3Fingerprint, .ja4Fingerprint, .uriFragment:
      guard !preParse.isEmpty else { return }
      findings.refuse(
        .misplacedPreParse,
        "pre-parse text transformations go with SingleQueryArgument and AllQueryArguments only",
        at: list, focus: .key, from: .preParse)
    }
  }

  // MARK: Match patterns

  private func check(
    _ pattern: CookieMatchPattern, at pointer: JSONPointer, in findings: Findings
  ) {
    switch pattern {
    case .all: return
    case .includedCookies(let names), .excludedCookies(let names):
      let list = pointer.appending(pattern.kind.rawValue)
      if !(1...199).contains(names.count) {
        findings.refuse(
          .invalidCookieList, "\(names.count) cookie names; AWS WAF takes 1 to 199", at: list,
          from: .api)
      }
      for (index, name) in names.enumerated() {
        NameCheck.component(name, "cookie", limit: 60, at: list.appending(index), in: findings)
      }
    }
  }

  private func check(
    _ pattern: HeaderMatchPattern, at pointer: JSONPointer, in findings: Findings
  ) {
    switch pattern {
    case .all: return
    case .includedHeaders(let names), .excludedHeaders(let names):
      let list = pointer.appending(pattern.kind.rawValue)
      if !(1...199).contains(names.count) {
        findings.refuse(
          .invalidHeaderList, "\(names.count) header names; AWS WAF takes 1 to 199", at: list,
          from: .api)
      }
      for (index, name) in names.enumerated() {
        NameCheck.component(name, "header", at: list.appending(index), in: findings)
      }
    }
  }

  /// Source: `JsonPointerPath` of the API reference (documented).
  private func check(
    _ pattern: JsonMatchPattern, at pointer: JSONPointer, in findings: Findings
  ) {
    guard case .includedPaths(let paths) = pattern else { return }
    let list = pointer.appending(pattern.kind.rawValue)
    if paths.isEmpty {
      findings.refuse(
        .missingJSONPath, "a match pattern for JSON needs a path, or 'All'", at: list, from: .api)
    }
    for (index, path) in paths.enumerated() {
      let place = list.appending(index)
      if JSONPointer(parsing: path) == nil || path.isEmpty {
        findings.refuse(
          .invalidJSONPointer, "'\(path.prefix(140))' is no JSON pointer (RFC 6901)", at: place,
          from: .api,
          notes: ["it starts with '/', and '~' is written '~0', '/' inside a key '~1'"],
          suggestion: JSONPointer(parsing: "/" + path).flatMap { _ in
            path.isEmpty || path.hasPrefix("/") ? nil : "/" + path
          })
      } else if path.unicodeScalars.count > 512 {
        findings.refuse(
          .invalidJSONPointer,
          "the path has \(path.unicodeScalars.count) characters; AWS WAF allows 512", at: place,
          from: .api)
      }
    }
  }
}

extension ComponentCheck {
  init(_ statement: ByteMatchStatement) {
    self.init(
      field: statement.fieldToMatch, preParse: statement.preParseTextTransformations,
      transformations: statement.textTransformations,
      comparesWholeValues: statement.positionalConstraint == .exactly)
  }

  init(_ statement: RegexMatchStatement) {
    self.init(
      field: statement.fieldToMatch, preParse: statement.preParseTextTransformations,
      transformations: statement.textTransformations)
  }

  init(_ statement: RegexPatternSetReferenceStatement) {
    self.init(
      field: statement.fieldToMatch, preParse: statement.preParseTextTransformations,
      transformations: statement.textTransformations)
  }

  init(_ statement: SizeConstraintStatement) {
    self.init(
      field: statement.fieldToMatch, preParse: statement.preParseTextTransformations,
      transformations: statement.textTransformations)
  }

  init(_ statement: SqliMatchStatement) {
    self.init(
      field: statement.fieldToMatch, preParse: statement.preParseTextTransformations,
      transformations: statement.textTransformations)
  }

  init(_ statement: XssMatchStatement) {
    self.init(
      field: statement.fieldToMatch, preParse: statement.preParseTextTransformations,
      transformations: statement.textTransformations)
  }
}
