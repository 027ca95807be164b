package import Diagnostics

/// Reads JSON (RFC 8259, nothing beyond it) into a located tree.
///
/// A byte order mark before the document is tolerated. The first thing that is not JSON ends the
/// reading with a diagnostic of code `syntax`; there is no guessing at what follows.
package struct JSONParser {
  /// The deepest nesting that is ever read: the tree is walked recursively.
  package static let deepestNesting = 512

  let bytes: [UInt8]
  let file: String
  let depthLimit: Int
  var position = 0

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: the whole document.
  ///   - file: its name, for diagnostics.
  ///   - depthLimit: how deep arrays and objects may nest, 512 at most.
  package static func parse(
    _ bytes: [UInt8], file: String, depthLimit: Int = 128
  ) throws(Diagnostic) -> Node {
    var parser = JSONParser(
      bytes: bytes, file: file, depthLimit: min(max(1, depthLimit), deepestNesting))
    return try parser.document()
  }

  private init(bytes: [UInt8], file: String, depthLimit: Int) {
    self.bytes = bytes
    self.file = file
    self.depthLimit = depthLimit
  }

  private mutating func document() throws(Diagnostic) -> Node {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw failure("the document is UTF-16; it must be UTF-8", at: 0)
    }
    if let offset = UTF8Check.firstInvalidOffset(in: bytes) {
      throw failure("this byte is not valid UTF-8", at: offset)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipWhitespace()
    guard position < bytes.count else {
      throw failure("the document is empty", at: position)
    }
    let node = try value(depth: 0)
    skipWhitespace()
    guard position == bytes.count else {
      try rejectComment()
      let what = bytes[position] == UInt8(ascii: "{") ? "a second document" : "more text"
      throw failure("\(what) follows the end of the document", at: position)
    }
    return node
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(Diagnostic) -> Node {
    guard position < bytes.count else {
      throw failure("the document ends where a value is expected", at: position)
    }
    let start = position
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < depthLimit else {
        throw failure("more than \(depthLimit) levels of nesting", at: position)
      }
      return bytes[position] == UInt8(ascii: "{")
        ? try object(depth: depth + 1) : try array(depth: depth + 1)
    case UInt8(ascii: "\""):
      let text = try string()
      return Node(.string(text), range: start..<position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let text = try number()
      return Node(.number(text), range: start..<position)
    default:
      return Node(try literal(), range: start..<position)
    }
  }

  private mutating func object(depth: Int) throws(Diagnostic) -> Node {
    let start = position
    var members: [Node.Member] = []
    position += 1
    try skipToToken(inside: "object", openedAt: start)
    if bytes[position] == UInt8(ascii: "}") {
      position += 1
      return Node(.object([]), range: start..<position)
    }
    while true {
      let keyStart = position
      guard bytes[position] == UInt8(ascii: "\"") else { throw wrongKey() }
      let key = try string()
      let keyRange = keyStart..<position
      try skipToToken(inside: "object", openedAt: start)
      guard bytes[position] == UInt8(ascii: ":") else {
        throw failure("expected ':' after the key '\(key)'", at: position)
      }
      position += 1
      try skipToToken(inside: "object", openedAt: start)
      let value = try value(depth: depth)
      members.append(Node.Member(key: key, keyRange: keyRange, value: value))
      guard try hasNext(close: "}", inside: "object", openedAt: start) else {
        return Node(.object(members), range: start..<position)
      }
    }
  }

  private mutating func array(depth: Int) throws(Diagnostic) -> Node {
    let start = position
    var elements: [Node] = []
    position += 1
    try skipToToken(inside: "array", openedAt: start)
    if bytes[position] == UInt8(ascii: "]") {
      position += 1
      return Node(.array([]), range: start..<position)
    }
    while true {
      elements.append(try value(depth: depth))
      guard try hasNext(close: "]", inside: "array", openedAt: start) else {
        return Node(.array(elements), range: start..<position)
      }
    }
  }

  /// Goes on past a comma (`true`) or past the closing bracket (`false`).
  private mutating func hasNext(
    close: Unicode.Scalar, inside container: String, openedAt start: Int
  ) throws(Diagnostic) -> Bool {
    try skipToToken(inside: container, openedAt: start)
    let closing = UInt8(ascii: close)
    if bytes[position] == closing {
      position += 1
      return false
    }
    guard bytes[position] == UInt8(ascii: ",") else {
      if bytes[position] == UInt8(ascii: "\"") || startsValue(bytes[position]) {
        throw failure("missing ',' before this", at: position)
      }
      throw failure("expected ',' or '\(close)'", at: position)
    }
    let comma = position
    position += 1
    try skipToToken(inside: container, openedAt: start)
    if bytes[position] == closing {
      throw failure("trailing ',' before '\(close)'", at: comma)
    }
    return true
  }

  private func startsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  // MARK: White space

  private mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  /// Skips white space inside a container, where the document may not end.
  private mutating func skipToToken(
    inside container: String, openedAt start: Int
  ) throws(Diagnostic) {
    skipWhitespace()
    guard position < bytes.count else {
      let line = bytes[..<start].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      throw failure(
        "the document ends inside the \(container) that starts in line \(line)", at: position)
    }
    try rejectComment()
  }

  // MARK: Errors

  func failure(_ message: String, at offset: Int, suggestion: String? = nil) -> Diagnostic {
    .error(
      "syntax", message, at: Place(file: file, byteOffset: offset), suggestion: suggestion)
  }

  private func rejectComment() throws(Diagnostic) {
    guard position < bytes.count else { return }
    if bytes[position] == UInt8(ascii: "#") || bytes[position] == UInt8(ascii: "/") {
      throw failure("JSON has no comments", at: position)
    }
  }

  private func wrongKey() -> Diagnostic {
    switch bytes[position] {
    case UInt8(ascii: "'"):
      return failure("keys are written in double quotes, not in single ones", at: position)
    case UInt8(ascii: ","):
      return failure("a key is expected here; is there one ',' too many?", at: position)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "_"), UInt8(ascii: "$"):
      return failure("keys are written in double quotes", at: position)
    case 0xE2:
      return failure("keys are written in plain double quotes", at: position)
    default:
      return failure("a key in double quotes is expected here", at: position)
    }
  }
}
