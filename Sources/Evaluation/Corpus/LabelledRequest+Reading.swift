import Bytes
import Diagnostics
import DocumentTree

/// Why a line of a corpus is no labelled request.
package enum LabelledRequestError: Error, Hashable, Sendable {
  /// It is not JSON; the reason in words.
  case notJSON(String)
  /// It is JSON, but not an object.
  case notAnObject
  case missing(member: String)
  case wrongType(member: String, expected: String)
  case unknownLabel(String)
  case notBase64(member: String)

  package var message: String {
    switch self {
    case .notJSON(let reason): "not JSON: \(reason)"
    case .notAnObject: "not a JSON object"
    case .missing(let member): "no '\(member)'"
    case .wrongType(let member, let expected): "'\(member)' is not \(expected)"
    case .unknownLabel(let label): "the label '\(label)' is neither 'attack' nor 'benign'"
    case .notBase64(let member): "'\(member)' is not base64"
    }
  }
}

extension LabelledRequest {
  /// Reads a line of a corpus; members that are not known are passed over.
  ///
  /// - Parameters:
  ///   - line: a JSON object.
  ///   - place: stands in for an `id` that is missing: `file:line`.
  ///   - file: stands in for a `source` that is missing.
  package init(
    line: [UInt8], place: String, file: String
  ) throws(LabelledRequestError) {
    let node: Node
    do throws(Diagnostic) {
      node = try JSONParser.parse(line, file: file)
    } catch {
      throw .notJSON(error.message)
    }
    guard node.members != nil else { throw .notAnObject }
    let label = try Self.text("label", in: node)
    guard let label else { throw .missing(member: "label") }
    guard let label = Label(rawValue: label) else { throw .unknownLabel(label) }
    guard let method = try Self.text("method", in: node) else { throw .missing(member: "method") }
    guard let target = try Self.text("uri", in: node) else { throw .missing(member: "uri") }
    self.init(
      id: try Self.text("id", in: node) ?? place,
      source: try Self.text("source", in: node) ?? file, label: label,
      attackType: try Self.text("attack_type", in: node) ?? "", method: method,
      target: Array(target.utf8),
      httpVersion: try Self.text("http_version", in: node) ?? "HTTP/1.1",
      headers: try Self.headers(in: node), body: try Self.body(in: node))
  }

  /// The text of a member; nil where it is missing or null.
  private static func text(
    _ member: String, in node: Node
  ) throws(LabelledRequestError) -> String? {
    guard let value = node[member], !value.isNull else { return nil }
    guard let text = value.text else { throw .wrongType(member: member, expected: "a string") }
    return text
  }

  private static func headers(in node: Node) throws(LabelledRequestError) -> [HeaderLine] {
    guard let value = node["headers"] else { throw .missing(member: "headers") }
    let expected = "a list of [name, value] pairs"
    guard let elements = value.elements else {
      throw .wrongType(member: "headers", expected: expected)
    }
    var lines: [HeaderLine] = []
    for element in elements {
      guard let pair = element.elements, pair.count == 2, let name = pair[0].text,
        let value = pair[1].text
      else { throw .wrongType(member: "headers", expected: expected) }
      lines.append(HeaderLine(name: Array(name.utf8), value: headerBytes(value)))
    }
    return lines
  }

  /// The bytes of a header value.
  ///
  /// Programs that record requests read header values as ISO 8859-1, a character a byte (RFC 9110,
  /// section 5.5, calls other bytes opaque); a value with characters beyond that was written by hand
  /// and is UTF-8.
  private static func headerBytes(_ value: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in value.unicodeScalars {
      guard scalar.value < 0x100 else { return Array(value.utf8) }
      bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    }
    return bytes
  }

  private static func body(in node: Node) throws(LabelledRequestError) -> [UInt8] {
    guard let text = try text("body_base64", in: node) else { return [] }
    guard let bytes = Base64.decodeCanonical(Array(text.utf8).span) else {
      throw .notBase64(member: "body_base64")
    }
    return bytes
  }
}
