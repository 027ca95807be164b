import Diagnostics

/// The alphabets and lengths of names and descriptions.
enum NameCheck {
  /// Names of web ACLs, rule groups and rules: 1 to 128 of `A-Z a-z 0-9 _ -`.
  ///
  /// Source: `EntityName` of the API reference (documented).
  static func entity(
    _ name: String, _ what: String = "name", at pointer: JSONPointer, in findings: Findings
  ) {
    let isWord = name.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
    guard isWord, (1...128).contains(name.utf8.count) else {
      findings.refuse(
        .invalidName,
        "the \(what) '\(name.prefix(140))' is not allowed: AWS WAF takes 1 to 128 letters, "
          + "digits, '_' and '-'",
        at: pointer, from: .api)
      return
    }
  }

  /// Names of headers, cookies and query arguments: not blank, and no longer than a limit.
  ///
  /// Source: `FieldToMatchData` and `SingleCookieName` of the API reference (documented).
  static func component(
    _ name: String, _ what: String, limit: Int = 64, at pointer: JSONPointer,
    in findings: Findings
  ) {
    let length = name.unicodeScalars.count
    if isBlank(name) {
      findings.refuse(
        .invalidName, "the name of the \(what) is blank", at: pointer, from: .api)
    } else if length > limit {
      findings.refuse(
        .nameTooLong,
        "the name of the \(what) has \(length) characters; AWS WAF allows \(limit)",
        at: pointer, from: .api)
    }
  }

  /// Query arguments, where the guide is stricter than the API.
  static func queryArgument(
    _ name: String, at pointer: JSONPointer, in findings: Findings
  ) {
    component(name, "query argument", at: pointer, in: findings)
    let length = name.unicodeScalars.count
    if (31...64).contains(length) {
      findings.warn(
        .nameTooLong,
        "the name of the query argument has \(length) characters; the developer guide allows 30, "
          + "the API 64",
        at: pointer, from: .components)
    }
  }

  /// Descriptions.
  ///
  /// Source: `EntityDescription` of the API reference (documented). The output of `get-web-acl` has
  /// an empty one where there is none.
  static func description(_ text: String?, at pointer: JSONPointer, in findings: Findings) {
    guard let text, !text.isEmpty else { return }
    let scalars = Array(text.unicodeScalars)
    let ends = [scalars.first, scalars.last].compactMap { $0 }
    let isRight =
      (3...256).contains(scalars.count) && ends.allSatisfy { isDescriptive($0) }
      && scalars.allSatisfy { isDescriptive($0) || $0.properties.isWhitespace }
    guard isRight else {
      findings.refuse(
        .invalidDescription,
        "the description is not allowed: AWS WAF takes 3 to 256 letters, digits, white space and "
          + "_ + = : # @ / - , . and neither starts nor ends it with white space",
        at: pointer, from: .api)
      return
    }
  }

  private static func isDescriptive(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return false }
    return isWordByte(UInt8(truncatingIfNeeded: scalar.value))
      || "+=:#@/-,.".unicodeScalars.contains(scalar)
  }

  static func isBlank(_ text: String) -> Bool {
    text.allSatisfy(\.isWhitespace)
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
