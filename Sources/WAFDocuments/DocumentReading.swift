import Diagnostics
import DocumentTree
import WAFModel

/// One document that was read, and what was found in it.
struct DocumentReading {
  /// The document's value.
  enum Content {
    case webACL(Located<WebACL>)
    case ruleGroup(Located<RuleGroup>)
    case ipSet(Located<IPSet>)
    case regexPatternSet(Located<RegexPatternSet>)
    /// Something that wafcast does not read, in words.
    case other(String, advice: String)
    /// A document that is broken.
    case none
  }

  var content: Content = .none
  var root: Node?
  var diagnostics: [Diagnostic] = []

  init(bytes: [UInt8], file: String, options: LoadingOptions) {
    do throws(Diagnostic) {
      let root = try Self.parse(bytes, file: file)
      self.root = root
      read(root, file: file, options: options)
      diagnostics = Self.inOrder(diagnostics, root: root)
    } catch {
      diagnostics = [error]
    }
  }

  private static func parse(_ bytes: [UInt8], file: String) throws(Diagnostic) -> Node {
    let name = file.lowercased()
    if name.hasSuffix(".tf") || name.hasSuffix(".tfvars") || name.hasSuffix(".hcl") {
      throw .error(
        "not-supported-yet", "Terraform files are not supported yet",
        at: Place(file: file, byteOffset: 0), notes: [DocumentShape.exportAdvice])
    }
    let isYAML: Bool
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      isYAML = true
    } else if name.hasSuffix(".json") {
      isYAML = false
    } else {
      let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      isYAML = first.map { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") } ?? false
    }
    return isYAML
      ? try YAMLReader.parse(bytes, file: file) : try JSONParser.parse(bytes, file: file)
  }

  private mutating func read(_ root: Node, file: String, options: LoadingOptions) {
    switch DocumentShape(of: root) {
    case .other(let what, let advice):
      content = .other(what, advice: advice)
    case .wafv2(let resource, let wrapper):
      let isFromService = DocumentShape.isFromService(root, wrapper: wrapper)
      let context = ReadingContext(
        file: file, features: options.features(isFromService: isFromService))
      var cursor = Cursor(root)
      if let wrapper, var object = ObjectReader(cursor, in: context) {
        if let inner = object.value(wrapper) { cursor = inner }
        for name in ["LockToken", "ApplicationIntegrationURL"] { _ = object.value(name) }
        object.finish()
      }
      let checks = read(resource, at: cursor, in: context)
      diagnostics = context.diagnostics + checks
    }
  }

  /// Reads the value and checks it; returns what the checks found.
  private mutating func read(
    _ resource: DocumentShape.Resource, at cursor: Cursor, in context: ReadingContext
  ) -> [Diagnostic] {
    switch resource {
    case .webACL:
      guard let value: Located<WebACL> = located(cursor, in: context) else { return [] }
      content = .webACL(value)
      return value.check()
    case .ruleGroup:
      guard let value: Located<RuleGroup> = located(cursor, in: context) else { return [] }
      content = .ruleGroup(value)
      return value.check()
    case .ipSet:
      guard let value: Located<IPSet> = located(cursor, in: context) else { return [] }
      content = .ipSet(value)
      return value.check()
    case .regexPatternSet:
      guard let value: Located<RegexPatternSet> = located(cursor, in: context) else {
        return []
      }
      content = .regexPatternSet(value)
      return value.check()
    }
  }

  private func located<Value: TreeReadable & Hashable & Sendable>(
    _ cursor: Cursor, in context: ReadingContext
  ) -> Located<Value>? {
    Value(reading: cursor, in: context).map {
      var located = Located(value: $0, file: context.file, pointer: cursor.pointer)
      located.droppedRules = context.droppedElements[cursor.pointer.appending("Rules")] ?? []
      return located
    }
  }

  /// Diagnostics in the order of the document, so that they read from top to bottom.
  private static func inOrder(_ diagnostics: [Diagnostic], root: Node) -> [Diagnostic] {
    let keyed = diagnostics.enumerated().map { index, diagnostic in
      (offset: offset(of: diagnostic, root: root), index: index, diagnostic: diagnostic)
    }
    return keyed.sorted { ($0.offset, $0.index) < ($1.offset, $1.index) }.map(\.diagnostic)
  }

  private static func offset(of diagnostic: Diagnostic, root: Node) -> Int {
    guard let place = diagnostic.place else { return 0 }
    if let range = place.byteRange { return range.lowerBound }
    guard let span = root.span(of: place.pointer) else { return 0 }
    return (place.focus == .key ? span.key ?? span.value : span.value).lowerBound
  }
}
