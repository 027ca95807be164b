/// A strict reader of the XML that reports use: no declarations but the first line, no comments, no
/// sections, five named entities.
struct XMLChecker {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  struct Element {
    var name: String
    var attributes: [String: String] = [:]
    var text = ""
    var children: [Element] = []

    /// The element and all below it.
    var all: [Element] { [self] + children.flatMap(\.all) }
  }

  private var rest: Substring.UnicodeScalarView

  /// The root element of a text.
  static func root(of text: String) throws -> Element {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    guard text.hasPrefix(head) else { throw Failure(description: "no declaration") }
    for scalar in text.unicodeScalars where !isAllowed(scalar) {
      throw Failure(description: "U+\(String(scalar.value, radix: 16)) is not allowed")
    }
    guard !text.contains("]]>") else { throw Failure(description: "]]> in text") }
    var checker = XMLChecker(rest: text.unicodeScalars.dropFirst(head.unicodeScalars.count))
    guard checker.take("<") else { throw Failure(description: "no root") }
    let root = try checker.element()
    guard String(checker.rest) == "\n" else { throw Failure(description: "more than a root") }
    return root
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10, 13, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func expect(_ text: String) throws {
    for scalar in text.unicodeScalars where !take(scalar) {
      throw Failure(description: "expected \(text) before \(String(rest.prefix(40)))")
    }
  }

  private mutating func name() throws -> String {
    let name = rest.prefix { $0.isASCII && ($0.properties.isAlphabetic || $0 == "-") }
    guard !name.isEmpty else {
      throw Failure(description: "no name before \(String(rest.prefix(40)))")
    }
    rest = rest[name.endIndex...]
    return String(name)
  }

  /// Text up to a scalar, with entities replaced.
  private mutating func text(until end: Unicode.Scalar) throws -> String {
    var result = ""
    while let scalar = rest.first, scalar != end {
      rest.removeFirst()
      switch scalar {
      case "<": throw Failure(description: "a < in an attribute")
      case "&": result += try entity()
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private mutating func entity() throws -> String {
    let name = String(rest.prefix { $0 != ";" }.prefix(8))
    rest = rest.dropFirst(name.unicodeScalars.count)
    try expect(";")
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "#35": return "#"
    case "#58": return ":"
    default: throw Failure(description: "unknown entity &\(name);")
    }
  }

  /// An element whose `<` is taken.
  private mutating func element() throws -> Element {
    var element = Element(name: try name())
    while take(" ") {
      let key = try name()
      try expect("=\"")
      let value = try text(until: "\"")
      try expect("\"")
      guard element.attributes.updateValue(value, forKey: key) == nil else {
        throw Failure(description: "\(key) twice")
      }
    }
    if take("/") {
      try expect(">")
      return element
    }
    try expect(">")
    while true {
      element.text += try text(until: "<")
      try expect("<")
      if take("/") {
        try expect(element.name + ">")
        return element
      }
      element.children.append(try self.element())
    }
  }
}
