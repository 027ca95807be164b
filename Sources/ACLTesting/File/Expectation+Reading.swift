import DocumentTree
import WAFProgram

extension Expectation {
  /// Reads the `expect` of a test.
  init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = KeyedReader<ExpectationKey>(cursor, in: context) else { return nil }
    let mistakes = context.mistakeCount
    self.init()
    action = object.word(.action, as: FinalAction.self)?.rawValue
    if let name = object.text(.rule) {
      rule = name.contains("/") ? .exactly(name) : .within(name)
    }
    labels = object.texts(.labels)
    noLabels = object.texts(.noLabels)
    counted = object.texts(.counted)
    notCounted = object.texts(.notCounted)
    responseCode = object.number(.responseCode, 100...599)
    certainty = object.word(.certainty, as: AskedCertainty.self)?.certainty
    possible = object.words(.possible, as: FinalAction.self).map(\.action)
    if object.has(.possible), object.has(.action) {
      object.error(
        "exclusive-members", "'possible' lists all actions: no 'action' beside it", at: .action)
    }
    for label in noLabels where labels.contains(label) {
      object.error(
        "contradiction", "'\(label)' stands in 'labels' and in 'no-labels'", at: .noLabels)
    }
    for rule in notCounted where counted.contains(rule) {
      object.error(
        "contradiction", "'\(rule)' stands in 'counted' and in 'not-counted'", at: .notCounted)
    }
    if isEmpty, context.mistakeCount == mistakes {
      context.error(
        "empty-expectation", "'expect' asks for nothing: the test could not fail",
        at: cursor.pointer,
        notes: ["one of \(ExpectationKey.allCases.map(\.rawValue).joined(separator: ", "))"])
    }
  }
}

/// An action that can end the evaluation; COUNT cannot, which `counted` is for.
private enum FinalAction: String, CaseIterable {
  case allow = "ALLOW"
  case block = "BLOCK"
  case captcha = "CAPTCHA"
  case challenge = "CHALLENGE"
  case monetize = "MONETIZE"

  var action: Action {
    switch self {
    case .allow: .allow
    case .block: .block
    case .captcha: .captcha
    case .challenge: .challenge
    case .monetize: .monetize
    }
  }
}

/// A certainty that a test can ask for: at least that strict.
private enum AskedCertainty: String, CaseIterable {
  case exact
  case observed
  case approximate
  case assumed

  var certainty: Certainty {
    switch self {
    case .exact: .exact
    case .observed: .observed
    case .approximate: .approximate
    case .assumed: .assumed
    }
  }
}
