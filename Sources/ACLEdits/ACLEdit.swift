import Diagnostics

/// One change to try on a web ACL, as the command line takes it.
package struct ACLEdit: Hashable, Sendable {
  /// The options that make changes.
  package enum Option: String, Hashable, Sendable, CaseIterable {
    case set = "--set"
    case exclude = "--exclude"
    case defaultAction = "--default-action"
    case remove = "--remove"
    case addRule = "--add-rule"
  }

  /// What is to be done.
  enum Change: Hashable, Sendable {
    /// A rule of the web ACL or of a group gets an action.
    case set(rule: String, WantedAction)
    case defaultAction(WantedAction)
    case remove(rule: String)
    case add(file: String, priority: Int)
  }

  /// The option that asks for it.
  package var option: Option
  /// What stands behind the option, as it was typed.
  package var value: String
  var change: Change

  /// As it is typed.
  package var text: String { "\(option.rawValue) \(value)" }

  /// Reads `RULE=ACTION`.
  package static func set(_ text: String) throws(ACLEditError) -> ACLEdit {
    guard let equals = text.lastIndex(of: "="), equals != text.startIndex else {
      throw ACLEditError("--set '\(text)' has not the form RULE=ACTION")
    }
    let word = String(text[text.index(after: equals)...])
    let words = WantedAction.allCases.map(\.rawValue)
    guard let action = WantedAction(rawValue: word.lowercased()) else {
      throw ACLEditError(
        "--set '\(text)': '\(word)' is no action: one of \(words.joined(separator: ", "))",
        suggestion: didYouMean(word, among: words))
    }
    return ACLEdit(
      option: .set, value: text, change: .set(rule: String(text[..<equals]), action))
  }

  /// A rule that is to count; inside a group that is an exclusion.
  package static func exclude(rule: String) -> ACLEdit {
    ACLEdit(option: .exclude, value: rule, change: .set(rule: rule, .count))
  }

  /// Reads `allow` or `block`.
  package static func defaultAction(named text: String) throws(ACLEditError) -> ACLEdit {
    let words: [WantedAction] = [.allow, .block]
    guard let action = WantedAction(rawValue: text.lowercased()), words.contains(action) else {
      throw ACLEditError(
        "--default-action '\(text)' is no default action: allow or block",
        suggestion: didYouMean(text, among: words.map(\.rawValue)))
    }
    return ACLEdit(option: .defaultAction, value: text, change: .defaultAction(action))
  }

  /// A rule of the web ACL that is taken out.
  package static func remove(rule: String) -> ACLEdit {
    ACLEdit(option: .remove, value: rule, change: .remove(rule: rule))
  }

  /// Reads `FILE@PRIORITY`.
  package static func add(_ text: String) throws(ACLEditError) -> ACLEdit {
    guard let at = text.lastIndex(of: "@"), at != text.startIndex else {
      throw ACLEditError("--add-rule '\(text)' has not the form FILE@PRIORITY")
    }
    let digits = text[text.index(after: at)...]
    guard let priority = Int(digits), priority >= 0 else {
      throw ACLEditError(
        "--add-rule '\(text)': '\(digits)' is no priority: a whole number from 0 on")
    }
    return ACLEdit(
      option: .addRule, value: text,
      change: .add(file: String(text[..<at]), priority: priority))
  }

  /// Puts changes in the order in which a command line asks for them.
  ///
  /// - Parameters:
  ///   - edits: the changes, option by option.
  ///   - arguments: the command line.
  /// - Returns: the changes; those that the command line does not have come last.
  package static func inOrder(_ edits: [ACLEdit], of arguments: [String]) -> [ACLEdit] {
    var rest = edits
    var ordered: [ACLEdit] = []
    func take(_ option: Substring, _ value: Substring) {
      let index = rest.firstIndex { $0.option.rawValue == option && $0.value == value }
      if let index { ordered.append(rest.remove(at: index)) }
    }
    for (argument, next) in zip(arguments, arguments.dropFirst() + [""]) {
      if argument == "--" { break }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { take(parts[0], parts[1]) } else { take(argument[...], next[...]) }
    }
    return ordered + rest
  }
}

/// What a rule does on a match.
enum WantedAction: String, Hashable, Sendable, CaseIterable {
  case count, block, allow, captcha, challenge
  /// Takes an override away.
  case none

  /// The word of documents.
  var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// Why an option's text is no change.
package struct ACLEditError: Error, Hashable, Sendable {
  /// What is wrong, in one sentence without a final full stop.
  package var message: String
  /// The word that was probably meant.
  package var suggestion: String?

  init(_ message: String, suggestion: String? = nil) {
    self.message = message
    self.suggestion = suggestion
  }
}
