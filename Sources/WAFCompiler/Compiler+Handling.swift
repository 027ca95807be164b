import Bytes
import WAFModel
import WAFProgram

extension Compiler {
  /// What an action adds to requests, or how it answers them.
  ///
  /// Source: "Customized web requests and responses" of the developer guide (documented).
  func handling(
    of action: RuleAction, bodies: [String: CustomResponseBody]
  ) -> CustomHandling {
    switch action {
    case .allow(let body): inserting(body.customRequestHandling)
    case .count(let body): inserting(body.customRequestHandling)
    case .captcha(let body): inserting(body.customRequestHandling)
    case .challenge(let body): inserting(body.customRequestHandling)
    case .block(let body): answering(body, bodies: bodies)
    case .monetize: .none
    }
  }

  /// What the override action of a rule group adds to requests.
  func counting(_ action: OverrideAction?) -> CustomHandling {
    switch action {
    case .count(let body): inserting(body.customRequestHandling)
    case .none?, nil: .none
    }
  }

  func inserting(_ handling: CustomRequestHandling?) -> CustomHandling {
    CustomHandling(
      inserted: (handling?.insertHeaders ?? []).map { header in
        TemplateHeader(
          name: Self.insertedPrefix + header.name, value: LabelTemplate(parsing: header.value))
      })
  }

  /// What the service puts in front of the name of a header that it inserts (documented).
  private static let insertedPrefix = "x-amzn-waf-"

  func answering(
    _ block: BlockAction, bodies: [String: CustomResponseBody]
  ) -> CustomHandling {
    guard let response = block.customResponse else { return .none }
    let body = response.customResponseBodyKey.flatMap { bodies[$0] }
    return CustomHandling(
      answer: CustomAnswer(
        code: UInt16(exactly: response.responseCode) ?? 0,
        headers: response.responseHeaders.map { header in
          TemplateHeader(name: header.name, value: LabelTemplate(parsing: header.value))
        },
        body: body.map { LabelTemplate(parsing: $0.content) },
        contentType: body?.contentType.mediaType ?? ""))
  }
}

extension LabelTemplate {
  /// How many placeholders of a text are replaced; further ones stay as they are (documented).
  private static let placeholderLimit = 10

  /// Takes `${namespace:}` apart.
  init(parsing text: String) {
    var parts: [Part] = []
    var literal = ""
    var rest = text[...]
    var count = 0
    while let dollar = rest.firstIndex(of: "$") {
      literal += rest[..<dollar]
      rest = rest[dollar...]
      guard count < Self.placeholderLimit, let (part, end) = Self.placeholder(at: rest) else {
        literal.append(rest.removeFirst())
        continue
      }
      count += 1
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = ""
      parts.append(part)
      rest = rest[end...]
    }
    literal += rest
    if !literal.isEmpty { parts.append(.text(literal)) }
    self.init(parts: parts)
  }

  private static func placeholder(at text: Substring) -> (Part, Substring.Index)? {
    guard text.hasPrefix("${"), let close = text.firstIndex(of: "}") else { return nil }
    let name = text[text.index(text.startIndex, offsetBy: 2)..<close]
    let isNamespace =
      name.hasSuffix(":")
      && name.utf8.allSatisfy { byte in
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
      }
    guard isNamespace else { return nil }
    let part: Part =
      switch name {
      case "awswaf:request_id:": .requestID
      case "awswaf:ip:": .clientIP
      case "awswaf:ja3:": .ja3
      case "awswaf:ja4:": .ja4
      default: .labels(namespace: String(name))
      }
    return (part, text.index(after: close))
  }
}

extension CustomResponseBody.ContentType {
  fileprivate var mediaType: String {
    switch self {
    case .textPlain: "text/plain"
    case .textHTML: "text/html"
    case .applicationJSON: "application/json"
    }
  }
}
