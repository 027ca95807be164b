package import Diagnostics
package import DocumentTree
import Yams

/// Reads YAML into the same located tree that JSON gives.
///
/// Aliases are expanded, merge keys and tags of one's own are refused, and only a single document
/// is read. Positions come from the parser's marks: where a value starts is exact, where it ends
/// is found again in the text.
package struct YAMLReader {
  /// The number of nodes after which expanded aliases are taken for an attack.
  static let nodeLimit = 300_000

  private let file: String
  private let lines: YAMLLines
  private var nodeCount = 0
  // Made once: making a tag costs the library more than reading a node.
  private let stringTag = Yams.Tag(.str)
  private let knownTags = [
    Yams.Tag.Name.implicit, .nonSpecific, .str, .seq, .map, .bool, .int, .float, .null,
  ].map { Yams.Tag($0) }

  /// Reads a document.
  package static func parse(_ bytes: [UInt8], file: String) throws(Diagnostic) -> DocumentTree.Node
  {
    if let offset = UTF8Check.firstInvalidOffset(in: bytes) {
      throw .error(
        "syntax", "this byte is not valid UTF-8", at: Place(file: file, byteOffset: offset))
    }
    var reader = YAMLReader(file: file, lines: YAMLLines(bytes))
    guard YAMLAliases(bytes).areHarmless else {
      throw reader.failure("too many aliases in a document with keys that are no words", at: 0)
    }
    let root: Yams.Node?
    do {
      // The resolver is not used: scalars are resolved below as JSON would spell them.
      root = try Yams.Parser(
        yaml: String(decoding: bytes, as: UTF8.self), resolver: .basic, encoding: .utf8
      ).singleRoot()
    } catch {
      throw reader.diagnostic(for: error)
    }
    guard let root else {
      throw .error(
        "syntax", "the document is empty", at: Place(file: file, byteOffset: 0))
    }
    return try reader.node(root, depth: 0)
  }

  private init(file: String, lines: YAMLLines) {
    self.file = file
    self.lines = lines
  }

  // MARK: Nodes

  private mutating func node(
    _ node: Yams.Node, depth: Int
  ) throws(Diagnostic) -> DocumentTree.Node {
    let start = offset(of: node)
    nodeCount += 1
    guard depth <= 128 else { throw failure("more than 128 levels of nesting", at: start) }
    guard nodeCount <= Self.nodeLimit else {
      throw failure(
        "the document has more than \(Self.nodeLimit) values with its aliases expanded", at: start)
    }
    switch node {
    case .scalar(let scalar):
      try refuseTag(of: node, at: start)
      let range = start..<lines.endOfScalar(from: start, isQuoted: scalar.style.isQuoted)
      return DocumentTree.Node(try kind(of: scalar, at: start), range: range)
    case .sequence(let sequence):
      try refuseTag(of: node, at: start)
      var elements: [DocumentTree.Node] = []
      for element in sequence { elements.append(try self.node(element, depth: depth + 1)) }
      let end = lines.endOfCollection(
        from: start, lastEnd: elements.last?.range.upperBound, open: "[", close: "]")
      return DocumentTree.Node(.array(elements), range: start..<end)
    case .mapping(let mapping):
      try refuseTag(of: node, at: start)
      let members = try self.members(of: mapping, depth: depth)
      let end = lines.endOfCollection(
        from: start, lastEnd: members.last?.value.range.upperBound, open: "{", close: "}")
      return DocumentTree.Node(.object(members), range: start..<end)
    case .alias:
      throw failure("this alias can't be resolved", at: start)
    }
  }

  private mutating func members(
    of mapping: Yams.Node.Mapping, depth: Int
  ) throws(Diagnostic) -> [DocumentTree.Node.Member] {
    var members: [DocumentTree.Node.Member] = []
    for (key, value) in mapping {
      let start = offset(of: key)
      guard case .scalar(let scalar) = key else {
        throw failure("a key must be a plain word or a string", at: start)
      }
      if scalar.string == "<<", !scalar.style.isQuoted {
        throw failure(
          "merge keys are not supported yet; write the members out", at: start,
          code: "not-supported-yet")
      }
      let end = lines.endOfScalar(from: start, isQuoted: scalar.style.isQuoted)
      members.append(
        DocumentTree.Node.Member(
          key: scalar.string, keyRange: start..<end,
          value: try node(value, depth: depth + 1)))
    }
    return members
  }

  /// What a scalar is, by the core schema of YAML 1.2, in the spelling that JSON has for it.
  private func kind(
    of scalar: Yams.Node.Scalar, at start: Int
  ) throws(Diagnostic) -> DocumentTree.Node.Kind {
    let text = scalar.string
    let isString = scalar.tag == stringTag
    guard !scalar.style.isQuoted, !isString else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: return YAMLLines.isJSONNumber(text) ? .number(text) : .string(text)
    }
  }

  /// Refuses tags that stand for something else, such as CloudFormation's `!GetAtt`.
  private func refuseTag(of node: Yams.Node, at start: Int) throws(Diagnostic) {
    let tag: Yams.Tag =
      switch node {
      case .scalar(let scalar): scalar.tag
      case .sequence(let sequence): sequence.tag
      case .mapping(let mapping): mapping.tag
      case .alias(let alias): alias.tag
      }
    guard !knownTags.contains(where: { tag == $0 }) else { return }
    throw failure(
      "not supported yet: the tag \(tag), as CloudFormation templates have it",
      at: start, code: "not-supported-yet", notes: [DocumentShape.exportAdvice])
  }

  // MARK: Places

  private func offset(of node: Yams.Node) -> Int {
    node.mark.map { lines.offset(line: $0.line, column: $0.column) } ?? 0
  }

  private func failure(
    _ message: String, at offset: Int, code: String = "syntax", notes: [String] = []
  ) -> Diagnostic {
    .error(code, message, at: Place(file: file, byteOffset: offset), notes: notes)
  }

  private func diagnostic(for error: any Error) -> Diagnostic {
    guard let error = error as? YamlError else {
      return failure("the document is not YAML", at: 0)
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let text = [context?.text.trimmed, problem.trimmed].compactMap(\.self)
        .filter { !$0.isEmpty }.joined(separator: ", ")
      return failure(text, at: lines.offset(line: mark.line, column: mark.column))
    case .reader(let problem, let offset, _, _):
      return failure(problem, at: offset ?? 0)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      return failure(
        "\(names) appears twice in one object",
        at: lines.offset(line: context.mark.line, column: context.mark.column),
        code: "repeated-member")
    case .memory:
      return failure("not enough memory to read the document", at: 0)
    default:
      return failure("the document is not YAML", at: 0)
    }
  }
}

extension Yams.Node.Scalar.Style {
  /// Whether the text is a string whatever it looks like.
  fileprivate var isQuoted: Bool {
    switch self {
    case .singleQuoted, .doubleQuoted, .literal, .folded: true
    case .any, .plain: false
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
