/// What a piece of text is, so that a terminal can colour it.
package enum TextRole: Hashable, Sendable, CaseIterable {
  case plain
  case heading
  case faint
  /// Requests that get through.
  case good
  /// Requests that are stopped.
  case bad
  /// What is counted or challenged, and what is not sure.
  case caution
  /// What cannot be decided.
  case unknown
  /// The matched part of a value.
  case mark
}

/// How a report is put on its page.
package struct TextStyle: Hashable, Sendable {
  /// Whether colours are written.
  package var usesColour: Bool
  /// The number of columns that a line may have; at least 80.
  package var width: Int

  package init(usesColour: Bool = false, width: Int = 100) {
    self.usesColour = usesColour
    self.width = max(80, width)
  }

  /// The columns for a rule's name before its action and outcome.
  package var nameWidth: Int { min(48, width - 50) }

  /// A text with the colours of its role.
  package func render(_ text: String, _ role: TextRole) -> String {
    guard usesColour, !text.isEmpty, let code = Self.code(of: role) else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// The parameters of the "select graphic rendition" sequence.
  private static func code(of role: TextRole) -> String? {
    switch role {
    case .plain: nil
    case .heading: "1"
    case .faint: "2"
    case .good: "32"
    case .bad: "1;31"
    case .caution: "33"
    case .unknown: "35"
    case .mark: "1;4;33"
    }
  }
}
