package import Bytes
import CrossSiteScripting
import SQLInjection
package import WAFProgram

/// What a detector found in a value: why it takes the value for an attack.
package struct Detection: Hashable, Sendable {
  package struct Token: Hashable, Sendable {
    /// Its kind in words, such as `keyword` or `tag name`.
    package var kind: String
    /// Where it stands in the value.
    package var range: Range<Int>
  }

  /// The tokens that decided, in the order of the value.
  package var tokens: [Token]
  /// How the value was read, in words.
  package var context: String
  /// The rule of the decision, in a sentence.
  package var reason: String

  /// Nil where the detector finds nothing.
  package init?(_ detector: Detector, in value: Span<UInt8>) {
    let found: Detection? =
      switch detector {
      case .sqlInjectionLow:
        SQLInjectionDetector.findAttack(in: value, sensitivity: .low).map { Detection($0) }
      case .sqlInjectionHigh:
        SQLInjectionDetector.findAttack(in: value, sensitivity: .high).map { Detection($0) }
      case .crossSiteScripting:
        CrossSiteScriptingDetector.findAttack(in: value).map { Detection($0) }
      }
    guard let found else { return nil }
    self = found
  }

  private init(_ found: SQLInjectionFinding) {
    tokens = (0..<found.count).map { index in
      Token(kind: found.token(index).kind.name, range: found.token(index).range)
    }
    context = found.context.name
    reason = found.reason.explanation
  }

  private init(_ found: CrossSiteScriptingFinding) {
    tokens = (0..<found.count).map { index in
      Token(kind: found.token(index).kind.name, range: found.token(index).range)
    }
    context = found.context.name
    reason = found.reason.explanation
  }

  /// From the first token to the last.
  package var range: Range<Int> {
    let start = tokens.map(\.range.lowerBound).min() ?? 0
    let end = tokens.map(\.range.upperBound).max() ?? start
    return start..<end
  }
}

/// What the log tells of a detector's find in a rule that matched.
package struct MatchDetail: Hashable, Sendable {
  package var rule: RuleIndex
  package var detector: Detector
  /// The place in `Program.fields`.
  package var field: Int
  /// The name of the header, argument or cookie: a run of `VerdictDetails.texts`.
  package var name: ByteRange
  /// The whole value: a run of `VerdictDetails.texts`.
  package var value: ByteRange
  /// The tokens that decided: runs of `VerdictDetails.texts`.
  package var tokens: [ByteRange]
}
