import Diagnostics
import DocumentTree
import WAFChecks
import WAFModel

/// One document that was read, and what was found in it.
struct DocumentReading {
  /// The document's value.
  enum Content {
    case webACL(Located<WebACL>)
    case ruleGroup(Located<RuleGroup>)
    case ipSet(Located<IPSet>)
    case regexPatternSet(Located<RegexPatternSet>)
    /// Less than a web ACL, and the web ACL that it is taken for.
    case partial(PartialDocument, Located<WebACL>?)
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
      diagnostics = Self.inOrder(diagnostics, root: self.root ?? root)
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
    case .partial(let part):
      let frame = part.webACL(around: root)
      self.root = frame
      let features = options.features(
        isFromService: false, hasPlainSearchStrings: root.hasPlainSearchStrings)
      let context = ReadingContext(file: file, features: features)
      readValue(.webACL, at: Cursor(frame), in: context, options: options)
      diagnostics.removeAll { part.isAboutTheFrame($0) }
      if case .webACL(let webACL) = content {
        content = .partial(part, webACL)
      } else {
        content = .partial(part, nil)
      }
    case .wafv2(let resource, let wrapper):
      let isFromService = DocumentShape.isFromService(root, wrapper: wrapper)
      let context = ReadingContext(
        file: file,
        features: options.features(
          isFromService: isFromService, hasPlainSearchStrings: root.hasPlainSearchStrings))
      var cursor = Cursor(root)
      if let wrapper, var object = ObjectReader(cursor, in: context) {
        if let inner = object.value(wrapper) { cursor = inner }
        for name in ["LockToken", "ApplicationIntegrationURL"] { _ = object.value(name) }
        object.finish()
      }
      if options.lenient, resource == .webACL, wrapper == nil, root["DefaultAction"] == nil {
        cursor = Cursor(PartialDocument.rules.webACL(around: cursor.node))
        diagnostics.append(
          PartialDocument.rules.warning(in: file))
      }
      readValue(resource, at: cursor, in: context, options: options)
    }
  }

  /// Reads the value and checks it.
  private mutating func readValue(
    _ resource: DocumentShape.Resource, at cursor: Cursor, in context: ReadingContext,
    options: LoadingOptions
  ) {
    var outcomes: [Int: String] = [:]
    var checks: [Diagnostic] = []
    switch resource {
    case .webACL:
      guard var value: Located<WebACL> = located(cursor, in: context) else { break }
      if options.lenient { outcomes = rescue(&value, \.rules, at: cursor, in: context) }
      content = .webACL(value)
      checks = value.check(isStrict: options.strict)
    case .ruleGroup:
      guard var value: Located<RuleGroup> = located(cursor, in: context) else { break }
      if options.lenient { outcomes = rescue(&value, \.rules, at: cursor, in: context) }
      content = .ruleGroup(value)
      checks = value.check(isStrict: options.strict)
    case .ipSet:
      guard let value: Located<IPSet> = located(cursor, in: context) else { break }
      content = .ipSet(value)
      checks = value.check()
    case .regexPatternSet:
      guard let value: Located<RegexPatternSet> = located(cursor, in: context) else { break }
      content = .regexPatternSet(value)
      checks = value.check()
    }
    guard options.lenient, hasValue else {
      diagnostics += context.diagnostics + checks
      return
    }
    let list = resource.hasRules ? cursor.pointer.appending("Rules") : nil
    diagnostics += Leniency.tolerated(context.diagnostics, list: list, outcomes: outcomes)
    diagnostics += checks.map { $0.tolerated() }
  }

  private var hasValue: Bool {
    if case .none = content { false } else { true }
  }

  /// Puts back the rules that could not be read, as far as that makes sense; what became of each.
  private func rescue<Value>(
    _ located: inout Located<Value>, _ rules: WritableKeyPath<Value, [Rule]>, at cursor: Cursor,
    in context: ReadingContext
  ) -> [Int: String] {
    guard let node = cursor.node["Rules"] else { return [:] }
    let list = Cursor(node, at: cursor.pointer.appending("Rules"))
    let rescue = Leniency.rescue(
      located.droppedRules, of: list, file: context.file, features: context.features)
    let kept = located.value[keyPath: rules]
    var all = Array(zip(located.documentIndexes(count: kept.count), kept))
    all += rescue.rules.map { ($0.key, $0.value) }
    located.value[keyPath: rules] = all.sorted { $0.0 < $1.0 }.map(\.1)
    located.droppedRules.removeAll { rescue.rules[$0] != nil }
    return rescue.outcomes
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
