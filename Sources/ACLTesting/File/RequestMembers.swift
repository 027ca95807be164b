import Bytes
import Diagnostics
import DocumentTree

/// The members of a request in a test file, or of its `defaults`.
struct RequestMembers {
  /// A header as written; one of null drops a header that the defaults have.
  struct Header {
    var name: String
    var value: String?
  }

  var method: String?
  var uri: String?
  var args: String?
  var httpVersion: String?
  var headers: [Header] = []
  var body: [UInt8]?
  /// The bytes of `file`.
  var raw: [UInt8]?
  var client = ClientFacts(isComplete: true)
  var unknown: Set<UnknownPart> = []

  init() {}

  /// What `defaults` says of every request.
  init?(defaults cursor: Cursor, in context: ReadingContext) {
    guard var object = KeyedReader<RequestKey>(cursor, in: context) else { return nil }
    for key in RequestKey.allCases where !key.canBeDefault && object.has(key) {
      object.error(
        "not-a-default", "'\(key.rawValue)' belongs to one request: it cannot be a default",
        at: key)
    }
    readParts(&object)
    readClient(&object)
  }

  /// - Parameter files: reads files that the document names.
  init?(request cursor: Cursor, in context: ReadingContext, _ files: NamedFiles) {
    guard var object = KeyedReader<RequestKey>(cursor, in: context) else { return nil }
    readParts(&object)
    readTarget(&object, files)
    readBody(&object, files)
    readClient(&object)
    readUnknown(&object)
  }

  // MARK: Parts

  private mutating func readParts(_ object: inout KeyedReader<RequestKey>) {
    method = object.text(.method)
    if let method, method.isEmpty {
      object.error("invalid-value", "'method' is empty", at: .method)
    }
    httpVersion = object.text(.httpVersion)
    if let cursor = object.value(.headers) { readHeaders(cursor, in: object.context) }
  }

  private mutating func readTarget(
    _ object: inout KeyedReader<RequestKey>, _ files: NamedFiles
  ) {
    uri = object.text(.uri)
    args = object.text(.args)
    if let path = object.text(.file) {
      raw = files.read(path, at: object.pointer.appending(RequestKey.file.rawValue))
      let parts: [RequestKey] = [
        .method, .uri, .args, .httpVersion, .headers, .body, .bodyBase64, .bodyFile,
      ]
      for key in parts where object.has(key) {
        object.error(
          "exclusive-members", "'file' holds the whole request: no '\(key.rawValue)' beside it",
          at: key)
      }
      return
    }
    guard let uri else {
      guard !object.has(.uri) else { return }
      object.context.error(
        "missing-member", "the request has no 'uri'", at: object.pointer,
        notes: ["uri: /path?query, or file: FILE with a raw HTTP request"])
      return
    }
    if let problem = RequestDescription.problem(inTarget: uri) {
      object.error("invalid-value", "'uri' \(problem)", at: .uri)
    }
    if args != nil, uri.contains("?") {
      object.error(
        "exclusive-members", "'uri' has a query already: no 'args' beside it", at: .args)
    }
    if let args, args.contains("#") {
      object.error(
        "invalid-value", "'args' has a '#', which ends a query: it is sent as %23", at: .args)
    }
  }

  private mutating func readBody(
    _ object: inout KeyedReader<RequestKey>, _ files: NamedFiles
  ) {
    switch object.onlyOne(of: [.body, .bodyBase64, .bodyFile]) {
    case .body?: body = object.text(.body).map { Array($0.utf8) }
    case .bodyBase64?:
      guard let text = object.text(.bodyBase64) else { return }
      body = Base64.decodeCanonical(Array(text.utf8).span)
      if body == nil {
        object.error("invalid-value", "'body-base64' is no base64", at: .bodyBase64)
      }
    case .bodyFile?:
      guard let path = object.text(.bodyFile) else { return }
      body = files.read(path, at: object.pointer.appending(RequestKey.bodyFile.rawValue))
    default: break
    }
  }

  private mutating func readUnknown(_ object: inout KeyedReader<RequestKey>) {
    unknown = Set(object.words(.unknown, as: UnknownPart.self))
    let given: [(UnknownPart, RequestKey, Bool)] = [
      (.method, .method, method != nil), (.args, .args, args != nil || uri?.contains("?") == true),
      (.fragment, .uri, uri?.contains("#") == true),
      (.httpVersion, .httpVersion, httpVersion != nil), (.body, .body, body != nil),
      (.cookie, .headers, hasHeader("cookie")),
      (.authorization, .headers, hasHeader("authorization")),
      (.clientIP, .clientIP, client.address != nil), (.country, .country, client.country != nil),
      (.asn, .asn, client.asn != nil), (.ja3, .ja3, client.ja3 != nil),
      (.ja4, .ja4, client.ja4 != nil),
    ]
    for (part, key, isGiven) in given where isGiven && unknown.contains(part) {
      object.error(
        "given-and-unknown",
        "'\(part.rawValue)' is said to be unknown, and '\(key.rawValue)' "
          + "gives it", at: .unknown)
    }
  }

  private func hasHeader(_ name: String) -> Bool {
    headers.contains { $0.name.lowercased() == name && $0.value != nil }
  }

