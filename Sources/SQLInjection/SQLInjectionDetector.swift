/// Tells SQL injection from other values by the tokens that a database would see.
///
/// A value is read as it stands, then as if it stood within single and within double quotes, with the
/// comments of the standard and with those of MySQL. Each reading is folded to at most five tokens,
/// and the decision looks at their kinds. The time is linear in the value, and nothing is allocated.
///
/// What AWS WAF does with `SqliMatchStatement` is not published (Q22): what this says is approximate.
/// Source: "SQL injection attack rule statement" and the log examples of the developer guide, whose
/// `matchedData` are tokens (documented).
package enum SQLInjectionDetector {
  /// The `SensitivityLevel` of a statement.
  package enum Sensitivity: UInt8, Hashable, Sendable, CaseIterable {
    case low
    /// Finds all that low finds, and more.
    case high
  }

  /// Why a value is SQL injection; nil if it is not.
  @inlinable package static func findAttack(
    in value: Span<UInt8>, sensitivity: Sensitivity
  ) -> SQLInjectionFinding? {
    // Most values are plain. Inlined, so that whoever only asks whether there is an attack has none
    // of a finding made.
    isPlain(value) ? nil : examine(value, sensitivity)
  }

  /// Whether no reading of the value can be an attack, told from its bytes; see ``PlainValue``.
  @usableFromInline package static func isPlain(_ value: Span<UInt8>) -> Bool {
    value.isEmpty || PlainValue.holds(value, .shared)
  }

  /// As ``findAttack(in:sensitivity:)``, with every reading made; the value has a byte at least.
  @usableFromInline static func examine(
    _ value: Span<UInt8>, _ sensitivity: Sensitivity
  ) -> SQLInjectionFinding? {
    TokenWindow.withWindow { window in
      var examination = Examination(sensitivity, in: window)
      examination.examine(value, .shared)
      return examination.finding
    }
  }

  /// The tokens of a value in one reading, folded.
  package static func foldedTokens(
    in value: Span<UInt8>, context: QuoteContext, style: CommentStyle
  ) -> FoldedTokens {
    TokenWindow.withWindow { window in
      var folder = TokenFolder(in: window, context: context, style: style)
      folder.fold(value, .shared)
      return FoldedTokens(folder.tokens)
    }
  }

  /// The tokens of a value in one reading, as they stand.
  package static func tokens(
    in value: Span<UInt8>, context: QuoteContext, style: CommentStyle
  ) -> [Token] {
    var tokenizer = SQLTokenizer(context: context, style: style)
    var tokens: [Token] = []
    while let token = tokenizer.next(value, .shared) { tokens.append(token) }
    return tokens
  }
}
