import Diagnostics
import WAFModel

/// Byte match statements: the search string, and whether anything can match it.
enum ByteMatchCheck {
  /// Source: `ByteMatchStatement` of the API reference and the quotas page (documented); that an
  /// empty search string or a word with other characters is refused is assumed (Q4).
  static func check(
    _ statement: ByteMatchStatement, at body: JSONPointer, in findings: Findings
  ) {
    ComponentCheck(statement).check(at: body, in: findings)
    let bytes = statement.searchString.bytes
    let pointer = body.appending(statement.searchString.spelling.rawValue)
    if bytes.count > 200 {
      findings.refuse(
        .searchStringTooLong,
        "the search string has \(bytes.count) bytes; AWS WAF allows 200", at: pointer,
        from: .quotas)
    }
    if bytes.isEmpty {
      findings.warn(
        .emptySearchString,
        "the search string is empty; what AWS WAF does then is not documented", at: pointer)
    }
    if statement.positionalConstraint == .containsWord,
      !bytes.allSatisfy(NameCheck.isWordByte)
    {
      findings.refuse(
        .invalidWord,
        "under CONTAINS_WORD the search string must be of letters, digits and '_'", at: pointer,
        from: .api)
    }
    checkCase(statement, at: pointer, in: findings)
    checkFingerprint(statement, at: pointer, in: findings)
  }

  private static func checkCase(
    _ statement: ByteMatchStatement, at pointer: JSONPointer, in findings: Findings
  ) {
    let bytes = statement.searchString.bytes
    let last = lastCase(of: statement.textTransformations)
    if last == .lowercase, bytes.contains(where: isUpper) {
      findings.warn(
        .searchStringNeverMatches,
        "the search string has capital letters, but LOWERCASE leaves none in the component",
        at: pointer, notes: ["write the search string in lower case"])
    } else if last == .uppercase, bytes.contains(where: isLower) {
      findings.warn(
        .searchStringNeverMatches,
        "the search string has small letters, but UPPERCASE leaves none in the component",
        at: pointer, notes: ["write the search string in capitals"])
    }
  }

  /// A fingerprint has a fixed length: 32 hexadecimal digits for JA3, 36 characters for JA4.
  ///
  /// Source: "Request components in AWS WAF" (documented).
  private static func checkFingerprint(
    _ statement: ByteMatchStatement, at pointer: JSONPointer, in findings: Findings
  ) {
    let length: Int
    switch statement.fieldToMatch {
    case .ja3Fingerprint: length = 32
    case .ja4Fingerprint: length = 36
    default: return
    }
    let count = statement.searchString.bytes.count
    let keepsLength = statement.textTransformations.allSatisfy {
      [.none, .lowercase, .uppercase].contains($0.type)
    }
    guard statement.positionalConstraint == .exactly, keepsLength, count > 0, count != length
    else { return }
    findings.warn(
      .searchStringNeverMatches,
      "the search string has \(count) bytes, but every such fingerprint has \(length)",
      at: pointer, from: .components)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  /// LOWERCASE or UPPERCASE, if after it comes no transformation that could bring the other case
  /// back, as a decoding does.
  private static func lastCase(
    of transformations: [TextTransformation]
  ) -> TextTransformationType? {
    let types = transformations.sorted { $0.priority < $1.priority }.map(\.type)
    guard let last = types.lastIndex(where: { $0 == .lowercase || $0 == .uppercase }) else {
      return nil
    }
    let keepsCase = types[(last + 1)...].allSatisfy { type in
      switch type {
      case .none, .compressWhiteSpace, .normalizePath, .normalizePathWin, .removeNulls,
        .replaceNulls, .replaceComments, .removeWhitespace, .trim, .trimLeft, .trimRight:
        true
      default: false
      }
    }
    return keepsCase ? types[last] : nil
  }
}
