import ArgumentParser
import Foundation
import WAFTraffic
import Wafcast

/// A request given on the command line.
struct RequestOptions: ParsableArguments {
  @Option(help: "The request method; GET unless given.")
  var method: String?

  @Option(
    help: ArgumentHelp(
      "The request target: path and query as sent, or a whole URL; what follows a # is the "
        + "fragment."))
  var uri: String?

  @Option(
    name: [.long, .customShort("H")],
    help: ArgumentHelp("A header line. Repeatable.", valueName: "'Name: value'"))
  var header: [String] = []

  @Option(help: "The body.")
  var body: String?

  @Option(help: ArgumentHelp("A file with the body.", valueName: "file"), completion: .file())
  var bodyFile: String?

  @Option(help: ArgumentHelp("The client's address.", valueName: "address"))
  var clientIp: String?

  @Option(help: ArgumentHelp("The client's country, two letters.", valueName: "code"))
  var country: String?

  @Option(
    help: ArgumentHelp("The number of the client's autonomous system.", valueName: "number"))
  var asn: UInt32?

  @Option(
    help: ArgumentHelp("The JA3 fingerprint of the TLS handshake.", valueName: "fingerprint"))
  var ja3: String?

  @Option(
    help: ArgumentHelp("The JA4 fingerprint of the TLS handshake.", valueName: "fingerprint"))
  var ja4: String?

  @Option(
    help: ArgumentHelp(
      "What AWS WAF makes of the client's CAPTCHA and challenge token.", valueName: "state"))
  var token: TokenState?

  @Option(
    name: .customLong("request"),
    help: ArgumentHelp("A file with a raw HTTP request; - for standard input.", valueName: "file"),
    completion: .file())
  var requestFile: String?

  private var hasParts: Bool {
    method != nil || uri != nil || !header.isEmpty || body != nil || bodyFile != nil
  }

  /// Whether a request is given here at all.
  var isGiven: Bool { hasParts || requestFile != nil }

  /// An option given that says something of the client, by name; nil where there is none.
  var clientOption: String? {
    let options = [
      ("--client-ip", clientIp != nil), ("--country", country != nil), ("--asn", asn != nil),
      ("--ja3", ja3 != nil), ("--ja4", ja4 != nil), ("--token", token != nil),
    ]
    return options.first { $0.1 }?.0
  }

  func validate() throws {
    if requestFile != nil, hasParts {
      throw ValidationError("--request goes with none of --method, --uri, --header and --body")
    }
    if body != nil, bodyFile != nil {
      throw ValidationError("--body and --body-file exclude each other")
    }
    if hasParts, uri == nil { throw ValidationError("--uri is missing") }
    if let country, country != "-",
      country.utf8.count != 2 || !country.allSatisfy({ $0.isASCII && $0.isLetter })
    {
      throw ValidationError("--country takes a code of two letters, such as DE")
    }
    if let uri, !Self.isTarget(uri) {
      throw ValidationError("--uri takes a path that begins with '/', or a whole URL")
    }
    if let clientIp, case .invalid = RequestRecord(uri: "/", clientIP: clientIp).clientIP {
      throw ValidationError(
        "--client-ip takes an IPv4 or IPv6 address; '\(printable(clientIp))' is none")
    }
    if let ja3, ja3.utf8.count != 32 || !ja3.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
      throw ValidationError("--ja3 takes 32 hexadecimal digits; '\(printable(ja3))' is none")
    }
    if let ja4,
      ja4.utf8.count != 36
        || !ja4.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    {
      throw ValidationError(
        "--ja4 takes 36 characters, such as t13d1516h2_8daaf6152771_b186095e22b6; "
          + "'\(printable(ja4))' is none")
    }
    for line in header where !line.contains(":") {
      throw ValidationError("--header takes 'Name: value'; '\(printable(line))' has no colon")
    }
  }

  private static func isTarget(_ uri: String) -> Bool {
    uri.hasPrefix("/") || uri == "*" || uri.contains("://")
  }

  /// The request that the options describe.
  func record() throws -> RequestRecord {
    if let requestFile { return try rawRequest(requestFile) }
    let headers = header.map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    var bytes = body.map { Array($0.utf8) }
    if let bodyFile { bytes = try read(bodyFile) }
    var record = RequestRecord(
      method: method ?? "GET", uri: uri ?? "/", headers: headers, body: bytes)
    if let uri, let mark = uri.range(of: "://") {
      record.scheme = record.appendExact(uri[..<mark.lowerBound].utf8)
    }
    addClient(to: &record)
    return record
  }

  /// Adds what the options say of the client: neither a target nor a raw request does.
  private func addClient(to record: inout RequestRecord) {
    let client = RequestRecord(uri: "/", clientIP: clientIp, country: country)
    record.clientIP = client.clientIP
    record.country = client.country
    record.clientASN = asn
    // As AWS WAF spells them.
    if let ja3 { record.ja3Fingerprint = record.appendExact(ja3.lowercased().utf8) }
    if let ja4 { record.ja4Fingerprint = record.appendExact(ja4.lowercased().utf8) }
    if let token {
      record.captcha = TokenEvidence(finding: token.finding)
      record.challenge = record.captcha
    }
  }

  private func rawRequest(_ path: String) throws -> RequestRecord {
    let bytes = try read(path)
    var record = RequestRecord()
    do {
      for warning in try RawHTTPRequest.decode(bytes.span, into: &record) {
        Messages.print("\(printable(path)): warning: \(warning.message)")
      }
    } catch {
      throw Failure("\(printable(path)): \(error.message)")
    }
    addClient(to: &record)
    return record
  }

  private func read(_ path: String) throws -> [UInt8] {
    do {
      let data =
        path == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(fileURLWithPath: path))
      return Array(data)
    } catch {
      throw Failure("\(printable(path)) cannot be read")
    }
  }
}

/// What AWS WAF makes of a token.
enum TokenState: String, CaseIterable, ExpressibleByArgument {
  case valid
  case missing
  case invalid

  fileprivate var finding: TokenEvidence.Finding {
    switch self {
    case .valid: .valid
    case .missing: .missing
    case .invalid: .invalid
    }
  }
}
