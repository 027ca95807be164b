package import WAFProgram

/// What must become of a request.
package struct Expectation: Hashable, Sendable {
  /// The rule that decides.
  package enum DecidingRule: Hashable, Sendable {
    /// This one: its name in the web ACL, then `/` and its name inside the group.
    case exactly(String)
    /// This rule of the web ACL, or one inside its group.
    case within(String)

    package var name: String {
      switch self {
      case .exactly(let name), .within(let name): name
      }
    }

    func isMet(by rule: String) -> Bool {
      switch self {
      case .exactly(let name): rule == name
      case .within(let name): rule == name || rule.hasPrefix(name + "/")
      }
    }
  }

  /// The action, as logs name it; a record may state one that nobody knows.
  package var action: String?
  package var rule: DecidingRule?
  /// Labels that are there, and that are not: whole ones, ends of a whole one, namespaces with `:`
  /// at their end.
  package var labels: [String] = []
  package var noLabels: [String] = []
  /// Rules that count the request, and that don't.
  package var counted: [String] = []
  package var notCounted: [String] = []
  /// The status that the service answers with.
  package var responseCode: Int?
  /// The weakest certainty that does.
  package var certainty: Certainty?
  /// Exactly these actions remain.
  package var possible: [Action] = []

  package init() {}

  /// Whether it asks for nothing, so that it could not fail.
  package var isEmpty: Bool { self == Expectation() }

  /// `BLOCK by admin/AdminProtection_URIPATH`.
  var decisionInWords: String {
    var words: [String] = []
    if let action { words.append(action) }
    if let rule { words.append("by \(rule.name)") }
    return words.joined(separator: " ")
  }
}
