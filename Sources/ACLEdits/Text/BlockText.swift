import Diagnostics
import DocumentTree

/// Changes YAML that is written with indents, in place.
///
/// A change that would need more than whole lines and single values is refused.
struct BlockText {
  let text: SourceText
  let root: Node
  let style: TextStyle

  private var flow: FlowText { FlowText(text: text, style: style) }

  // MARK: Places

  /// Where a value stands.
  private struct Site {
    var node: Node
    /// The key or the dash before it.
    var start: Int
    var key: Range<Int>?
    /// Whether it stands in braces or brackets.
    var isInFlow = false
    /// Where the next thing starts that is no part of it.
    var bound: Int
  }

  /// - Returns: nil where anchors and aliases, or keys of more than a word, are in the way.
  private func site(at pointer: JSONPointer) -> Site? {
    var site = Site(node: root, start: root.range.lowerBound, bound: text.end(ofDocument: root))
    for component in pointer.components {
      guard let index = site.node.index(of: component),
        let next = child(index, of: site)
      else { return nil }
      site = next
    }
    return site
  }

  private func child(_ index: Int, of site: Site) -> Site? {
    let isFlow = text.isFlow(site.node)
    if let members = site.node.members {
      guard members.indices.contains(index) else { return nil }
      let member = members[index]
      let bound = index + 1 < members.count ? members[index + 1].keyRange.lowerBound : site.bound
      guard member.value.range.lowerBound >= member.keyRange.upperBound,
        member.value.range.lowerBound <= bound
      else { return nil }
      return Site(
        node: member.value, start: member.keyRange.lowerBound, key: member.keyRange,
        isInFlow: isFlow, bound: bound)
    }
    let elements = site.node.elements ?? []
    guard elements.indices.contains(index) else { return nil }
    if isFlow {
      let start = elements[index].range.lowerBound
      return Site(node: elements[index], start: start, isInFlow: true, bound: site.bound)
    }
    guard let start = text.dash(before: elements[index].range.lowerBound), start >= site.start
    else { return nil }
    guard index + 1 < elements.count else {
      return Site(node: elements[index], start: start, bound: site.bound)
    }
    guard let bound = text.dash(before: elements[index + 1].range.lowerBound), bound > start else {
      return nil
    }
    return Site(node: elements[index], start: start, bound: bound)
  }

  /// The place after the last line of what starts at a place.
  ///
  /// Comments that are set in less than it belong to what follows.
  private func end(of site: Site) -> Int {
    let column = column(of: site.start)
    let first = text.lineEnd(of: site.start)
    var end = site.bound < text.bytes.count ? text.lineStart(of: site.bound) : site.bound
    while end > first {
      let start = text.lineStart(of: end - 1)
      let content = text.skippingBlanks(from: start)
      let isComment = content < end && text.bytes[content] == UInt8(ascii: "#")
      guard text.isBlank(start..<end) || isComment && content - start <= column else { break }
      end = start
    }
    return max(first, end)
  }

  private func column(of place: Int) -> Int { place - text.lineStart(of: place) }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  // MARK: Changes

  /// The splices that make a change; nil where it can't be made in place.
  func splices(for operation: TreeOperation) -> [TextSplice]? {
    switch operation {
    case .replace(let pointer, let value):
      guard let site = site(at: pointer) else { return nil }
      return replacing(site, with: value)
    case .insertMember(let member, let pointer, let index):
      guard let site = site(at: pointer) else { return nil }
      if text.isFlow(site.node) {
        guard site.node.isFilled else { return replacing(site, with: Node(.object([member]))) }
        return flow.inserting(member, into: site.node, at: index).map { [$0] }
      }
      return inserting(member, into: site, at: index)
    case .insertElement(let element, let pointer, let index):
      guard let site = site(at: pointer) else { return nil }
      if text.isFlow(site.node) {
        guard site.node.isFilled else { return replacing(site, with: Node(.array([element]))) }
        return flow.inserting(element, into: site.node, at: index).map { [$0] }
      }
      return inserting(element, into: site, at: index)
    case .remove(let pointer):
      guard let site = site(at: pointer.parent), let name = pointer.components.last,
        let index = site.node.index(of: name)
      else { return nil }
      if text.isFlow(site.node) { return flow.removing(at: index, from: site.node).map { [$0] } }
      return removing(index, from: site)
    }
  }

