import DocumentTree

/// Collects how a document is laid out.
struct StyleSurvey {
  struct Container {
    var isObject: Bool
    var height: Int
    var isInline: Bool
  }

  private let text: SourceText
  private let language: TextStyle.Language
  private(set) var containers: [Container] = []
  private(set) var units = Tally<String>()
  private(set) var sequenceIndents = Tally<String>()
  private(set) var dashes = Tally<String>()
  private(set) var colons = Tally<String>()
  private(set) var commas = Tally<String>()
  private(set) var objectPaddings = Tally<String>()
  private(set) var arrayPaddings = Tally<String>()
  private(set) var emptyObjects = Tally<String>()
  private(set) var quotes = Tally<TextStyle.Quote>()
  private(set) var keyQuotes = Tally<TextStyle.Quote>()

  init(_ text: SourceText, _ language: TextStyle.Language) {
    self.text = text
    self.language = language
  }

  mutating func visit(_ node: Node) {
    switch node.kind {
    case .object(let members):
      guard !members.isEmpty else {
        if text.bytes[node.range].first == UInt8(ascii: "{"), !text.hasLineBreak(in: node.range) {
          emptyObjects.add(text[node.range])
        }
        return
      }
      look(at: node)
      for member in members {
        // An alias of YAML leads back.
        guard member.value.range.lowerBound >= member.keyRange.upperBound else { continue }
        look(at: member, inFlow: isFlow(node))
        visit(member.value)
      }
    case .array(let elements):
      guard !elements.isEmpty else { return }
      look(at: node)
      for element in elements where element.range.lowerBound >= node.range.lowerBound {
        visit(element)
      }
    case .string: quotes.add(quote(at: node.range))
    case .number, .bool, .null: break
    }
  }

  private func isFlow(_ node: Node) -> Bool { language == .json || text.isFlow(node) }

  /// A container with something in it.
  private mutating func look(at node: Node) {
    guard let items = node.itemSpans else { return }
    let isInline = isFlow(node) && !text.hasLineBreak(in: node.range)
    let isObject = node.members != nil
    containers.append(Container(isObject: isObject, height: node.height, isInline: isInline))
    guard let first = items.first else { return }
    guard isFlow(node) else {
      if !isObject, let dash = text.dash(before: first.lowerBound),
        text.lineStart(of: dash) == text.lineStart(of: first.lowerBound)
      {
        dashes.add(text[dash..<first.lowerBound])
      }
      return
    }
    if isInline {
      let padding = text[node.range.lowerBound + 1..<first.lowerBound]
      if isObject { objectPaddings.add(padding) } else { arrayPaddings.add(padding) }
      for (left, right) in zip(items, items.dropFirst()) where left.upperBound < right.lowerBound {
        commas.add(text[left.upperBound..<right.lowerBound])
      }
    } else if let indent = text.ownIndent(before: first.lowerBound) {
      let outer = text.indent(ofLineOf: node.range.lowerBound)
      if indent.hasPrefix(outer) { units.add(String(indent.dropFirst(outer.count))) }
    }
  }

  private mutating func look(at member: Node.Member, inFlow: Bool) {
    let (key, value) = (member.keyRange, member.value)
    keyQuotes.add(quote(at: key))
    if inFlow {
      let colon = text[key.upperBound..<value.range.lowerBound]
      if !colon.contains(where: \.isNewline) { colons.add(colon) }
    } else if value.isFilled, !text.isFlow(value) {
      let column = key.lowerBound - text.lineStart(of: key.lowerBound)
      var start = value.range.lowerBound
      if value.elements != nil {
        guard let dash = text.dash(before: value.elements?.first?.range.lowerBound ?? start) else {
          return
        }
        start = dash
      }
      let deeper = start - text.lineStart(of: start) - column
      guard deeper >= 0 else { return }
      let indent = String(repeating: " ", count: deeper)
      if value.elements != nil { sequenceIndents.add(indent) } else { units.add(indent) }
    }
  }

  private func quote(at range: Range<Int>) -> TextStyle.Quote {
    guard range.lowerBound < text.bytes.count else { return .plain }
    switch text.bytes[range.lowerBound] {
    case UInt8(ascii: "\""): return .double
    case UInt8(ascii: "'"): return .single
    default: return .plain
    }
  }
}
