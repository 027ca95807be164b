/// A text in which `${namespace:}` stands for labels.
///
/// Source: "Dynamic label interpolation" of the developer guide (documented).
package struct LabelTemplate: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    /// The labels under a fully qualified namespace, with its colon.
    case labels(namespace: String)
    case requestID
    case clientIP
    case ja3
    case ja4
  }

  package var parts: [Part]

  package init(parts: [Part]) {
    self.parts = parts
  }

  /// Whether it has placeholders.
  package var isDynamic: Bool {
    parts.contains {
      if case .text = $0 { false } else { true }
    }
  }

  /// Whether it has placeholders for labels.
  package var hasLabels: Bool {
    parts.contains {
      if case .labels = $0 { true } else { false }
    }
  }

  /// The facts of the request that it has placeholders for.
  package var facts: RequestFacts {
    var facts = RequestFacts(rawValue: 0)
    for part in parts {
      switch part {
      case .text, .labels: continue
      case .requestID: facts.insert(.requestID)
      case .clientIP: facts.insert(.clientIP)
      case .ja3: facts.insert(.ja3)
      case .ja4: facts.insert(.ja4)
      }
    }
    return facts
  }
}

/// Facts of a request that a template can name.
package struct RequestFacts: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  @inlinable package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let requestID = RequestFacts(rawValue: 1 << 0)
  package static let clientIP = RequestFacts(rawValue: 1 << 1)
  package static let ja3 = RequestFacts(rawValue: 1 << 2)
  package static let ja4 = RequestFacts(rawValue: 1 << 3)
}

/// A header that a rule inserts, into the request or into its response.
package struct TemplateHeader: Hashable, Sendable {
  /// The name as it is sent: with `x-amzn-waf-` in a request.
  package var name: String
  package var value: LabelTemplate

  package init(name: String, value: LabelTemplate) {
    self.name = name
    self.value = value
  }
}

/// The answer that a block gives instead of a plain 403.
package struct CustomAnswer: Hashable, Sendable {
  package var code: UInt16
  package var headers: [TemplateHeader]
  package var body: LabelTemplate?
  /// `text/plain`, `text/html`, `application/json`; empty without a body.
  package var contentType: String

  package init(
    code: UInt16, headers: [TemplateHeader] = [], body: LabelTemplate? = nil,
    contentType: String = ""
  ) {
    self.code = code
    self.headers = headers
    self.body = body
    self.contentType = contentType
  }

  /// Whether the client gets more than a code.
  package var hasContent: Bool { !headers.isEmpty || body != nil }

  /// Its texts.
  package var templates: [LabelTemplate] { headers.map(\.value) + (body.map { [$0] } ?? []) }
}

/// What a rule adds to requests or to answers.
package struct CustomHandling: Hashable, Sendable {
  package var inserted: [TemplateHeader]
  package var answer: CustomAnswer?

  package init(inserted: [TemplateHeader] = [], answer: CustomAnswer? = nil) {
    self.inserted = inserted
    self.answer = answer
  }

  package static let none = CustomHandling()
}
