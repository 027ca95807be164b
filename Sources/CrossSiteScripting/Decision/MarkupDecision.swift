import Bytes

/// The rules: which tokens are dangerous, and by which reason.
enum MarkupDecision {
  typealias Finding = CrossSiteScriptingFinding

  /// What a token makes of the value, nil where it is harmless.
  static func finding(
    for token: MarkupToken, in bytes: Span<UInt8>, context: MarkupContext
  ) -> Finding? {
    switch token {
    case .tag(let opening, let name):
      guard let reason = TagNames.reason(bytes, name) else { return nil }
      return Finding(
        reason, in: context, .init(kind: .opening, range: opening),
        .init(kind: .tagName, range: name))
    case .attribute(let name, let value):
      guard let reason = attributeReason(bytes, name, value) else { return nil }
      return Finding(
        reason, in: context, .init(kind: .attributeName, range: name),
        .init(kind: .attributeValue, range: value))
    case .doctype(let opening, let keyword):
      return Finding(
        .doctype, in: context, .init(kind: .opening, range: opening),
        .init(kind: .keyword, range: keyword))
    case .comment(let opening, let content):
      guard let (reason, keyword) = commentReason(bytes, content) else { return nil }
      return Finding(
        reason, in: context, .init(kind: .opening, range: opening),
        .init(kind: .keyword, range: keyword))
    }
  }

  private static func attributeReason(
    _ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
  ) -> CrossSiteScriptingReason? {
    switch AttributeNames.danger(bytes, name) {
    case .always(let reason): reason
    case .scriptURL: ScriptURL.matches(bytes, value) ? .scriptURL : nil
    case .attributeName:
      AttributeNames.danger(bytes, value) == nil ? nil : .indirectAttribute
    case nil: nil
    }
  }

  /// The rule that a comment's content meets, and the bytes that meet it.
  ///
  /// A keyword counts only where something follows it, but for the two of six letters.
  private static func commentReason(
    _ bytes: Span<UInt8>, _ content: Range<Int>
  ) -> (CrossSiteScriptingReason, Range<Int>)? {
    let start = content.lowerBound
    if let offset = bytes.extracting(content).firstIndex(of: UInt8(ascii: "`")) {
      return (.backQuoteInComment, (start + offset)..<(start + offset + 1))
    }
    if content.count > 3 {
      if bytes.hasWord("[if", at: start) { return (.conditionalComment, start..<(start + 3)) }
      if bytes.hasWord("xml", at: start) { return (.xmlDeclaration, start..<(start + 3)) }
    }
    if content.count > 5 {
      if bytes.hasWord("import", at: start) { return (.importDeclaration, start..<(start + 6)) }
      if bytes.hasWord("entity", at: start) { return (.entityDeclaration, start..<(start + 6)) }
    }
    return nil
  }
}
