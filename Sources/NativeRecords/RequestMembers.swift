import Bytes

/// Where the members of a recorded `httpRequest` stand that may have to be written anew.
struct RequestMembers {
  /// A member, as far as it matters for writing.
  enum Name {
    case headers, body, bodyBase64, uri, uriBase64, args, argsBase64, fragment, fragmentBase64
    case other
  }

  private(set) var uri: JSONString?
  private(set) var args: JSONString?
  private(set) var fragment: JSONString?
  private(set) var hasArgs = false

  /// Looks through the object at `range`.
  init(_ bytes: Span<UInt8>, _ range: ByteRange) throws(JSONScanError) {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    try scanner.enterObject()
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      let name = Self.name(of: key, bytes)
      guard scanner.peek() == UInt8(ascii: "\"") else {
        try scanner.skipValue()
        continue
      }
      let value = try scanner.string()
      if name == .args || name == .argsBase64 { hasArgs = true }
      switch name {
      case .uri: uri = value
      case .args: args = value
      case .fragment: fragment = value
      default: break
      }
    }
  }

  static func name(of key: JSONString, _ bytes: Span<UInt8>) -> Name {
    guard key.hasEscapes else { return name(bytes.extracting(key.range.bounds)) }
    var plain: [UInt8] = []
    JSONText.unescape(key, in: bytes, into: &plain)
    return name(plain.span)
  }

  private static func name(_ key: Span<UInt8>) -> Name {
    for (text, name) in names where key.equals(text.span) { return name }
    return .other
  }

  private static let names: [([UInt8], Name)] = [
    (Array("headers".utf8), .headers), (Array("uri".utf8), .uri), (Array("args".utf8), .args),
    (Array("body".utf8), .body), (Array("bodyBase64".utf8), .bodyBase64),
    (Array("uriBase64".utf8), .uriBase64), (Array("argsBase64".utf8), .argsBase64),
    (Array("fragment".utf8), .fragment), (Array("fragmentBase64".utf8), .fragmentBase64),
  ]
}
