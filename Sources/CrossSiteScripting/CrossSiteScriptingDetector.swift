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
  package static func findAttack(in value: Span<UInt8>) -> CrossSiteScriptingFinding? {
    // Tags and declarations need `<`, attributes need `=`: most values have neither.
    let opensTag = value.firstIndex(of: UInt8(ascii: "<")) != nil
    guard opensTag || value.firstIndex(of: UInt8(ascii: "=")) != nil else { return nil }
    var checkpoints = MarkupCheckpoints(count: value.count)
    for context in MarkupContext.allCases where opensTag || context != .text {
      checkpoints.beginReading()
      // A value without the quote that would end it is one attribute value whole: nothing to read.
      var tokenizer = MarkupTokenizer(value, startingIn: context)
      while tokenizer.position < value.count {
        if let token = tokenizer.step(),
          let finding = MarkupDecision.finding(for: token, in: value, context: context)
        {
          return finding
        }
        if tokenizer.position >= checkpoints.next, checkpoints.isKnown(tokenizer.state) { break }
      }
    }
    return nil
  }
}
