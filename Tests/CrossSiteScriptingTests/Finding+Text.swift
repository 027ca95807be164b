import Bytes
import CrossSiteScripting

/// What the detector says of a text or of bytes, as a table can hold it.
struct Outcome: Equatable, CustomStringConvertible {
  var context: MarkupContext
  var reason: CrossSiteScriptingReason
  var tokens: [String]

  init(_ context: MarkupContext, _ reason: CrossSiteScriptingReason, _ tokens: [String]) {
    self.context = context
    self.reason = reason
    self.tokens = tokens
  }

  init?(of value: [UInt8]) {
    guard let finding = CrossSiteScriptingDetector.findAttack(in: value.span) else { return nil }
    context = finding.context
    reason = finding.reason
    tokens = (0..<finding.count).map { index in
      String(decoding: value[finding.token(index).range], as: UTF8.self)
    }
  }

  init?(of value: String) {
    self.init(of: Array(value.utf8))
  }

  var description: String { "\(context) \(reason) \(tokens)" }
}
