/// The decision: rules over classes of tokens, each group of them a reason.
///
/// The rules describe how an attack goes on after the operand that the query expected, or how a value
/// that is SQL of its own begins. They hold of folded sequences, so that five tokens say much: the
/// last of them is what follows a whole expression. What an honest value may look like as well is
/// left out: two names with an operator between, words next to each other.
struct SQLGrammar: Sendable {
  static let low = SQLGrammar(groups)
  static let high = SQLGrammar(highGroups)

  struct Group: Sendable {
    let reason: SQLInjectionReason
    let patterns: [Pattern]

    init(_ reason: SQLInjectionReason, _ patterns: [Pattern]) {
      self.reason = reason
      self.patterns = patterns
    }
  }

  private struct Rule {
    var reason: SQLInjectionReason
    var pattern: Pattern
  }

  /// The rules, those that begin with the same two kinds together.
  private var rules: [Rule] = []
  /// Where the rules of a pair of kinds begin; those of the next pair follow.
  private var starts: [UInt16] = []

  private static let kindCount = TokenKind.allCases.count

  private init(_ groups: [Group]) {
    for first in TokenKind.allCases {
      for second in TokenKind.allCases {
        starts.append(UInt16(rules.count))
        for group in groups {
          for pattern in group.patterns where pattern.mayBegin(with: first, second) {
            rules.append(Rule(reason: group.reason, pattern: pattern))
          }
        }
      }
    }
    starts.append(UInt16(rules.count))
  }

  /// The first rule that holds of the tokens; nil if none does.
  func reason(for tokens: TokenWindow) -> SQLInjectionReason? {
    if tokens.count < 2 { return nil }
    let pair = Int(tokens.kind(0).rawValue) * Self.kindCount + Int(tokens.kind(1).rawValue)
    let range = Int(starts[pair])..<Int(starts[pair + 1])
    if range.isEmpty { return nil }
    let shape = Shape(tokens)
    for index in range where rules[index].pattern.continues(shape) {
      return rules[index].reason
    }
    return nil
  }
}
