import TestSupport

/// Requests on both sides of a condition.
extension DocumentedCondition {
  /// A request, as a native record, that meets the condition or does not.
  func record(meeting: Bool, using random: inout SplitMix) -> JSONValue {
    var request = PlainRequest(using: &random)
    guard let value = value(meeting: meeting, using: &random) else {
      request.remove(part)
      return request.record
    }
    request.put(value, in: part, using: &random)
    if !meeting { putElsewhere(in: &request, using: &random) }
    return request.record
  }

  /// The value of the inspected part; nil where there is to be none.
  private func value(meeting: Bool, using random: inout SplitMix) -> String? {
    switch test {
    case .longerThan(let limit):
      let length = length(meeting: meeting, limit, using: &random)
      // The path begins with a slash that counts.
      if case .path = part { return "/" + filler(length: length - 1, using: &random) }
      return filler(length: length, using: &random)
    case .absent:
      return meeting ? nil : "agent/" + noise(1...20, using: &random)
    case .contains(let texts, not: let others):
      let text = choice(meeting ? texts : others, using: &random)
      return noise(0...12, using: &random) + encoded(text, using: &random)
        + noise(0...12, using: &random)
    case .endsWith(let texts, not: let others):
      let text = choice(meeting ? texts : others, using: &random)
      return noise(1...12, using: &random) + encoded(text, using: &random)
    case .equals(let texts, not: let others):
      return choice(meeting ? texts : others, using: &random)
    case .addressURL(let schemes):
      let scheme = choice(meeting ? schemes : ["https", "gopher", "http"], using: &random)
      let host =
        meeting || scheme == "gopher"
        ? (0..<4).map { _ in String(Int.random(in: 0...255, using: &random)) }
          .joined(separator: ".")
        : noise(3...9, using: &random) + ".example"
      let rest = choice(["", "/", ":8080/", "/a.txt"], using: &random)
      return noise(0...6, using: &random) + encoded("\(scheme)://\(host)\(rest)", using: &random)
    }
  }

  /// Mostly near the limit.
  private func length(meeting: Bool, _ limit: Int, using random: inout SplitMix) -> Int {
    let isNear = Bool.random(using: &random)
    return meeting
      ? limit + Int.random(in: isNear ? 1...3 : 1...2000, using: &random)
      : limit - Int.random(in: isNear ? 0...3 : 0...(limit - 2), using: &random)
  }

  /// What the rule looks for, where it does not look.
  private func putElsewhere(in request: inout PlainRequest, using random: inout SplitMix) {
    guard case .contains(let texts, not: _) = test, Bool.random(using: &random) else { return }
    let text = choice(texts, using: &random)
    switch part {
    case .path, .query, .argument, .cookies, .headers, .header:
      request.put(text, in: .body, using: &random)
    case .body, .method: request.put(text, in: .query, using: &random)
    }
  }

  /// A text, some or all of its characters percent-encoded as often as is documented at most.
  private func encoded(_ text: String, using random: inout SplitMix) -> String {
    var result = text
    for _ in 0..<Int.random(in: 0...encodings, using: &random) {
      let share = Int.random(in: 1...3, using: &random)
      result = result.utf8.map { byte in
        // What is encoded already must stay readable: its percent signs are encoded for certain.
        byte == UInt8(ascii: "%") || Int.random(in: 1...3, using: &random) <= share
          ? percentEncoded(byte, isUpper: Bool.random(using: &random))
          : String(UnicodeScalar(byte))
      }.joined()
    }
    return result
  }

  private func percentEncoded(_ byte: UInt8, isUpper: Bool) -> String {
    let digits = String(byte, radix: 16, uppercase: isUpper)
    return "%" + (digits.count == 1 ? "0" : "") + digits
  }
}

/// A harmless request to change.
private struct PlainRequest {
  var method = "GET"
  var path: String
  var query: String
  var headers: [(name: String, value: String)]
  var body = ""

  init(using random: inout SplitMix) {
    path = "/" + noise(1...8, using: &random)
    query = Bool.random(using: &random) ? "" : "q=" + noise(1...8, using: &random)
    headers = [
      ("Host", "shop.example"), ("User-Agent", "agent/" + noise(1...8, using: &random)),
      ("Accept", "text/plain"),
    ]
  }

  mutating func remove(_ part: InspectedPart) {
    guard case .header(let name) = part else { return }
    headers.removeAll { $0.name.lowercased() == name }
  }

  mutating func put(_ value: String, in part: InspectedPart, using random: inout SplitMix) {
    switch part {
    case .method: method = value
    case .path: path = value.hasPrefix("/") ? value : "/" + value
    case .query: query = value
    case .argument:
      var pairs = [noise(1...5, using: &random) + "=" + value]
      if Bool.random(using: &random) { pairs.append("q=" + noise(0...5, using: &random)) }
      if Bool.random(using: &random) { pairs.insert("page=2", at: 0) }
      query = pairs.joined(separator: "&")
    case .body:
      method = "POST"
      body = value
      headers.append(("Content-Type", "text/plain"))
      headers.append(("Content-Length", String(value.utf8.count)))
    case .cookies:
      headers.append(("Cookie", "a=\(noise(1...5, using: &random)); b=\(value)"))
    case .headers:
      headers.insert(
        (choice(["X-Note", "Referer", "Accept-Language"], using: &random), value),
        at: Int.random(in: 0...headers.count, using: &random))
    case .header(let name):
      remove(part)
      headers.append((choice([name, name.uppercased()], using: &random), value))
    }
  }

  var record: JSONValue {
    .object([
      "timestamp": .number("1792047600000"), "formatVersion": .number("1"),
      "httpSourceName": .string("ALB"),
      "httpRequest": .object([
        "clientIp": .string("192.0.2.10"), "country": .string("DE"),
        "httpVersion": .string("HTTP/1.1"), "requestId": .string("documented"),
        "httpMethod": .string(method), "uri": .string(path), "args": .string(query),
        "headers": .array(
          headers.map { .object(["name": .string($0.name), "value": .string($0.value)]) }),
        "body": .string(body),
      ]),
    ])
  }
}

/// Letters that neither make nor complete a word that any rule looks for.
private func noise(_ count: ClosedRange<Int>, using random: inout SplitMix) -> String {
  filler(length: Int.random(in: count, using: &random), using: &random)
}

private func filler(length: Int, using random: inout SplitMix) -> String {
  let letters = Array("bghjkqwxz")
  return String(
    (0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
}

private func choice(_ texts: [String], using random: inout SplitMix) -> String {
  texts[Int.random(in: 0..<texts.count, using: &random)]
}
