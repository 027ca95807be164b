import DocumentTree

/// How a document is laid out, told from most of what it has.
struct TextStyle {
  enum Language {
    case json
    case yaml
  }

  enum Quote: Hashable {
    case plain
    case single
    case double
  }

  private struct Shape: Hashable {
    var isObject: Bool
    var height: Int
  }

  let language: Language
  let lineBreak: String
  let usesLines: Bool
  /// How far a level is set in.
  private(set) var unit = "  "
  /// How far a YAML sequence is set in under its key.
  private(set) var sequenceIndent = ""
  /// A YAML sequence's mark with the blanks behind it.
  private(set) var dash = "- "
  /// Between a key and its value on one line.
  private(set) var colon = ": "
  /// Between two items on one line.
  private(set) var comma = ", "
  /// Inside the braces and brackets of one line.
  private(set) var objectPadding = ""
  private(set) var arrayPadding = ""
  private(set) var emptyObject = "{}"
  private var quote = Quote.double
  private var keyQuote = Quote.double
  private let escapesNonASCII: Bool
  /// Containers on one line less those on several.
  private var inlined: [Shape: Int] = [:]

  init(_ text: SourceText, _ root: Node, _ language: Language) {
    self.language = language
    lineBreak = text.bytes.firstRange(of: [0x0D, 0x0A]) != nil ? "\r\n" : "\n"
    usesLines = language == .yaml || text.hasLineBreak(in: root.range)
    escapesNonASCII =
      language == .json && !text.bytes.dropFirst(text.markLength).contains { $0 >= 0x80 }
      && text.bytes.firstRange(of: Array("\\u".utf8)) != nil
    var survey = StyleSurvey(text, language)
    survey.visit(root)
    unit = survey.units.most ?? unit
    sequenceIndent = survey.sequenceIndents.most ?? sequenceIndent
    dash = survey.dashes.most ?? dash
    colon = survey.colons.most ?? colon
    comma = survey.commas.most ?? (colon.hasSuffix(" ") ? ", " : ",")
    objectPadding = survey.objectPaddings.most ?? objectPadding
    arrayPadding = survey.arrayPaddings.most ?? arrayPadding
    emptyObject = survey.emptyObjects.most ?? emptyObject
    if language == .yaml {
      quote = survey.quotes.most ?? .plain
      keyQuote = survey.keyQuotes.most ?? .plain
    }
    for container in survey.containers {
      inlined[
        Shape(isObject: container.isObject, height: container.height), default: 0] +=
        container.isInline ? 1 : -1
    }
  }

  /// Whether a container of a kind stands on one line.
  ///
  /// Where the document has none of its height, those below and above it decide together.
  func isInline(_ node: Node) -> Bool {
    guard node.isFilled, usesLines else { return true }
    let isObject = node.members != nil
    let height = node.height
    if let balance = inlined[Shape(isObject: isObject, height: height)] { return balance > 0 }
    let heights = inlined.keys.filter { $0.isObject == isObject }.map(\.height)
    guard let above = heights.filter({ $0 > height }).min() else { return false }
    return inlined[Shape(isObject: isObject, height: above)] ?? 0 > 0
  }

  // MARK: Scalars

  func key(_ name: String) -> String { scalar(name, keyQuote) }

  /// A scalar, or an empty container.
  func scalar(_ node: Node) -> String {
    switch node.kind {
    case .string(let string): scalar(string, quote)
    case .number(let number): number
    case .bool(let bool): bool ? "true" : "false"
    case .null: "null"
    case .object: emptyObject
    case .array: "[]"
    }
  }

  private func scalar(_ text: String, _ quote: Quote) -> String {
    switch quote {
    case .plain where Self.isPlain(text): return text
    case .single where text.unicodeScalars.allSatisfy { ("\u{20}"..."\u{7E}").contains($0) }:
      return "'" + text.replacing("'", with: "''") + "'"
    case .plain, .single, .double: break
    }
    let quoted = JSONWriter.quoted(text)
    guard escapesNonASCII else { return quoted }
    var ascii = ""
    for unit in quoted.utf16 {
      if let scalar = Unicode.Scalar(unit), scalar.isASCII {
        ascii.unicodeScalars.append(scalar)
      } else {
        let digits = String(unit, radix: 16)
        ascii += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return ascii
  }

  /// Whether YAML of all versions takes a text without quotes for a string, wherever it stands.
  private static func isPlain(_ text: String) -> Bool {
    let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    guard !words.contains(text.lowercased()), text.last != " ", text.last != ":",
      text.firstRange(of: ": ") == nil, let first = text.unicodeScalars.first,
      isWord(first) || first == "_" || first == "/"
    else { return false }
    return text.unicodeScalars.allSatisfy {
      isWord($0) || ("0"..."9").contains($0) || "_-./: ".unicodeScalars.contains($0)
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}

/// How often values were seen.
struct Tally<Value: Hashable> {
  private var counts: [Value: Int] = [:]
  private var order: [Value] = []

  mutating func add(_ value: Value) {
    if counts[value] == nil { order.append(value) }
    counts[value, default: 0] += 1
  }

  /// The value that was seen most; the first of several.
  var most: Value? {
    var best: Value?
    for value in order
    where best.map({ counts[value, default: 0] > counts[$0, default: 0] }) ?? true {
      best = value
    }
    return best
  }
}
