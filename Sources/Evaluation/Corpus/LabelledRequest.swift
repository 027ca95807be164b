import Bytes
package import WAFRequests

/// A request of which somebody says whether it is an attack.
///
/// Everything about it is known: every header, and the body to its last byte.
package struct LabelledRequest: Hashable, Sendable {
  /// What a request is, by the word of its corpus.
  package enum Label: String, CaseIterable, Comparable, Sendable {
    case attack
    case benign

    package static func < (left: Label, right: Label) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// A header line as sent.
  package struct HeaderLine: Hashable, Sendable {
    package var name: [UInt8]
    package var value: [UInt8]

    package init(name: [UInt8], value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// What the corpus calls it, else where it stands: `file:line`.
  package var id: String
  /// Where it comes from; counts are taken apart by it.
  package var source: String
  package var label: Label
  /// The kind of attack; empty where the corpus names none.
  package var attackType: String
  package var method: String
  /// The request target as sent: path and query.
  package var target: [UInt8]
  package var httpVersion: String
  package var headers: [HeaderLine]
  /// Empty where there is none.
  package var body: [UInt8]

  package init(
    id: String, source: String, label: Label, attackType: String = "", method: String = "GET",
    target: [UInt8], httpVersion: String = "HTTP/1.1", headers: [HeaderLine] = [],
    body: [UInt8] = []
  ) {
    self.id = id
    self.source = source
    self.label = label
    self.attackType = attackType
    self.method = method
    self.target = target
    self.httpVersion = httpVersion
    self.headers = headers
    self.body = body
  }
}

extension LabelledRequest {
  /// The request as the engine takes it.
  package var record: RequestRecord {
    var record = RequestRecord()
    record.method = record.appendExact(method.utf8)
    record.httpVersion = record.appendExact(httpVersion.utf8)
    for line in headers { record.appendHeader(name: line.name.span, value: line.value.span) }
    record.headersAreComplete = true
    record.setTarget(target.span)
    record.fragment =
      if let mark = target.firstIndex(of: UInt8(ascii: "#")) {
        record.appendExact(target[(mark + 1)...])
      } else {
        .absent
      }
    // The corpus says that there is no body, whatever the version and the header lines say.
    record.body = body.isEmpty ? .absent : record.appendExact(body)
    record.settleBody()
    return record
  }

  /// The value of the first header of a name, which is given in lower case.
  package func header(_ name: String) -> [UInt8]? {
    let wanted = Array(name.utf8)
    return headers.first { $0.name.span.equalsIgnoringASCIICase(wanted.span) }?.value
  }
}
