import Diagnostics
import WAFModel

/// Settings of a web ACL that are no rules.
enum ConfigurationCheck {
  // MARK: Tokens

  /// Source: `TokenDomain` of the API reference and the quotas page (documented).
  static func tokenDomains(_ domains: [String], at list: JSONPointer, in findings: Findings) {
    if domains.count > 10 {
      findings.warn(
        .tooManyTokenDomains, "\(domains.count) token domains; the quota of AWS WAF is 10",
        at: list, from: .adjustable)
    }
    for (index, domain) in domains.enumerated() {
      let pointer = list.appending(index)
      let isText =
        (1...253).contains(domain.utf8.count)
        && domain.utf8.allSatisfy { NameCheck.isWordByte($0) || "./-".utf8.contains($0) }
      if !isText {
        findings.refuse(
          .invalidTokenDomain,
          "'\(domain.prefix(80))' is no token domain: AWS WAF takes 1 to 253 letters, digits and "
            + "_ . / -",
          at: pointer, from: .api, suggestion: host(in: domain))
      } else if !domain.contains(".") {
        findings.warn(
          .invalidTokenDomain,
          "'\(domain)' looks like a public suffix, which AWS WAF does not take as a token domain",
          at: pointer, from: .tokenDomains)
      }
    }
  }

  /// The host of a URL that stands where a domain should.
  private static func host(in text: String) -> String? {
    guard let range = text.firstRange(of: "://") else { return nil }
    let host = text[range.upperBound...].prefix { $0 != "/" && $0 != ":" }
    return host.isEmpty ? nil : String(host)
  }

  // MARK: Associations

  /// Source: `AssociatedResourceType` and `AssociationConfig` of the API reference (documented).
  static func association(
    _ config: AssociationConfig?, at pointer: JSONPointer, in findings: Findings
  ) {
    guard let config else { return }
    let types = AssociatedResourceType.allCases.map(\.rawValue)
    for type in config.requestBody.keys.sorted() where !types.contains(type) {
      findings.refuse(
        .unknownResourceType,
        type == "APPSYNC"
          ? "the body limit of \(type) is 8,192 bytes and can't be set"
          : "no body limit can be set for '\(type)'",
        at: pointer.appending("RequestBody").appending(type), focus: .key, from: .api,
        notes: ["one of \(types.joined(separator: ", "))"],
        suggestion: didYouMean(type, among: types))
    }
    for type in config.challengeJavascriptSdkInjection.keys.sorted()
    where type != AssociatedResourceType.cloudfront.rawValue {
      findings.refuse(
        .unknownResourceType,
        "the challenge script can be inserted only into the answers of CLOUDFRONT",
        at: pointer.appending("ChallengeJavascriptSdkInjection").appending(type), focus: .key,
        from: .api)
    }
  }

  // MARK: Data protection

  /// Source: `DataProtections` and `FieldToProtect` of the API reference (documented).
  static func dataProtection(
    _ config: DataProtectionConfig?, at pointer: JSONPointer, in findings: Findings
  ) {
    guard let config else { return }
    let list = pointer.appending("DataProtections")
    let count = config.dataProtections.count
    if !(1...26).contains(count) {
      findings.refuse(
        .invalidDataProtection, "\(count) data protections; AWS WAF takes 1 to 26", at: list,
        from: .api)
    }
    for (index, protection) in config.dataProtections.enumerated() {
      let field = list.appending(index).appending("Field")
      let keys = protection.field.fieldKeys
      let type = protection.field.fieldType
      switch type {
      case .singleHeader, .singleCookie, .singleQueryArgument:
        if !(1...100).contains(keys.count) {
          findings.refuse(
            .invalidDataProtection,
            "\(type.rawValue) needs 1 to 100 'FieldKeys', not \(keys.count)", at: field,
            from: .api)
        }
        for (number, key) in keys.enumerated() {
          NameCheck.component(
            key, "field", at: field.appending("FieldKeys").appending(number), in: findings)
        }
      case .queryString, .body:
        if !keys.isEmpty {
          findings.refuse(
            .invalidDataProtection, "\(type.rawValue) takes no 'FieldKeys'",
            at: field.appending("FieldKeys"), focus: .key, from: .api)
        }
      }
    }
  }

  // MARK: Application

  /// Source: `ApplicationConfig` of the API reference (documented).
  static func application(
    _ config: ApplicationConfig?, at pointer: JSONPointer, in findings: Findings
  ) {
    guard let config else { return }
    let list = pointer.appending("Attributes")
    if !(1...10).contains(config.attributes.count) {
      findings.refuse(
        .invalidApplicationConfig,
        "\(config.attributes.count) attributes; AWS WAF takes 1 to 10", at: list, from: .api)
    }
    for (index, attribute) in config.attributes.enumerated() {
      let values = list.appending(index).appending("Values")
      if !(1...50).contains(attribute.values.count) {
        findings.refuse(
          .invalidApplicationConfig,
          "\(attribute.values.count) values; AWS WAF takes 1 to 50 in an attribute", at: values,
          from: .api)
      }
      for (number, value) in attribute.values.enumerated()
      where !(1...64).contains(value.unicodeScalars.count) {
        findings.refuse(
          .invalidApplicationConfig, "a value of an attribute has 1 to 64 characters",
          at: values.appending(number), from: .api)
      }
      guard let name = attribute.name else { continue }
      let isName =
        (1...64).contains(name.utf8.count)
        && name.utf8.allSatisfy { NameCheck.isWordByte($0) || $0 == UInt8(ascii: "-") }
      if !isName {
        findings.refuse(
          .invalidApplicationConfig,
          "the attribute '\(name.prefix(70))' is not allowed: AWS WAF takes 1 to 64 letters, "
            + "digits, '_' and '-'",
          at: list.appending(index).appending("Name"), from: .api)
      }
    }
  }
}
