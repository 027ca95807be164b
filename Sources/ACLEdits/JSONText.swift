import DocumentTree

/// A JSON document as bytes, changed in place: all that is not touched keeps its bytes, and what is
/// added is laid out as the document is.
struct JSONText {
  private(set) var bytes: [UInt8]
  private let unit: String
  private let lineFeed: String

  init(_ bytes: [UInt8], _ root: Node) {
    self.bytes = bytes
    lineFeed = bytes.contains(13) ? "\r\n" : "\n"
    unit = Self.unit(bytes, root)
  }

  /// How far a level is set in: what stands before the root's first member.
  private static func unit(_ bytes: [UInt8], _ root: Node) -> String {
    guard let first = root.members?.first,
      let indent = indent(bytes, before: first.keyRange.lowerBound),
      !indent.isEmpty
    else { return "  " }
    return indent
  }

  /// The blanks between the start of a line and a place; nil where other things stand there.
  private static func indent(_ bytes: [UInt8], before place: Int) -> String? {
    var start = place
    while start > 0, bytes[start - 1] == 32 || bytes[start - 1] == 9 { start -= 1 }
    guard start > 0, bytes[start - 1] == 10 else { return nil }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private func indent(before place: Int) -> String? { Self.indent(bytes, before: place) }

  // MARK: Operations

  /// - Parameter root: the tree of the present bytes.
  mutating func apply(_ operation: TreeOperation, _ root: Node) {
    switch operation {
    case .set(let path, let value):
      if let old = root.value(at: path) {
        let level = indent(ofLineOf: old.range.lowerBound)
        bytes.replaceSubrange(old.range, with: rendered(value, like: old, level).utf8)
      } else if case .key(let name)? = path.steps.last, let object = root.value(at: path.parent) {
        insert(member: name, value, into: object)
      }
    case .append(let path, let value):
      guard let array = root.value(at: path) else { return }
      append(value, to: array)
    case .remove(let path):
      guard let step = path.steps.last, let container = root.value(at: path.parent) else { return }
      let ranges: [Range<Int>]
      let place: Int?
      switch step {
      case .key(let name):
        let members = container.members ?? []
        ranges = members.map { $0.keyRange.lowerBound..<$0.value.range.upperBound }
        place = members.firstIndex { $0.key == name }
      case .index(let index):
        ranges = (container.elements ?? []).map(\.range)
        place = ranges.indices.contains(index) ? index : nil
      }
      guard let place else { return }
      remove(place, of: ranges, in: container)
    }
  }

  private mutating func remove(_ place: Int, of ranges: [Range<Int>], in container: Node) {
    // With the comma and the white space up to its neighbour; alone, with all white space.
    if ranges.count == 1 {
      let inner = container.range.lowerBound + 1..<container.range.upperBound - 1
      bytes.replaceSubrange(inner, with: [])
    } else if place == 0 {
      bytes.replaceSubrange(ranges[0].lowerBound..<ranges[1].lowerBound, with: [])
    } else {
      bytes.replaceSubrange(ranges[place - 1].upperBound..<ranges[place].upperBound, with: [])
    }
  }

  private mutating func insert(member name: String, _ value: Node, into object: Node) {
    let members = object.members ?? []
    guard let last = members.last else {
      let level = indent(ofLineOf: object.range.lowerBound)
      let text = usesLines ? JSONText.nested(level, unit) : ""
      let inner = JSONWriter.quoted(name) + ": " + rendered(value, isOpen: usesLines, level + unit)
      let whole = usesLines ? "{\(lineFeed)\(text)\(inner)\(lineFeed)\(level)}" : "{\(inner)}"
      bytes.replaceSubrange(object.range, with: whole.utf8)
      return
    }
    let colon = separator(last)
    if let level = indent(before: last.keyRange.lowerBound) {
      let text =
        ",\(lineFeed)\(level)" + JSONWriter.quoted(name) + colon
        + rendered(value, isOpen: true, level)
      bytes.insert(contentsOf: text.utf8, at: last.value.range.upperBound)
    } else {
      let comma = colon == ":" ? "," : ", "
      let text = comma + JSONWriter.quoted(name) + colon + rendered(value, isOpen: false, "")
      bytes.insert(contentsOf: text.utf8, at: last.value.range.upperBound)
    }
  }

  private mutating func append(_ value: Node, to array: Node) {
    let elements = array.elements ?? []
    guard let last = elements.last else {
      let level = indent(ofLineOf: array.range.lowerBound)
      let inner = rendered(value, isOpen: usesLines, level + unit)
      let whole =
        usesLines ? "[\(lineFeed)\(level)\(unit)\(inner)\(lineFeed)\(level)]" : "[\(inner)]"
      bytes.replaceSubrange(array.range, with: whole.utf8)
      return
    }
    // An element that is written on one line has neighbours that are.
    let isOpen = bytes[last.range].contains(10)
    if let level = indent(before: last.range.lowerBound) {
      let text = ",\(lineFeed)\(level)" + rendered(value, isOpen: isOpen, level)
      bytes.insert(contentsOf: text.utf8, at: last.range.upperBound)
    } else {
      let isTight = elements.count > 1 && bytes[elements[0].range.upperBound + 1] != 32
      let level = indent(ofLineOf: last.range.lowerBound)
      let text =
        (isTight || !usesLines && isCompact ? "," : ", ") + rendered(value, isOpen: isOpen, level)
      bytes.insert(contentsOf: text.utf8, at: last.range.upperBound)
    }
  }

  // MARK: Style

  private var usesLines: Bool { bytes.dropLast().contains(10) }

  /// Whether colons and commas are written without blanks.
  private var isCompact: Bool { !bytes.contains(32) || !usesLines && !hasSpacedColon }

  private var hasSpacedColon: Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == 32 }
  }

  private func separator(_ member: Node.Member) -> String {
    String(
      decoding: bytes[member.keyRange.upperBound..<member.value.range.lowerBound], as: UTF8.self)
  }

  private static func nested(_ level: String, _ unit: String) -> String { level + unit }

  /// The indent of the line on which a place is.
  private func indent(ofLineOf place: Int) -> String {
    var start = place
    while start > 0, bytes[start - 1] != 10 { start -= 1 }
    var end = start
    while end < bytes.count, bytes[end] == 32 || bytes[end] == 9 { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A value in the place of another one: on lines of its own where that is.
  private func rendered(_ value: Node, like old: Node, _ level: String) -> String {
    rendered(value, isOpen: bytes[old.range].contains(10), level)
  }

  private func rendered(_ value: Node, isOpen: Bool, _ level: String) -> String {
    switch value.kind {
    case .object(let members) where !members.isEmpty:
      let parts = members.map { member in
        JSONWriter.quoted(member.key) + (isCompact ? ":" : ": ")
          + rendered(member.value, isOpen: isOpen, level + unit)
      }
      return block("{", parts, "}", isOpen, level)
    case .array(let elements) where !elements.isEmpty:
      let parts = elements.map { rendered($0, isOpen: isOpen, level + unit) }
      return block("[", parts, "]", isOpen, level)
    default: return JSONWriter.compact(value)
    }
  }

  private func block(
    _ open: String, _ parts: [String], _ close: String, _ isOpen: Bool, _ level: String
  ) -> String {
    guard isOpen else { return open + parts.joined(separator: isCompact ? "," : ", ") + close }
    let inner = parts.map { level + unit + $0 }.joined(separator: "," + lineFeed)
    return open + lineFeed + inner + lineFeed + level + close
  }
}
