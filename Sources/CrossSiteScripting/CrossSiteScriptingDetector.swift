import Bytes

/// Says whether a value, put into an HTML page, could run script there.
///
/// The value is read as HTML once for each ``MarkupContext``, and the first token that meets a rule
/// (``MarkupDecision``) decides. This is the way of the literature on tokenizing detection; what AWS
/// WAF does for `XssMatchStatement` is not published, so that the answer is an approximation.
///
/// Contract: time is linear in the value, nothing is allocated, and no bytes can trap. Case is that
/// of ASCII.
package enum CrossSiteScriptingDetector {
  /// What makes the value an attack, or nil where it is none.
  @inlinable package static func findAttack(
    in value: Span<UInt8>
  ) -> CrossSiteScriptingFinding? {
    // Inlined, so that whoever only asks whether there is an attack has none of a finding made.
    mayHoldMarkup(value) ? examine(value) : nil
  }

  /// Whether there is a `<`, which tags and declarations need, or a `=`, which attributes need: most
  /// values have neither.
  @usableFromInline static func mayHoldMarkup(_ value: Span<UInt8>) -> Bool {
    value.firstIndex(inBlocks: { $0.isByte(UInt8(ascii: "<")) .| $0.isByte(UInt8(ascii: "=")) })
      != nil
  }

  /// As ``findAttack(in:)``, with every reading made.
  @usableFromInline static func examine(_ value: Span<UInt8>) -> CrossSiteScriptingFinding? {
    let opensTag = value.firstIndex(of: UInt8(ascii: "<")) != nil
    if value.count <= MarkupCheckpoints.shortestPart {
      for context in MarkupContext.allCases where opensTag || context != .text {
        if let finding = read(value, context, until: { _ in false }) { return finding }
      }
      return nil
    }
    var checkpoints = MarkupCheckpoints(count: value.count)
    for context in MarkupContext.allCases where opensTag || context != .text {
      checkpoints.beginReading()
      let finding = read(value, context) { state in
        state.position >= checkpoints.next && checkpoints.isKnown(state)
      }
      if let finding { return finding }
    }
    return nil
  }

  /// Reads the value in one context, until `isKnown` says that the rest was read before.
  @inline(__always)
  private static func read(
    _ value: Span<UInt8>, _ context: MarkupContext,
    until isKnown: (MarkupTokenizer.State) -> Bool
  ) -> CrossSiteScriptingFinding? {
    // A value without the quote that would end it is one attribute value whole: nothing to read.
    var tokenizer = MarkupTokenizer(value, startingIn: context)
    while tokenizer.position < value.count {
      if let token = tokenizer.step(),
        let finding = MarkupDecision.finding(for: token, in: value, context: context)
      {
        return finding
      }
      if isKnown(tokenizer.state) { break }
    }
    return nil
  }
}
