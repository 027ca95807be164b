package import Diagnostics
import DocumentTree
import WAFModel

/// Loading what can be loaded (`--lenient`).
///
/// What the service refuses and the engine can evaluate becomes a warning; what can't be evaluated is
/// unknown; what can't even be placed is left out, and the warning names it. Nothing is dropped in
/// silence, and a document that says nothing at all stays an error.
extension Diagnostic {
  /// The diagnostic as a warning, if it is an error.
  ///
  /// - Parameter outcome: what becomes of the thing, for the message.
  package func tolerated(_ outcome: String = "the service refuses it") -> Diagnostic {
    guard severity == .error else { return self }
    var diagnostic = self
    diagnostic.severity = .warning
    diagnostic.message += " (\(outcome))"
    if let note = Leniency.reading(of: code) { diagnostic.notes.insert(note, at: 0) }
    return diagnostic
  }
}

enum Leniency {
  /// How what the service refuses is evaluated, where that is not plain.
  static func reading(of code: String) -> String? {
    switch code {
    case "missing-action", "misplaced-override-action":
      "the rule is evaluated with the action Count"
    case "misplaced-action": "the rule is evaluated with the OverrideAction None"
    case "conflicting-actions":
      "rules that use a rule group keep 'OverrideAction', all others 'Action'"
    case "duplicate-priority": "among equal priorities the order of the document counts"
    case "duplicate-arn": "the first of them is used"
    case "unknown-response-body": "the response has no body"
    case "invalid-regex", "address-version": "what depends on it is unknown"
    default: nil
    }
  }

  /// What became of the rules that could not be read.
  struct Rescue {
    /// What happened to the rule of an index, for messages.
    var outcomes: [Int: String] = [:]
    /// The rules that are there after all, by their indexes.
    var rules: [Int: Rule] = [:]
  }

  /// Makes rules of those that could not be read.
  ///
  /// A rule that has a name, a priority and an action is kept, and whether it matches is unknown; a
  /// broken `VisibilityConfig` costs nothing at all.
  ///
  /// - Parameter list: the cursor to `Rules`.
  static func rescue(
    _ dropped: [Int], of list: Cursor, file: String, features: ReadingFeatures
  ) -> Rescue {
    var rescue = Rescue()
    let elements = list.elements ?? []
    for index in dropped where elements.indices.contains(index) {
      let node = elements[index].node
      let visibility = standIn(for: node["VisibilityConfig"])
      let name = node["Name"]?.text.map { "the rule '\($0)'" } ?? "the rule \(index + 1)"
      if var rule = read(node.without("VisibilityConfig"), file: file, features: features) {
        rule.visibilityConfig = visibility
        rescue.rules[index] = rule
        rescue.outcomes[index] = "the service refuses it; \(name) is evaluated"
      } else if var rule = opaqueRule(node, file: file, features: features) {
        rule.visibilityConfig = visibility
        rescue.rules[index] = rule
        rescue.outcomes[index] = "whether \(name) matches is unknown"
      } else {
        rescue.outcomes[index] = "\(name) is left out"
      }
    }
    return rescue
  }

  /// What stands in the place of a `VisibilityConfig` in a rule that is put back: it was reported if
  /// it is broken, and nobody may say that it is not there.
  private static func standIn(for node: Node?) -> VisibilityConfig? {
    guard let node, !node.isNull else { return nil }
    return VisibilityConfig(
      sampledRequestsEnabled: false, cloudWatchMetricsEnabled: false, metricName: "metric")
  }

  private static func read(_ node: Node, file: String, features: ReadingFeatures) -> Rule? {
    Rule(reading: Cursor(node), in: ReadingContext(file: file, features: features))
  }

  /// The rule with its statement taken as one that nobody knows.
  private static func opaqueRule(
    _ node: Node, file: String, features: ReadingFeatures
  ) -> Rule? {
    guard let statement = node["Statement"], !statement.isNull else { return nil }
    let member = statement.members?.first { !$0.value.isNull }
    let kind = member?.key ?? "Statement"
    // Any statement that can be read will do: it is replaced.
    let stand = Node(
      .object([
        .init(
          key: Statement.Kind.geoMatch.rawValue,
          value: Node(
            .object([.init(key: "CountryCodes", value: Node(.array([Node(.string("XK"))])))])))
      ]))
    let readable = node.without("VisibilityConfig", "Statement").with("Statement", stand)
    guard var rule = read(readable, file: file, features: features) else { return nil }
    rule.statement = .opaque(
      OpaqueStatement(
        kind: kind, node: (member?.value ?? statement).withoutPositions()))
    return rule
  }

  /// The diagnostics of a reading as warnings.
  ///
  /// - Parameters:
  ///   - list: the pointer of `Rules`, if the document has rules.
  ///   - outcomes: what became of the rules that could not be read.
  static func tolerated(
    _ diagnostics: [Diagnostic], list: JSONPointer?, outcomes: [Int: String]
  ) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      guard let list, let pointer = diagnostic.place?.pointer,
        pointer.components.starts(with: list.components),
        pointer.components.count > list.components.count,
        let index = Int(pointer.components[list.components.count]),
        let outcome = outcomes[index]
      else { return diagnostic.tolerated("the service refuses it; it is left out") }
      return diagnostic.tolerated(outcome)
    }
  }
}

extension Node {
  /// The object without some members.
  func without(_ names: String...) -> Node {
    guard let members else { return self }
    return Node(.object(members.filter { !names.contains($0.key) }), range: range)
  }

  /// The object with one member more.
  func with(_ name: String, _ value: Node) -> Node {
    guard let members else { return self }
    return Node(.object(members + [Member(key: name, value: value)]), range: range)
  }
}
