import Diagnostics
import DocumentTree
import WAFDocuments

/// A document as text and as tree, changed in place: all that is not touched keeps its bytes.
///
/// Each change is made on both, and the text must then say what the tree says, so that no document
/// is broken in silence.
struct DocumentText {
  /// Why a change can't be made in place.
  enum Failure: Error {
    /// The place is not there, or it is written in a way that is not understood.
    case layout
    /// An anchor or an alias of YAML is in the way.
    case aliases
  }

  let file: String
  let language: TextStyle.Language
  private(set) var bytes: [UInt8]
  private(set) var root: Node
  private let style: TextStyle
  /// What was done, in order; the splices of one change do not overlap and count from its text.
  private(set) var changes: [[TextSplice]] = []

  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    self.file = file
    self.bytes = bytes
    language = Self.language(of: bytes, file: file)
    root = try Self.parse(bytes, file: file, language)
    style = TextStyle(SourceText(bytes), root, language)
  }

  /// Told as the loader does: from the name, else from the first byte.
  private static func language(of bytes: [UInt8], file: String) -> TextStyle.Language {
    let name = file.lowercased()
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .yaml }
    if name.hasSuffix(".json") { return .json }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == nil ? .json : .yaml
  }

  private static func parse(
    _ bytes: [UInt8], file: String, _ language: TextStyle.Language
  ) throws(Diagnostic) -> Node {
    switch language {
    case .json: try JSONParser.parse(bytes, file: file)
    case .yaml: try YAMLReader.parse(bytes, file: file)
    }
  }

  mutating func perform(_ operation: TreeOperation) throws(Failure) {
    let wanted = root.applying(operation).withoutPositions()
    let splices = splices(for: operation).sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    let isInOrder = zip(splices, splices.dropFirst()).allSatisfy {
      $0.range.upperBound <= $1.range.lowerBound
    }
    guard !splices.isEmpty, isInOrder, splices.allSatisfy({ $0.range.upperBound <= bytes.count })
    else { throw failure }
    var changed = bytes
    for splice in splices.reversed() {
      changed.replaceSubrange(splice.range, with: splice.text.utf8)
    }
    guard let found = try? Self.parse(changed, file: file, language),
      found.withoutPositions() == wanted
    else { throw failure }
    bytes = changed
    root = found
    changes.append(splices)
  }

  private func splices(for operation: TreeOperation) -> [TextSplice] {
    let text = SourceText(bytes)
    guard language == .json else {
      return BlockText(text: text, root: root, style: style).splices(for: operation) ?? []
    }
    let flow = FlowText(text: text, style: style)
    let isRemoval = if case .remove = operation { true } else { false }
    let pointer = isRemoval ? operation.pointer.parent : operation.pointer
    guard let node = root.node(at: pointer) else { return [] }
    switch operation {
    case .replace(_, let value): return flow.replacing(node, with: value)
    case .insertMember(let member, _, let index):
      return [flow.inserting(member, into: node, at: index)].compactMap(\.self)
    case .insertElement(let element, _, let index):
      return [flow.inserting(element, into: node, at: index)].compactMap(\.self)
    case .remove(let pointer):
      guard let index = pointer.components.last.flatMap({ node.index(of: $0) }) else { return [] }
      return [flow.removing(at: index, from: node)].compactMap(\.self)
    }
  }

  private var failure: Failure { language == .yaml && root.hasAliases ? .aliases : .layout }

  // MARK: Places

  /// The place of a value or of its key, in the document as it was at first.
  func place(_ pointer: JSONPointer, _ focus: Place.Focus = .value) -> Place {
    let place = Place(file: file, pointer: pointer, focus: focus)
    guard !changes.isEmpty else { return place }
    // The way to a value may have changed, and so may its bytes.
    var pointer = pointer
    while root.span(of: pointer) == nil, !pointer.isRoot { pointer = pointer.parent }
    guard let span = root.span(of: pointer) else { return Place(file: file) }
    let range = focus == .key ? span.key ?? span.value : span.value
    let start = originalOffset(of: range.lowerBound)
    let end = originalOffset(of: range.upperBound)
    return Place(file: file, byteRange: start..<max(start, end))
  }

  private func originalOffset(of offset: Int) -> Int {
    changes.reversed().reduce(offset) { Self.offset($1, before: $0) }
  }

  /// Where a byte was before splices; for a new byte, where it was put.
  private static func offset(_ splices: [TextSplice], before offset: Int) -> Int {
    var shift = 0
    for splice in splices {
      let start = splice.range.lowerBound + shift
      guard offset >= start else { break }
      let end = start + splice.text.utf8.count
      guard offset >= end else { return splice.range.lowerBound }
      shift += splice.text.utf8.count - splice.range.count
    }
    return offset - shift
  }
}

extension Node {
  /// Whether a value stands before the key that leads to it, as aliases of YAML do.
  fileprivate var hasAliases: Bool {
    switch kind {
    case .object(let members):
      members.contains {
        $0.value.range.lowerBound < $0.keyRange.upperBound || $0.value.hasAliases
      }
    case .array(let elements):
      elements.contains { $0.range.lowerBound < range.lowerBound || $0.hasAliases }
    case .string, .number, .bool, .null: false
    }
  }
}
