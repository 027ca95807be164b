/// Writes a tree as JSON text.
package enum JSONWriter {
  /// The text on one line, without white space.
  package static func compact(_ node: Node) -> String {
    var writer = Writer(isPretty: false)
    writer.write(node, indent: 0)
    return writer.text
  }

  /// The text with two spaces a level and one member or element a line.
  ///
  /// - Returns: the text without a final line feed.
  package static func pretty(_ node: Node) -> String {
    var writer = Writer(isPretty: true)
    writer.write(node, indent: 0)
    return writer.text
  }

  /// A string as JSON writes it, quotes included.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private struct Writer {
    let isPretty: Bool
    var text = ""

    mutating func write(_ node: Node, indent: Int) {
      switch node.kind {
      case .object(let members):
        block("{", "}", count: members.count, indent: indent) { writer, index in
          writer.text += JSONWriter.quoted(members[index].key) + (writer.isPretty ? ": " : ":")
          writer.write(members[index].value, indent: indent + 1)
        }
      case .array(let elements):
        block("[", "]", count: elements.count, indent: indent) { writer, index in
          writer.write(elements[index], indent: indent + 1)
        }
      case .string(let string): text += JSONWriter.quoted(string)
      case .number(let number): text += number
      case .bool(let bool): text += bool ? "true" : "false"
      case .null: text += "null"
      }
    }

    private mutating func block(
      _ open: String, _ close: String, count: Int, indent: Int,
      item: (inout Writer, Int) -> Void
    ) {
      text += open
      for index in 0..<count {
        if index > 0 { text += "," }
        newLine(indent + 1)
        item(&self, index)
      }
      if count > 0 { newLine(indent) }
      text += close
    }

    private mutating func newLine(_ indent: Int) {
      guard isPretty else { return }
      text += "\n" + String(repeating: "  ", count: indent)
    }
  }
}
