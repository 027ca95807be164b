import Diagnostics
import ReportText
import WAFModel

/// A statement as compact code: what a security engineer checks a rule by.
///
/// ```text
/// any of
///   URI path [URL_DECODE, LOWERCASE] contains any of
///     "nessus", "nmap"
///   body (oversize CONTINUE) [NONE] is SQL injection (LOW)
/// ```
///
/// The component, its text transformations in brackets in their order, and the test. Everything that
/// an answer depends on is there, so that two statements which mean the same have the same ``key``.
struct ConditionText {
  /// The lines, indented by two blanks a level.
  let lines: [String]
  /// The same for statements that mean the same: alternatives in any order.
  let key: String

  init(_ statement: Statement) {
    lines = Self.lines(statement, depth: 0)
    key = Self.key(statement)
  }

  // MARK: Lines

  private static func lines(_ statement: Statement, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    switch statement {
    case .and(let body) where body.statements.isEmpty:
      return [indent + "any request"]
    case .and(let body):
      return [indent + "all of"] + body.statements.flatMap { lines($0, depth: depth + 1) }
    case .or(let body):
      guard let alternatives = sharedTest(body.statements) else {
        return [indent + "any of"]
          + groups(body.statements).flatMap { group in
            sharedTest(group).map { lines($0, depth: depth + 1) }
              ?? group.flatMap { lines($0, depth: depth + 1) }
          }
      }
      return lines(alternatives, depth: depth)
    case .not(let body):
      if let leaf = leaf(body.statement) { return [indent + "not: " + leaf] }
      return [indent + "not"] + lines(body.statement, depth: depth + 1)
    case .rateBased(let body):
      let head = [indent + rate(body)]
      guard let scopeDown = body.scopeDownStatement else { return head }
      return head + [indent + "of those with"] + lines(scopeDown, depth: depth + 1)
    default:
      return [indent + (leaf(statement) ?? statement.wireName)]
    }
  }

  /// Search strings that are looked for in one place by one test.
  private struct Alternatives {
    var test: String
    var values: [String]
  }

  /// Runs of neighbours that differ in their search string only.
  private static func groups(_ statements: [Statement]) -> [[Statement]] {
    var groups: [[Statement]] = []
    for statement in statements {
      if let test = byteTest(statement), let last = groups.last?.first, byteTest(last) == test {
        groups[groups.count - 1].append(statement)
      } else {
        groups.append([statement])
      }
    }
    return groups
  }

  private static func sharedTest(_ statements: [Statement]) -> Alternatives? {
    guard statements.count > 1, let first = statements.first.flatMap({ byteTest($0) }) else {
      return nil
    }
    var values: [String] = []
    for statement in statements {
      guard case .byteMatch(let body) = statement, byteTest(statement) == first else { return nil }
      values.append(searchString(body))
    }
    return Alternatives(test: first, values: values)
  }

