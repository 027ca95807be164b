package import ReportText
import WAFEngine
import WAFProgram

extension Action {
  /// The action as the API and the developer guide spell it.
  package var title: String {
    switch self {
    case .allow: "Allow"
    case .block: "Block"
    case .count: "Count"
    case .captcha: "CAPTCHA"
    case .challenge: "Challenge"
    case .monetize: "Monetize"
    }
  }

  package var role: TextRole {
    switch self {
    case .allow: .good
    case .block, .monetize: .bad
    case .count, .captcha, .challenge: .caution
    }
  }
}

extension TraceOutcome {
  var mark: StyledText {
    switch self {
    case .match: StyledText("✓", .bad)
    case .noMatch: StyledText("·", .faint)
    case .unknown: StyledText("?", .unknown)
    }
  }

  var role: TextRole {
    switch self {
    case .match: .heading
    case .noMatch: .faint
    case .unknown: .unknown
    }
  }

  var title: String {
    switch self {
    case .match: "MATCH"
    case .noMatch: "no match"
    case .unknown: "UNKNOWN"
    }
  }
}
