import Diagnostics
import WAFModel

/// The syntax of labels and of the keys that match them.
enum LabelCheck {
  /// Words that no component of a label may be.
  static let reserved: Set = [
    "awswaf", "aws", "waf", "rulegroup", "webacl", "regexpatternset", "ipset", "managed",
  ]

  static func labels(_ labels: [Label], at list: JSONPointer, in findings: Findings) {
    var seen: Set<String> = []
    for (index, label) in labels.enumerated() {
      let pointer = list.appending(index).appending("Name")
      Self.label(label.name, at: pointer, in: findings)
      if !seen.insert(label.name).inserted {
        findings.warn(
          .duplicateLabel, "the rule adds the label '\(label.name)' twice", at: pointer)
      }
    }
  }

  private static func label(_ name: String, at pointer: JSONPointer, in findings: Findings) {
    guard checkAlphabet(name, "the label", at: pointer, in: findings) else { return }
    let components = name.split(separator: ":", omittingEmptySubsequences: false)
    if components.contains(where: \.isEmpty) {
      findings.refuse(
        .invalidLabel, "the label '\(name)' has an empty component", at: pointer,
        from: .labels, notes: ["namespaces and name are joined by single colons"])
    }
    if components.count > 6 {
      findings.refuse(
        .invalidLabel,
        "the label '\(name)' has \(components.count - 1) namespaces; AWS WAF allows 5",
        at: pointer, from: .quotas)
    }
    if let long = components.first(where: { $0.utf8.count > 128 }) {
      findings.refuse(
        .invalidLabel,
        "a component of the label has \(long.utf8.count) characters; AWS WAF allows 128",
        at: pointer, from: .quotas)
    }
    for word in components where reserved.contains(String(word)) {
      findings.refuse(
        .reservedLabel, "'\(word)' is reserved and can't be a component of a label",
        at: pointer, from: .labels)
    }
  }

  static func key(
    _ statement: LabelMatchStatement, at body: JSONPointer, in findings: Findings
  ) {
    let key = body.appending("Key")
    guard checkAlphabet(statement.key, "the key", at: key, in: findings) else { return }
    let hasColon = statement.key.utf8.last == UInt8(ascii: ":")
    switch statement.scope {
    case .label where hasColon:
      findings.warn(
        .labelNeverMatches,
        "no label ends with ':', so that this key can never match in the scope LABEL", at: key,
        notes: ["the scope NAMESPACE matches namespaces"])
    case .namespace where !hasColon:
      findings.warn(
        .namespaceWithoutColon, "a namespace ends with ':'; it is read as if it did",
        at: key, suggestion: statement.key + ":")
    default: break
    }
  }

  /// The namespace of a custom key.
  ///
  /// Source: `LabelNamespace` of the API reference (documented).
  static func namespace(_ namespace: String, at pointer: JSONPointer, in findings: Findings) {
    let isRight =
      isLabelText(namespace) && (2...1_024).contains(namespace.utf8.count)
      && namespace.utf8.last == UInt8(ascii: ":")
    guard !isRight else { return }
    let withColon = namespace + ":"
    findings.refuse(
      .invalidLabelNamespace,
      "'\(namespace.prefix(140))' is no label namespace: AWS WAF takes letters, digits, '_', '-' "
        + "and ':', and a ':' at the end",
      at: pointer, from: .api,
      suggestion: isLabelText(withColon) && !namespace.isEmpty
        && namespace.utf8.last != UInt8(ascii: ":") ? withColon : nil)
  }

  /// 1 to 1,024 of `A-Z a-z 0-9 _ - :`.
  private static func checkAlphabet(
    _ text: String, _ what: String, at pointer: JSONPointer, in findings: Findings
  ) -> Bool {
    guard isLabelText(text), (1...1_024).contains(text.utf8.count) else {
      findings.refuse(
        .invalidLabel,
        "\(what) '\(text.prefix(140))' is not allowed: AWS WAF takes 1 to 1,024 letters, "
          + "digits, '_', '-' and ':'",
        at: pointer, from: .api)
      return false
    }
    return true
  }

  private static func isLabelText(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      NameCheck.isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
    }
  }
}
