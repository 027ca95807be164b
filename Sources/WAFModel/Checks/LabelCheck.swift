import Diagnostics
import DocumentTree

/// The syntax of labels and of the keys that match them.
enum LabelCheck {
  /// Words that no component of a label may be.
  static let reserved: Set = [
    "awswaf", "aws", "waf", "rulegroup", "webacl", "regexpatternset", "ipset", "managed",
  ]

  static func label(_ name: String, at pointer: JSONPointer, in context: ReadingContext) {
    guard checkAlphabet(name, "the label", at: pointer, in: context) else { return }
    let components = name.split(separator: ":", omittingEmptySubsequences: false)
    if components.contains(where: \.isEmpty) {
      context.error(
        "invalid-label", "the label '\(name)' has an empty component", at: pointer,
        notes: ["namespaces and name are joined by single colons"])
    }
    if components.count > 6 {
      context.error(
        "invalid-label",
        "the label '\(name)' has \(components.count - 1) namespaces; AWS WAF allows 5",
        at: pointer)
    }
    if let long = components.first(where: { $0.utf8.count > 128 }) {
      context.error(
        "invalid-label",
        "a component of the label has \(long.utf8.count) characters; AWS WAF allows 128",
        at: pointer)
    }
    for word in components where reserved.contains(String(word)) {
      context.error(
        "reserved-label", "'\(word)' is reserved and can't be a component of a label",
        at: pointer)
    }
  }

  static func key(
    _ statement: LabelMatchStatement, at pointer: JSONPointer, in context: ReadingContext
  ) {
    let key = pointer.appending("Key")
    guard checkAlphabet(statement.key, "the key", at: key, in: context) else { return }
    let hasColon = statement.key.utf8.last == UInt8(ascii: ":")
    switch statement.scope {
    case .label where hasColon:
      context.warning(
        "label-never-matches",
        "no label ends with ':', so that this key can never match in the scope LABEL", at: key,
        notes: ["the scope NAMESPACE matches namespaces"])
    case .namespace where !hasColon:
      context.warning(
        "namespace-without-colon", "a namespace ends with ':'; it is read as if it did",
        at: key, suggestion: statement.key + ":")
    default: break
    }
  }

  /// 1 to 1,024 of `A-Z a-z 0-9 _ - :`.
  private static func checkAlphabet(
    _ text: String, _ what: String, at pointer: JSONPointer, in context: ReadingContext
  ) -> Bool {
    let isWord = text.utf8.allSatisfy {
      NameCheck.isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
    }
    guard isWord, (1...1_024).contains(text.utf8.count) else {
      context.error(
        "invalid-label",
        "\(what) '\(text.prefix(140))' is not allowed: AWS WAF takes 1 to 1,024 letters, "
          + "digits, '_', '-' and ':'",
        at: pointer)
      return false
    }
    return true
  }
}
