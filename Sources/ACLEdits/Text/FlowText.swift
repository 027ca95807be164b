import DocumentTree

/// Changes JSON, and what YAML has in braces and brackets, in place.
///
/// What is put in is set apart from its neighbours as these are from each other.
struct FlowText {
  let text: SourceText
  let style: TextStyle

  // MARK: Changes

  func inserting(_ member: Node.Member, into object: Node, at index: Int) -> TextSplice? {
    let members = object.members ?? []
    guard !members.isEmpty else {
      return filling(object, with: Node(.object([member])))
    }
    let neighbour = members[max(0, index - 1)]
    let level = text.indent(ofLineOf: neighbour.keyRange.lowerBound)
    let isInline = !text.hasLineBreak(in: object.range) || style.isInline(member.value)
    let item =
      style.key(member.key) + colon(of: neighbour)
      + rendered(member.value, isInline: isInline, level: level)
    return inserting(item, at: index, in: object)
  }

  func inserting(_ element: Node, into array: Node, at index: Int) -> TextSplice? {
    let elements = array.elements ?? []
    guard !elements.isEmpty else { return filling(array, with: Node(.array([element]))) }
    // Elements of one list look alike.
    let neighbour = elements[max(0, index - 1)]
    let level = text.indent(ofLineOf: neighbour.range.lowerBound)
    let isInline =
      !text.hasLineBreak(in: array.range) || self.isInline(element, like: neighbour)
    let item = rendered(element, isInline: isInline, level: level, like: neighbour)
    return inserting(item, at: index, in: array)
  }

  /// Takes an item away with the comma and the white space between it and a neighbour.
  func removing(at index: Int, from container: Node) -> TextSplice? {
    guard let spans = container.itemSpans else { return nil }
    guard spans.count > 1 else {
      return TextSplice(container.range.lowerBound + 1..<container.range.upperBound - 1, "")
    }
    if index == 0 { return TextSplice(spans[0].lowerBound..<spans[1].lowerBound, "") }
    return TextSplice(spans[index - 1].upperBound..<spans[index].upperBound, "")
  }

  /// Puts a value in the place of another; of an object with one member only what differs.
  func replacing(_ old: Node, with new: Node) -> [TextSplice] {
    if let members = old.members, members.count == 1, let wanted = new.members, wanted.count == 1,
      let member = members.first, let other = wanted.first
    {
      var splices: [TextSplice] = []
      if member.key != other.key {
        splices.append(TextSplice(member.keyRange, keyLike(member, other.key)))
      }
      if member.value.withoutPositions() != other.value.withoutPositions() {
        splices += replacing(member.value, with: other.value)
      }
      return splices
    }
    let isInline = old.isFilled ? !text.hasLineBreak(in: old.range) : style.isInline(new)
    let level = text.indent(ofLineOf: old.range.lowerBound)
    return [TextSplice(old.range, rendered(new, isInline: isInline, level: level))]
  }

  private func keyLike(_ member: Node.Member, _ name: String) -> String {
    text.bytes[member.keyRange.lowerBound] == UInt8(ascii: "\"")
      ? JSONWriter.quoted(name) : style.key(name)
  }

  /// Something in a container that had nothing.
  private func filling(_ container: Node, with filled: Node) -> TextSplice {
    let level = text.indent(ofLineOf: container.range.lowerBound)
    return TextSplice(
      container.range, rendered(filled, isInline: style.isInline(filled), level: level))
  }

  // MARK: Between items

  private func inserting(
    _ item: String, at index: Int, in container: Node
  ) -> TextSplice? {
    guard let spans = container.itemSpans else { return nil }
    let glue = glue(of: spans, at: index, in: container)
    return index == 0
      ? TextSplice(at: spans[0].lowerBound, item + glue)
      : TextSplice(at: spans[index - 1].upperBound, glue + item)
  }

  /// The comma and the white space between two items near a place.
  private func glue(of spans: [Range<Int>], at index: Int, in container: Node) -> String {
    if spans.count > 1 {
      let right = min(max(1, index), spans.count - 1)
      let glue = text[spans[right - 1].upperBound..<spans[right].lowerBound]
      // Comments of YAML belong to the items.
      if glue.allSatisfy({ $0.isWhitespace || $0 == "," }) { return glue }
    }
    let lead = text[container.range.lowerBound + 1..<spans[0].lowerBound]
    guard lead.contains(where: \.isNewline) else { return style.comma }
    return "," + style.lineBreak + text.indent(ofLineOf: spans[0].lowerBound)
  }

  private func colon(of neighbour: Node.Member) -> String {
    let (start, end) = (neighbour.keyRange.upperBound, neighbour.value.range.lowerBound)
    guard start < end, !text.hasLineBreak(in: start..<end) else { return style.colon }
    return text[start..<end]
  }

  // MARK: New text

  /// Whether a value is to stand on one line: as another of its kind does, if there is one.
  func isInline(_ value: Node, like other: Node?) -> Bool {
    guard value.isFilled, let other, other.isFilled,
      (value.members == nil) == (other.members == nil)
    else { return style.isInline(value) }
    return (style.language == .json || text.isFlow(other)) && !text.hasLineBreak(in: other.range)
  }

  /// A value as text.
  ///
  /// - Parameters:
  ///   - level: what the line on which the value starts is set in by.
  ///   - other: a value of the document that is laid out as this one is to be.
  func rendered(
    _ value: Node, isInline: Bool, level: String, like other: Node? = nil
  ) -> String {
    guard value.isFilled else { return style.scalar(value) }
    let inner = level + style.unit
    let items: [String]
    if let members = value.members {
      items = members.map { member in
        style.key(member.key) + style.colon
          + nested(member.value, isInline, level: inner, like: other?[member.key])
      }
    } else {
      items = (value.elements ?? []).map {
        nested($0, isInline, level: inner, like: other?.elements?.last)
      }
    }
    let (open, close) = value.members != nil ? ("{", "}") : ("[", "]")
    if isInline {
      let padding = value.members != nil ? style.objectPadding : style.arrayPadding
      return open + padding + items.joined(separator: style.comma) + padding + close
    }
    let lineBreak = style.lineBreak
    return open + lineBreak + items.map { inner + $0 }.joined(separator: "," + lineBreak)
      + lineBreak + level + close
  }

  private func nested(_ value: Node, _ inLine: Bool, level: String, like other: Node?) -> String {
    rendered(
      value, isInline: inLine || isInline(value, like: other), level: level, like: other)
  }
}