  private func inserting(_ member: Node.Member, into site: Site, at index: Int) -> [TextSplice]? {
    guard index > 0, let neighbour = child(index - 1, of: site) else { return nil }
    let column = column(of: neighbour.start)
    return [lines([blanks(column) + rendered(member, at: column)], after: end(of: neighbour))]
  }

  private func inserting(_ element: Node, into site: Site, at index: Int) -> [TextSplice]? {
    guard let neighbour = child(max(0, index - 1), of: site) else { return nil }
    let column = column(of: neighbour.start)
    let item = blanks(column) + rendered(element, atDash: column, like: neighbour.node)
    // Blank lines between two elements are a habit.
    let gap = gap(in: site)
    if index == 0 {
      guard text.ownIndent(before: neighbour.start) != nil else { return nil }
      let all = ([item] + gap).map { $0 + style.lineBreak }.joined()
      return [TextSplice(at: text.lineStart(of: neighbour.start), all)]
    }
    return [lines(gap + [item], after: end(of: neighbour))]
  }

  /// The blank lines behind the first element.
  private func gap(in site: Site) -> [String] {
    guard site.node.elements?.count ?? 0 > 1, let first = child(0, of: site) else { return [] }
    var lines: [String] = []
    var place = end(of: first)
    while place < text.bytes.count, text.isBlank(place..<text.lineEnd(of: place)) {
      lines.append("")
      place = text.lineEnd(of: place)
    }
    return lines
  }

  private func removing(_ index: Int, from site: Site) -> [TextSplice]? {
    let count = site.node.members?.count ?? site.node.elements?.count ?? 0
    guard count > 1 else {
      return replacing(site, with: Node(site.node.members != nil ? .object([]) : .array([])))
    }
    guard let child = child(index, of: site), text.ownIndent(before: child.start) != nil else {
      return nil
    }
    var start = text.lineStart(of: child.start)
    var end = end(of: child)
    if site.node.elements != nil {
      // Of the blank lines around it one set stays.
      if index + 1 < count {
        while end < text.lineStart(of: child.bound), text.isBlank(end..<text.lineEnd(of: end)) {
          end = text.lineEnd(of: end)
        }
      } else if let before = self.child(index - 1, of: site),
        text.isBlank(self.end(of: before)..<start)
      {
        start = self.end(of: before)
      }
    }
    return [withoutLines(start..<end)]
  }

  /// Takes whole lines away; a document without a line break at its end still has none.
  private func withoutLines(_ lines: Range<Int>) -> TextSplice {
    var start = lines.lowerBound
    if lines.upperBound == text.bytes.count, text.bytes.last != 0x0A, start > 0 {
      start -= text.bytes[..<start].suffix(2).elementsEqual([0x0D, 0x0A]) ? 2 : 1
    }
    return TextSplice(start..<lines.upperBound, "")
  }

  /// Puts whole lines after a place at which a line starts.
  private func lines(_ lines: [String], after place: Int) -> TextSplice {
    let all = lines.joined(separator: style.lineBreak)
    let isAtLineStart = place == text.lineStart(of: place)
    return TextSplice(
      at: place, isAtLineStart ? all + style.lineBreak : style.lineBreak + all)
  }

  // MARK: Values