  private static func lines(_ alternatives: Alternatives, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    var lines = [indent + alternatives.test + " any of"]
    var line = ""
    for (index, value) in alternatives.values.enumerated() {
      let piece = value + (index + 1 < alternatives.values.count ? "," : "")
      if !line.isEmpty, displayWidth(line) + 1 + displayWidth(piece) > 84 {
        lines.append(indent + "  " + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + piece
    }
    return lines + [indent + "  " + line]
  }

  // MARK: Leaves

  private static func byteTest(_ statement: Statement) -> String? {
    guard case .byteMatch(let body) = statement else { return nil }
    return place(
      body.fieldToMatch, body.preParseTextTransformations, body.textTransformations)
      + body.positionalConstraint.words
  }

  private static func leaf(_ statement: Statement) -> String? {
    switch statement {
    case .byteMatch(let body):
      return (byteTest(statement) ?? "") + " " + searchString(body)
    case .regexMatch(let body):
      return place(
        body.fieldToMatch, body.preParseTextTransformations, body.textTransformations)
        + "matches regex \(printable(body.regexString))"
    case .regexPatternSetReference(let body):
      return place(
        body.fieldToMatch, body.preParseTextTransformations, body.textTransformations)
        + "matches a pattern of \(quoted(body.arn))"
    case .sizeConstraint(let body):
      return place(
        body.fieldToMatch, body.preParseTextTransformations, body.textTransformations)
        + "has a size \(body.comparisonOperator.sign) \(body.size)"
    case .sqliMatch(let body):
      return place(
        body.fieldToMatch, body.preParseTextTransformations, body.textTransformations)
        + "is SQL injection (\((body.sensitivityLevel ?? .low).rawValue))"
    case .xssMatch(let body):
      return place(
        body.fieldToMatch, body.preParseTextTransformations, body.textTransformations)
        + "is cross-site scripting"
    case .ipSetReference(let body):
      return "client address in \(quoted(body.arn))"
        + forwarded(
          body.ipSetForwardedIPConfig.map { ($0.headerName, $0.fallbackBehavior) })
    case .geoMatch(let body):
      return "country in \(body.countryCodes.map { printable($0) }.joined(separator: ", "))"
        + forwarded(body.forwardedIPConfig.map { ($0.headerName, $0.fallbackBehavior) })
    case .asnMatch(let body):
      return "autonomous system in \(body.asnList.map { String($0) }.joined(separator: ", "))"
        + forwarded(body.forwardedIPConfig.map { ($0.headerName, $0.fallbackBehavior) })
    case .labelMatch(let body):
      return "label (\(body.scope.rawValue)) \(quoted(body.key))"
    case .managedRuleGroup, .ruleGroupReference, .opaque:
      return printable(statement.wireName)
    case .and, .or, .not, .rateBased:
      return nil
    }
  }

  private static func place(
    _ field: FieldToMatch, _ preParse: [PreParseTextTransformation],
    _ transformations: [TextTransformation]
  ) -> String {
    let before = preParse.sorted { $0.priority < $1.priority }.map { $0.type.rawValue }
    // The order of the list means nothing, that of the priorities does.
    let names = transformations.sorted { $0.priority < $1.priority }
      .map { printable($0.type.wireName) }
    let prefix = before.isEmpty ? "" : " [before parsing: \(before.joined(separator: ", "))]"
    return field.words + prefix + " [\(names.joined(separator: ", "))] "
  }

  private static func rate(_ body: RateBasedStatement) -> String {
    let keys =
      body.customKeys.isEmpty
      ? body.aggregateKeyType.rawValue
      : body.customKeys.map(\.kind.rawValue).joined(separator: ", ")
    return
      "more than \(body.limit) requests in \(body.evaluationWindowSec ?? 300) seconds by \(keys)"
      + forwarded(body.forwardedIPConfig.map { ($0.headerName, $0.fallbackBehavior) })
  }

  private static func searchString(_ body: ByteMatchStatement) -> String {
    let bytes = body.searchString.bytes
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return "bytes "
        + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        .joined(separator: " ")
    }
    return quoted(text)
  }

  private static func forwarded(_ origin: (header: String, fallback: FallbackBehavior)?) -> String {
    origin.map { ", from header \(quoted($0.header)) (invalid: \($0.fallback.rawValue))" } ?? ""
  }

  // MARK: Key

  private static func key(_ statement: Statement) -> String {
    switch statement {
    case .and(let body): "all(\(keys(body.statements)))"
    case .or(let body): "any(\(keys(body.statements)))"
    case .not(let body): "not(\(key(body.statement)))"
    case .rateBased(let body):
      "\(rate(body)) of (\(body.scopeDownStatement.map { key($0) } ?? ""))"
    default: leaf(statement) ?? statement.wireName
    }
  }

  /// Repetition and order mean nothing.
  private static func keys(_ statements: [Statement]) -> String {
    Set(statements.map { key($0) }).sorted().joined(separator: "\n")
  }
}

extension PositionalConstraint {
  fileprivate var words: String {
    switch self {
    case .exactly: "is"
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .contains: "contains"
    case .containsWord: "contains the word"
    }
  }
}

extension ComparisonOperator {
  fileprivate var sign: String {
    switch self {
    case .eq: "="
    case .ne: "≠"
    case .le: "≤"
    case .lt: "<"
    case .ge: "≥"
    case .gt: ">"
    }
  }
}
