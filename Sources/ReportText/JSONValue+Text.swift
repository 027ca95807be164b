extension JSONValue {
  /// The value with two blanks a level and one member or element a line.
  ///
  /// Short arrays of plain values stay on one line; there is no line feed at the end.
  package var prettyText: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  /// The value on one line, with blanks around what is between braces.
  package var inlineText: String {
    switch self {
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let parts = members.map {
        JSONValue.string($0.key).inlineText + ": " + $0.value.inlineText
      }
      return "{ " + parts.joined(separator: ", ") + " }"
    case .array(let elements):
      return "[" + elements.map(\.inlineText).joined(separator: ", ") + "]"
    case .string, .integer, .number, .bool, .null: return prettyText
    }
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .object(let members):
      guard !members.isEmpty else {
        text += "{}"
        return
      }
      text += "{"
      for (index, member) in members.enumerated() {
        text += index == 0 ? "\n" : ",\n"
        text += String(repeating: "  ", count: indent + 1)
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent + 1)
      }
      text += "\n" + String(repeating: "  ", count: indent) + "}"
    case .array(let elements): Self.write(elements, to: &text, indent: indent)
    case .string(let string): Self.write(string, to: &text)
    case .integer(let number): text += String(number)
    case .number(let number): text += number
    case .bool(let bool): text += bool ? "true" : "false"
    case .null: text += "null"
    }
  }

  private static func write(_ elements: [JSONValue], to text: inout String, indent: Int) {
    if elements.allSatisfy(\.isShort), elements.count <= 8 {
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        element.write(to: &text, indent: 0)
      }
      text += "]"
      return
    }
    text += "["
    for (index, element) in elements.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: indent + 1)
      element.write(to: &text, indent: indent + 1)
    }
    text += "\n" + String(repeating: "  ", count: indent) + "]"
  }

  private var isShort: Bool {
    switch self {
    case .string(let text): text.utf8.count <= 24
    case .integer, .number, .bool, .null: true
    case .object, .array: false
    }
  }

  /// Writes a string so that it can stand in a terminal and in a script element too.
  ///
  /// Control characters, marks that turn the direction of writing and `</` are escaped; a reader of
  /// JSON gets back what was put in.
  private static func write(_ string: String, to text: inout String) {
    text += "\""
    var isAfterLess = false
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "/" where isAfterLess: text += "\\/"
      case _ where mustBeEscaped(scalar):
        for unit in String(Character(scalar)).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
      isAfterLess = scalar == "<"
    }
    text += "\""
  }

  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}
