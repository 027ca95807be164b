import Diagnostics
import WAFModel

/// Statements about the client's address: countries, autonomous systems, forwarding headers.
enum AddressCheck {
  static func check(
    _ statement: GeoMatchStatement, at body: JSONPointer, in findings: Findings
  ) {
    headerName(
      statement.forwardedIPConfig?.headerName, at: body.appending("ForwardedIPConfig"),
      in: findings)
    let list = body.appending("CountryCodes")
    let codes = statement.countryCodes
    if codes.isEmpty {
      findings.refuse(
        .missingCountry, "a GeoMatchStatement needs a country code", at: list, from: .api)
    }
    if codes.count > 50 {
      findings.refuse(
        .tooManyCountries,
        "\(codes.count) country codes; AWS WAF allows 50 in a GeoMatchStatement", at: list,
        from: .quotas)
    }
    for (index, code) in codes.enumerated() where !CountryCodes.all.contains(code) {
      findings.refuse(
        .invalidCountryCode,
        "'\(code.prefix(40))' is no country code (two capital letters, ISO 3166-1 alpha-2)",
        at: list.appending(index), from: .api, suggestion: CountryCodes.meant(by: code))
    }
  }

  /// Source: `AsnList` of the API reference (documented).
  static func check(
    _ statement: AsnMatchStatement, at body: JSONPointer, in findings: Findings
  ) {
    headerName(
      statement.forwardedIPConfig?.headerName, at: body.appending("ForwardedIPConfig"),
      in: findings)
    let count = statement.asnList.count
    if !(1...100).contains(count) {
      findings.refuse(
        .invalidASNList, "\(count) ASNs; an AsnMatchStatement takes 1 to 100",
        at: body.appending("AsnList"), from: .quotas)
    }
  }

  /// The name of a forwarding header: 1 to 255 letters, digits and hyphens.
  ///
  /// Source: `ForwardedIPHeaderName` of the API reference (documented).
  static func headerName(_ name: String?, at config: JSONPointer, in findings: Findings) {
    guard let name else { return }
    let isRight =
      (1...255).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        NameCheck.isWordByte($0) && $0 != UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
      }
    guard !isRight else { return }
    findings.refuse(
      .invalidHeaderName,
      "the header name '\(name.prefix(70))' is not allowed here: AWS WAF takes 1 to 255 letters, "
        + "digits and '-'",
      at: config.appending("HeaderName"), from: .api)
  }
}
