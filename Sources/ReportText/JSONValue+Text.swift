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
      Self.writeLines("{", members, "}", to: &text, indent: indent) { member, text in
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent + 1)
      }
    case .array(let elements) where elements.allSatisfy(\.isShort) && elements.count <= 8:
      text += "[" + elements.map(\.prettyText).joined(separator: ", ") + "]"
    case .array(let elements):
      Self.writeLines("[", elements, "]", to: &text, indent: indent) { element, text in
        element.write(to: &text, indent: indent + 1)
      }
    case .string(let string): Self.write(string, to: &text)
    case .integer(let number): text += String(number)
    case .number(let number): text += number
    case .bool(let bool): text += bool ? "true" : "false"
    case .null: text += "null"
    }
  }

  /// Writes each item on a line of its own, one level further in.
  private static func writeLines<Item>(
    _ open: String, _ items: [Item], _ close: String, to text: inout String, indent: Int,
    write: (Item, inout String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: indent + 1)
      write(item, &text)
    }
    if !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
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