  // MARK: Headers

  /// Headers as an object, or, for repeated ones, as a list of objects with one member.
  private mutating func readHeaders(_ cursor: Cursor, in context: ReadingContext) {
    if let elements = cursor.elements {
      for element in elements {
        guard let members = element.node.members, members.count == 1 else {
          context.error(
            "invalid-header", "a header in a list is one name with its value",
            at: element.pointer, notes: ["such as {\"user-agent\": \"curl/8\"}"])
          continue
        }
        readHeader(members[0], element.pointer, in: context)
      }
      return
    }
    guard let object = ObjectReader(cursor, in: context) else { return }
    for member in object.cursor.node.members ?? [] {
      readHeader(member, cursor.pointer, in: context)
    }
  }

  private mutating func readHeader(
    _ member: Node.Member, _ container: JSONPointer, in context: ReadingContext
  ) {
    let pointer = container.appending(member.key)
    guard !member.key.isEmpty, member.key.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x3A }) else {
      context.error(
        "invalid-header", "'\(member.key)' is no name of a header", at: pointer, focus: .key)
      return
    }
    switch member.value.kind {
    case .string(let text), .number(let text):
      headers.append(Header(name: member.key, value: text))
    case .null: headers.append(Header(name: member.key, value: nil))
    case .bool, .array, .object:
      context.error(
        "wrong-type", "'\(member.key)' must be a string, not \(member.value.kindInWords)",
        at: pointer,
        notes: member.value.elements == nil
          ? [] : ["repeated headers: make 'headers' a list of objects with one member"])
    }
  }

  // MARK: The client

  private mutating func readClient(_ object: inout KeyedReader<RequestKey>) {
    client.address = Self.checked(.clientIP, &object, ClientFacts.problem(inAddress:))
    client.country = Self.checked(.country, &object, ClientFacts.problem(inCountry:))
    client.region = Self.checked(.region, &object, ClientFacts.problem(inRegion:))
    client.asn = object.number(.asn, 0...Int(UInt32.max)).map { UInt32(truncatingIfNeeded: $0) }
    client.forwardedCountry = Self.checked(
      .forwardedCountry, &object, ClientFacts.problem(inCountry:))
    client.forwardedRegion = Self.checked(
      .forwardedRegion, &object, ClientFacts.problem(inRegion:))
    client.forwardedASN = object.number(.forwardedASN, 0...Int(UInt32.max))
      .map { UInt32(truncatingIfNeeded: $0) }
    client.ja3 = Self.checked(.ja3, &object, ClientFacts.problem(inJA3:))
    client.ja4 = Self.checked(.ja4, &object, ClientFacts.problem(inJA4:))
    client.token = object.word(.token)
    client.payment = object.word(.payment)
  }

  private static func checked(
    _ key: RequestKey, _ object: inout KeyedReader<RequestKey>, _ problem: (String) -> String?
  ) -> String? {
    guard let text = object.text(key) else { return nil }
    guard let problem = problem(text) else { return text }
    object.error("invalid-value", "'\(key.rawValue)' \(problem)", at: key)
    return nil
  }
}

extension RequestDescription {
  /// The request that the members of a test and the defaults of its file give.
  init(_ members: RequestMembers, defaults: RequestMembers) {
    var client = members.client
    let general = defaults.client
    // What a test leaves open on purpose the defaults do not fill.
    func filled<Value>(_ own: Value?, _ other: Value?, unless part: UnknownPart? = nil) -> Value? {
      if let part, members.unknown.contains(part) { return own }
      return own ?? other
    }
    client.address = filled(client.address, general.address, unless: .clientIP)
    // A place goes with its country.
    if client.country == nil, !members.unknown.contains(.country) {
      client.country = general.country
      client.region = client.region ?? general.region
    }
    client.asn = filled(client.asn, general.asn, unless: .asn)
    if client.forwardedCountry == nil {
      client.forwardedCountry = general.forwardedCountry
      client.forwardedRegion = client.forwardedRegion ?? general.forwardedRegion
    }
    client.forwardedASN = filled(client.forwardedASN, general.forwardedASN)
    client.ja3 = filled(client.ja3, general.ja3, unless: .ja3)
    client.ja4 = filled(client.ja4, general.ja4, unless: .ja4)
    client.token = filled(client.token, general.token)
    client.payment = filled(client.payment, general.payment)
    if let raw = members.raw {
      self.init(.raw(raw), client: client)
    } else {
      let own = Set(members.headers.map { $0.name.lowercased() })
      let headers = defaults.headers.filter { header in
        let name = header.name.lowercased()
        let isOpen =
          (name == "cookie" && members.unknown.contains(.cookie))
          || (name == "authorization" && members.unknown.contains(.authorization))
        return !own.contains(name) && !isOpen
      }
      self.init(
        .parts(
          method: members.method ?? defaults.method ?? "GET",
          target: Self.target(uri: members.uri ?? "/", args: members.args),
          httpVersion: members.httpVersion ?? defaults.httpVersion ?? "HTTP/1.1",
          headers: (headers + members.headers).compactMap { header in
            header.value.map { HeaderLine(name: header.name, value: $0) }
          }, body: members.body),
        client: client)
    }
    unknown = members.unknown
  }
}
