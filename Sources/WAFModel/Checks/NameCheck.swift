import Diagnostics
import DocumentTree

/// The alphabets and lengths of names.
enum NameCheck {
  /// Names of web ACLs, rule groups and rules: 1 to 128 of `A-Z a-z 0-9 _ -`.
  static func resource(_ name: String, at pointer: JSONPointer, in context: ReadingContext) {
    let isWord = name.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
    guard isWord, (1...128).contains(name.utf8.count) else {
      context.error(
        "invalid-name",
        "the name '\(name.prefix(140))' is not allowed: AWS WAF takes 1 to 128 letters, "
          + "digits, '_' and '-'",
        at: pointer)
      return
    }
  }

  /// Names of headers, cookies and query arguments: 1 to 64 characters, not blank.
  static func component(
    _ name: String, _ what: String, at pointer: JSONPointer, in context: ReadingContext
  ) {
    if name.allSatisfy(\.isWhitespace) {
      context.error("invalid-name", "the name of the \(what) is blank", at: pointer)
    } else if name.unicodeScalars.count > 64 {
      context.error(
        "name-too-long",
        "the name of the \(what) has \(name.unicodeScalars.count) characters; "
          + "AWS WAF allows 64",
        at: pointer)
    }
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