  private func replacing(_ site: Site, with new: Node) -> [TextSplice]? {
    let old = site.node
    if site.isInFlow || text.isFlow(old) && old.isFilled { return flow.replacing(old, with: new) }
    if let members = old.members, members.count == 1, let wanted = new.members?.first,
      new.members?.count == 1, let member = members.first, let inner = child(0, of: site)
    {
      var splices: [TextSplice] = []
      if member.key != wanted.key {
        splices.append(TextSplice(member.keyRange, style.key(wanted.key)))
      }
      if member.value.withoutPositions() != wanted.value.withoutPositions() {
        guard let more = replacing(inner, with: wanted.value) else { return nil }
        splices += more
      }
      return splices
    }
    guard let key = site.key, let colon = text.colon(after: key.upperBound) else { return nil }
    if old.isFilled {
      // Whole lines go; what is new stands behind the colon.
      guard style.isInline(new) || !new.isFilled,
        text.lineStart(of: old.range.lowerBound) > key.upperBound
      else { return nil }
      let value = flow.rendered(new, isInline: true, level: "")
      let dash = old.elements.flatMap {
        $0.first.flatMap { text.dash(before: $0.range.lowerBound) }
      }
      let start = text.lineStart(of: dash ?? old.range.lowerBound)
      return [
        TextSplice(at: colon + 1, " " + value),
        withoutLines(start..<max(start, end(of: site))),
      ]
    }
    let oldEnd = old.isNull && old.range.isEmpty ? colon + 1 : max(colon + 1, old.range.upperBound)
    guard !text.hasLineBreak(in: colon..<oldEnd) else { return nil }
    if style.isInline(new) {
      return [
        TextSplice(colon + 1..<oldEnd, " " + flow.rendered(new, isInline: true, level: ""))
      ]
    }
    let column = column(of: site.start)
    return [
      TextSplice(colon + 1..<oldEnd, ""),
      lines([nested(new, under: column)], after: text.lineEnd(of: oldEnd)),
    ]
  }

  // MARK: New text

  /// A member without the indent of its first line.
  private func rendered(_ member: Node.Member, at column: Int, like other: Node? = nil) -> String {
    let key = style.key(member.key) + ":"
    guard !flow.isInline(member.value, like: other) else {
      return key + " " + flow.rendered(member.value, isInline: true, level: "")
    }
    return key + style.lineBreak + nested(member.value, under: column, like: other)
  }

  /// The lines of a container whose key stands at a column.
  private func nested(_ value: Node, under column: Int, like other: Node? = nil) -> String {
    if let elements = value.elements {
      let inner = column + style.sequenceIndent.count
      return elements.map {
        blanks(inner) + rendered($0, atDash: inner, like: other?.elements?.last)
      }.joined(separator: style.lineBreak)
    }
    let inner = column + style.unit.count
    return blanks(inner) + mapping(value.members ?? [], at: inner, like: other)
  }

  private func mapping(_ members: [Node.Member], at column: Int, like other: Node?) -> String {
    members.map { rendered($0, at: column, like: other?[$0.key]) }
      .joined(separator: style.lineBreak + blanks(column))
  }

  private func rendered(
    _ element: Node, atDash column: Int, like other: Node?
  ) -> String {
    if let members = element.members, !flow.isInline(element, like: other) {
      return style.dash + mapping(members, at: column + style.dash.count, like: other)
    }
    // A list in a list does not occur in these documents; in brackets it is right in any case.
    return style.dash + flow.rendered(element, isInline: true, level: "")
  }
}

extension SourceText {
  /// Whether a value of YAML stands in braces or brackets.
  func isFlow(_ node: Node) -> Bool {
    guard node.range.lowerBound < bytes.count else { return false }
    let first = bytes[node.range.lowerBound]
    return first == UInt8(ascii: "{") && node.members != nil
      || first == UInt8(ascii: "[") && node.elements != nil
  }

  /// The mark of the element of a sequence that starts at a place.
  func dash(before place: Int) -> Int? {
    var position = min(place, bytes.count)
    while position > 0 {
      position -= 1
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: "-"): return position
      default: return nil
      }
    }
    return nil
  }

  /// The colon behind a key.
  func colon(after place: Int) -> Int? {
    let colon = skippingBlanks(from: place)
    return colon < bytes.count && bytes[colon] == UInt8(ascii: ":") ? colon : nil
  }

  /// Where a YAML document ends: at the mark of its end, or with the text.
  func end(ofDocument root: Node) -> Int {
    var line = lineEnd(of: root.range.lowerBound)
    while line < bytes.count {
      let next = lineEnd(of: line)
      let start = self[line..<min(next, line + 3)]
      if start == "..." || start == "---" { return line }
      line = next
    }
    return bytes.count
  }
}
