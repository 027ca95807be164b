/// A construct of a regular expression that AWS WAF refuses or that may behave differently there.
///
/// *Documented* for what is refused: "Supported regular expression syntax", AWS WAF Developer
/// Guide. Lookaround is *assumed* to be doubtful (Q19): the guide says that some zero-width
/// assertions are not supported, and not which.
package struct PatternFinding: Hashable, Sendable {
  /// The construct as it begins in the pattern: `(?>`, `\1`, `*+`.
  package let construct: String
  /// The position of its first byte.
  package let offset: Int
  /// Whether AWS WAF refuses it; otherwise it is evaluated here, and the answer is approximate.
  package let isRefused: Bool
  /// What it is, as a sentence without a full stop.
  package let message: String
}

/// The constructs in the pattern `source` that AWS WAF refuses or may treat differently, in the
/// order of their places.
///
/// The pattern need not be valid. Escapes, character classes, `\Q...\E` and comments hide nothing
/// and fake nothing.
package func findings(inPattern source: [UInt8]) -> [PatternFinding] {
  var scanner = PatternScanner(source)
  scanner.scan()
  return scanner.findings
}

/// The kinds of constructs that a ``PatternFinding`` can be about.
enum FlaggedConstruct {
  case backreference
  case subroutine
  case recursion
  case conditional
  case verb
  case singleByte
  case newlineSequence
  case matchReset
  case callout
  case embeddedCode
  case atomicGroup
  case possessiveQuantifier
  case lookahead
  case lookbehind
  case startOfMatch
  case extendedSequence
  case notNewline
  case branchReset
  case option
  case literalEscape

  /// Whether the developer guide says that it is not supported.
  var isRefused: Bool {
    switch self {
    case .backreference, .subroutine, .recursion, .conditional, .verb, .singleByte,
      .newlineSequence, .matchReset, .callout, .embeddedCode, .atomicGroup, .possessiveQuantifier:
      true
    case .lookahead, .lookbehind, .startOfMatch, .extendedSequence, .notNewline, .branchReset,
      .option, .literalEscape:
      false
    }
  }

  var isLookaround: Bool {
    switch self {
    case .lookahead, .lookbehind: true
    default: false
    }
  }

  private var name: String {
    switch self {
    case .backreference: "backreferences"
    case .subroutine: "subroutine references"
    case .recursion: "recursive patterns"
    case .conditional: "conditional patterns"
    case .verb: "backtracking control verbs"
    case .singleByte: "the \\C directive"
    case .newlineSequence: "the \\R directive"
    case .matchReset: "the \\K directive"
    case .callout: "callouts"
    case .embeddedCode: "embedded code"
    case .atomicGroup: "atomic groups"
    case .possessiveQuantifier: "possessive quantifiers"
    case .lookahead: "lookahead assertions"
    case .lookbehind: "lookbehind assertions"
    case .startOfMatch: "the \\G directive"
    case .extendedSequence: "the \\X directive"
    case .notNewline: "the \\N directive"
    case .branchReset: "branch reset groups"
    case .option: "these options"
    case .literalEscape: "escaped letters without a meaning"
    }
  }

  var message: String {
    isRefused
      ? "AWS WAF does not support \(name)"
      : "AWS WAF may not support \(name); its documentation does not say"
  }
}

/// Whether a pattern is valid, and what it can match, without anything to run it with.
package enum PatternValidity: Hashable, Sendable {
  /// It is valid.
  case valid(matchesEmptyString: Bool)
  /// It is not; the position is that of the byte where reading stopped.
  case invalid(offset: Int?, message: String)

  /// The validity of the pattern `source`.
  package init(of source: [UInt8]) {
    do {
      let pattern = try CompiledPattern(source, allowsJIT: false)
      self = .valid(matchesEmptyString: pattern.matchesEmptyString)
    } catch {
      switch error {
      case .syntax(let offset, let message): self = .invalid(offset: offset, message: message)
      case .tooLong, .outOfMemory:
        self = .invalid(offset: nil, message: "the pattern is too large to compile")
      }
    }
  }
}
