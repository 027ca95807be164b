import Bytes
package import WAFRequests

/// Writes the request of a record as JSON, secrets masked, and knows what it masked and which states
/// the written members do not tell by themselves.
///
/// Contract: what is written reads back as the component that it was, in state and bytes, once
/// `states` and `masked` stand in `wafcast`; a masked one reads back as redacted.
package struct HTTPRequestWriter: Sendable {
  /// Whether secrets are masked.
  package let masksSecrets: Bool
  /// The names of what was masked in the record at hand; kept for its memory.
  package var masked: [[UInt8]] = []
  /// The states that the written members do not tell: names and states.
  package var states: [(name: [UInt8], state: ComponentState)] = []

  package init(masksSecrets: Bool) {
    self.masksSecrets = masksSecrets
  }

  /// Forgets the record before.
  package mutating func begin() {
    masked.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
  }

  // MARK: Notes

  /// Notes that a whole component was masked.
  package mutating func noteMasked(_ name: StaticString) {
    let nothing: [UInt8] = []
    noteMasked(name, nothing.span)
  }

  /// Notes that a component was masked.
  ///
  /// A name that is no UTF-8 has no place in the list; the text `REDACTED` in its value says the
  /// same.
  package mutating func noteMasked(_ prefix: StaticString, _ name: Span<UInt8>) {
    guard [UInt8].isUTF8(name) else { return }
    var text: [UInt8] = []
    text.append(prefix)
    text.append(contentsOf: name)
    if prefix.utf8CodeUnitCount == 8 { text = text.asciiLowercased }
    if !masked.contains(text) { masked.append(text) }
  }

  /// Notes that a component is in another state than what was written says.
  package mutating func noteState(_ name: StaticString, _ state: ComponentState) {
    var text: [UInt8] = []
    text.append(name)
    states.append((text, state))
  }

  /// Whether a component that `wafcast.state` names was masked, so that its state goes for nothing:
  /// it is redacted now.
  package func hides(_ name: [UInt8], of record: borrowing RequestRecord) -> Bool {
    if masked.contains(name) || masked.contains(name.asciiLowercased) { return true }
    guard let index = RequestRecord.headerIndex(inComponentName: name),
      record.headers.indices.contains(index)
    else { return false }
    let bytes = record.storage[record.headers[index].name.bounds]
    return masked.contains(Array("headers.".utf8) + Array(bytes).asciiLowercased)
  }

  /// Appends the member `masked` of `wafcast`, where there is anything to name, with a comma before.
  package func appendMasked(to line: inout [UInt8]) {
    guard !masked.isEmpty else { return }
    line.append(",\"masked\":[")
    var separator = Separator()
    for name in masked {
      separator.append(to: &line)
      line.appendJSON(name.span)
    }
    line.append("]")
  }

  // MARK: Text

  /// Appends a member, with its twin in base64 where the text alone would read as something else;
  /// returns the state that it reads as.
  @discardableResult
  package func appendText(
    _ name: StaticString, _ value: Span<UInt8>, _ state: ComponentState, to line: inout [UInt8]
  ) -> ComponentState {
    line.append("\"")
    line.append(name)
    line.append("\":")
    let isUTF8 = line.appendJSON(value)
    let isReplaced = value.contains(Self.replacement.span)
    let readsOtherwise = Self.readsOtherwise(name, value)
    guard !isUTF8 || isReplaced && state == .known || readsOtherwise else {
      return isReplaced ? .lossy : .known
    }
    line.append(",\"")
    line.append(name)
    line.append("Base64\":\"")
    line.append(contentsOf: Base64.encode(value))
    line.append("\"")
    return .known
  }

  private static let mask = SecretMask.mask
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Whether the text of a member means something else than its bytes: `REDACTED` everywhere, and
  /// what the decoder drops from some members.
  private static func readsOtherwise(_ name: StaticString, _ value: Span<UInt8>) -> Bool {
    guard !value.isEmpty else { return false }
    if value.equals(mask.span) { return true }
    switch value[0] {
    case UInt8(ascii: "?"): return isSame(name, "args")
    case UInt8(ascii: "#"): return isSame(name, "fragment")
    case UInt8(ascii: "-"):
      return value.count == 1
        && (isSame(name, "scheme") || isSame(name, "ja3Fingerprint")
          || isSame(name, "ja4Fingerprint"))
    default: return false
    }
  }

  private static func isSame(_ name: StaticString, _ other: StaticString) -> Bool {
    name.description == other.description
  }

  /// Appends the path; its parameters, and a query within it, are masked where they are secrets.
  @discardableResult
  package mutating func appendPath(
    _ path: Span<UInt8>, _ state: ComponentState, to line: inout [UInt8]
  ) -> ComponentState {
    guard masksSecrets, SecretMask.hasSecret(path: path) else {
      return appendText("uri", path, state, to: &line)
    }
    noteMasked("uri")
    return appendText("uri", SecretMask.maskedPath(path).span, state, to: &line)
  }

  /// Appends the query, secrets masked.
  @discardableResult
  package mutating func appendQuery(
    _ query: Span<UInt8>, _ state: ComponentState, to line: inout [UInt8]
  ) -> ComponentState {
    guard masksSecrets else { return appendText("args", query, state, to: &line) }
    var masked: [UInt8] = []
    var names: [[UInt8]] = []
    SecretMask.appendMasked(query: query, to: &masked) { names.append($0) }
    for name in names { noteMasked("args.", name.span) }
    return appendText("args", masked.span, state, to: &line)
  }

  /// Appends the fragment; it may carry arguments as a query does, and then secrets.
  @discardableResult
  package mutating func appendFragment(
    _ fragment: Span<UInt8>, _ state: ComponentState, to line: inout [UInt8]
  ) -> ComponentState {
    guard masksSecrets, SecretMask.hasSecret(query: fragment) else {
      return appendText("fragment", fragment, state, to: &line)
    }
    noteMasked("fragment")
    return appendText("fragment", SecretMask.maskedQuery(fragment).span, state, to: &line)
  }
}

/// Puts a comma before every item but the first.
package struct Separator {
  package private(set) var isFirst: Bool

  package init(isFirst: Bool = true) {
    self.isFirst = isFirst
  }

  package mutating func append(to line: inout [UInt8]) {
    if !isFirst { line.append(UInt8(ascii: ",")) }
    isFirst = false
  }
}
