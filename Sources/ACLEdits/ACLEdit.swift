/// One change to try on a web ACL, as the command line takes it.
package enum ACLEdit: Hashable, Sendable {
  /// What a rule does on a match; nil takes an override away.
  case set(rule: String, action: String)
  /// `--set RULE=count`, which lets a rule inside a group count.
  case exclude(rule: String)
  /// `Allow` or `Block`.
  case defaultAction(String)
  case remove(rule: String)
  case add(file: String, priority: Int)

  private static let actions = ["count", "block", "allow", "captcha", "challenge", "none"]

  /// Reads `RULE=ACTION`.
  package static func set(_ text: String) throws(ACLEditError) -> ACLEdit {
    guard let equals = text.lastIndex(of: "="), equals != text.startIndex else {
      throw ACLEditError("'\(text)' has not the form RULE=ACTION")
    }
    let action = text[text.index(after: equals)...].lowercased()
    guard actions.contains(action) else {
      throw ACLEditError(
        "'\(action)' is no action: one of \(actions.joined(separator: ", "))")
    }
    return .set(rule: String(text[..<equals]), action: action)
  }

  /// Reads `allow` or `block`.
  package static func defaultAction(named text: String) throws(ACLEditError) -> ACLEdit {
    switch text.lowercased() {
    case "allow": return .defaultAction("Allow")
    case "block": return .defaultAction("Block")
    default: throw ACLEditError("'\(text)' is no default action: allow or block")
    }
  }

  /// Reads `FILE@PRIORITY`.
  package static func add(_ text: String) throws(ACLEditError) -> ACLEdit {
    guard let at = text.lastIndex(of: "@"), at != text.startIndex,
      let priority = Int(text[text.index(after: at)...]), priority >= 0
    else { throw ACLEditError("'\(text)' has not the form FILE@PRIORITY") }
    return .add(file: String(text[..<at]), priority: priority)
  }

  /// As it is typed, for stamps.
  package var text: String {
    switch self {
    case .set(let rule, let action): "--set \(rule)=\(action)"
    case .exclude(let rule): "--exclude \(rule)"
    case .defaultAction(let action): "--default-action \(action.lowercased())"
    case .remove(let rule): "--remove \(rule)"
    case .add(let file, let priority): "--add-rule \(file)@\(priority)"
    }
  }
}

/// Why a change can't be made.
package struct ACLEditError: Error, Hashable, Sendable {
  package var message: String
  /// The name that was probably meant.
  package var suggestion: String?

  package init(_ message: String, suggestion: String? = nil) {
    self.message = message
    self.suggestion = suggestion
  }
}
