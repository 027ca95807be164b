import Bytes
import Diagnostics
import WAFRequests

// What each part of a description may look like, in words that follow the part's name:
// `'country' takes two letters, such as DE, or -`.

extension RequestDescription {
  package static func problem(inTarget uri: String) -> String? {
    uri.hasPrefix("/") || uri == "*" || uri.contains("://")
      ? nil : "takes a path that begins with '/', or a whole URL"
  }
}

extension ClientFacts {
  package static func problem(inAddress text: String) -> String? {
    guard case .invalid = RequestRecord(uri: "/", clientIP: text).clientIP else { return nil }
    return "takes an IPv4 or IPv6 address; '\(printable(text))' is none"
  }

  package static func problem(inCountry text: String) -> String? {
    text == "-" || (text.utf8.count == 2 && text.utf8.allSatisfy(\.isASCIILetter))
      ? nil : "takes a code of two letters, such as DE"
  }

  package static func problem(inRegion text: String) -> String? {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isRegion =
      parts.count == 2 && parts[0].count == 2 && (1...3).contains(parts[1].count)
      && parts[0].allSatisfy(\.isASCIILetter)
      && parts[1].allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
    return isRegion ? nil : "takes an ISO 3166-2 code, such as DE-BE"
  }

  package static func problem(inJA3 text: String) -> String? {
    text.utf8.count == 32 && text.utf8.allSatisfy { $0.hexDigitValue != nil }
      ? nil : "takes 32 hexadecimal digits; '\(printable(text))' is none"
  }

  package static func problem(inJA4 text: String) -> String? {
    let isJA4 =
      text.utf8.count == 36
      && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    return isJA4
      ? nil
      : "takes 36 characters, such as t13d1516h2_8daaf6152771_b186095e22b6; "
        + "'\(printable(text))' is none"
  }
}
