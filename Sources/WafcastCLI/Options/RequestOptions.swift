import ACLTesting
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
    try check("--country", country, ClientFacts.problem(inCountry:))
    try check("--uri", uri, RequestDescription.problem(inTarget:))
    try check("--client-ip", clientIp, ClientFacts.problem(inAddress:))
    try check("--ja3", ja3, ClientFacts.problem(inJA3:))
    try check("--ja4", ja4, ClientFacts.problem(inJA4:))
    for line in header where !line.contains(":") {
      throw ValidationError("--header takes 'Name: value'; '\(printable(line))' has no colon")
    }
  }

  private func check(
    _ option: String, _ value: String?, _ problem: (String) -> String?
  ) throws {
    if let value, let problem = problem(value) { throw ValidationError("\(option) \(problem)") }
  }

  /// The request that the options describe.
  func record() throws -> RequestRecord {
    var client = ClientFacts()
    client.address = clientIp
    client.country = country
    client.asn = asn
    client.ja3 = ja3
    client.ja4 = ja4
    client.token = token
    let description = RequestDescription(try source(), client: client)
    let name = requestFile ?? "the request"
    do {
      let (record, warnings) = try description.record()
      for warning in warnings { Messages.print("\(printable(name)): warning: \(warning.message)") }
      return record
    } catch {
      throw Failure("\(printable(name)): \(error.message)")
    }
  }

  private func source() throws -> RequestDescription.Source {
    if let requestFile { return .raw(try read(requestFile)) }
    let headers = header.map { line -> RequestDescription.HeaderLine in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return RequestDescription.HeaderLine(
        name: String(parts[0]),
        value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    var bytes = body.map { Array($0.utf8) }
    if let bodyFile { bytes = try read(bodyFile) }
    return .parts(
      method: method ?? "GET", target: uri ?? "/", httpVersion: "HTTP/1.1", headers: headers,
      body: bytes)
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

extension TokenState: ExpressibleByArgument {}
