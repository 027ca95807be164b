import Foundation
import WAFModel

/// A reading of conditions on one value, on purpose another than the compiler's and the engine's.
extension Statement {
  /// Whether the condition holds for a component that has this value.
  ///
  /// Upper and lower case are all that is done of the text transformations.
  func accepts(_ value: String) -> Bool {
    switch self {
    case .and(let body): return body.statements.allSatisfy { $0.accepts(value) }
    case .or(let body): return body.statements.contains { $0.accepts(value) }
    case .not(let body): return !body.statement.accepts(value)
    case .byteMatch(let body):
      let value = Self.transformed(value, body.textTransformations)
      let text = String(decoding: body.searchString.bytes, as: UTF8.self)
      switch body.positionalConstraint {
      case .exactly: return value == text
      case .startsWith: return value.hasPrefix(text)
      case .endsWith: return value.hasSuffix(text)
      case .contains, .containsWord: return value.contains(text)
      }
    case .regexMatch(let body):
      let value = Self.transformed(value, body.textTransformations)
      return value.range(of: body.regexString, options: .regularExpression) != nil
    default: return false
    }
  }

  private static func transformed(_ value: String, _ steps: [TextTransformation]) -> String {
    steps.contains { $0.type == .lowercase } ? value.lowercased() : value
  }

  /// Whether it asks the detectors for SQL injection or cross-site scripting.
  var usesDetector: Bool {
    switch self {
    case .sqliMatch, .xssMatch: true
    case .and(let body): body.statements.contains(where: \.usesDetector)
    case .or(let body): body.statements.contains(where: \.usesDetector)
    case .not(let body): body.statement.usesDetector
    default: false
    }
  }
}
