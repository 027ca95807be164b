import Diagnostics
import Findings

/// Reads budget expressions, by recursive descent.
///
/// ```
/// expression  = conjunction { "or" conjunction }
/// conjunction = negation { "and" negation }
/// negation    = "not" negation | "(" expression ")" | comparison
/// comparison  = operand operator operand
/// operand     = number [ "%" ] | metric
/// metric      = name [ "(" selector { "," selector } ")" ] { "." property }
/// selector    = pattern | ( "path" | "method" | "rule" ) ( ":" | "=" ) pattern
/// property    = "requests" | "clients" | "certain" | "predicted" | "possible"
/// ```
///
/// A pattern stands in single or double quotes; `PathPattern` says what its stars stand for.
struct BudgetParser {
  /// The longest expression in bytes; nobody writes more by hand.
  static let longestExpression = 4096
  private static let deepestNesting = 32

  private let bytes: [UInt8]
  private let tokens: [BudgetToken]
  private var index = 0

  static func parse(_ text: String) throws(BudgetSyntaxError) -> BudgetExpression {
    let bytes = Array(text.utf8)
    guard bytes.count <= longestExpression else {
      throw BudgetSyntaxError(
        "a budget is \(longestExpression) bytes long at most", at: 0..<bytes.count)
    }
    var parser = BudgetParser(bytes: bytes, tokens: try BudgetToken.all(of: text))
    let expression = try parser.expression(depth: 0)
    try parser.expectEnd()
    return expression
  }

  private init(bytes: [UInt8], tokens: [BudgetToken]) {
    self.bytes = bytes
    self.tokens = tokens
  }

  // MARK: Tokens

  private var token: BudgetToken { tokens[min(index, tokens.count - 1)] }

  private mutating func take() -> BudgetToken {
    let taken = token
    index = min(index + 1, tokens.count - 1)
    return taken
  }

  private mutating func takes(_ kind: BudgetToken.Kind) -> Bool {
    guard token.kind == kind else { return false }
    index = min(index + 1, tokens.count - 1)
    return true
  }

  private mutating func expectEnd() throws(BudgetSyntaxError) {
    switch token.kind {
    case .end: return
    case .comparison:
      throw BudgetSyntaxError(
        "comparisons can't be chained", at: token.range,
        notes: ["join two comparisons with 'and'"])
    case .close: throw BudgetSyntaxError("nothing is open that ')' could close", at: token.range)
    default:
      throw BudgetSyntaxError(
        "'and', 'or' or the end is expected here, not \(token.inWords)", at: token.range)
    }
  }

  // MARK: Expressions

  private mutating func expression(depth: Int) throws(BudgetSyntaxError) -> BudgetExpression {
    var left = try conjunction(depth: depth)
    while takes(.word("or")) { left = .or(left, try conjunction(depth: depth)) }
    return left
  }

  private mutating func conjunction(depth: Int) throws(BudgetSyntaxError) -> BudgetExpression {
    var left = try negation(depth: depth)
    while takes(.word("and")) { left = .and(left, try negation(depth: depth)) }
    return left
  }

  private mutating func negation(depth: Int) throws(BudgetSyntaxError) -> BudgetExpression {
    guard depth <= Self.deepestNesting else {
      throw BudgetSyntaxError(
        "more than \(Self.deepestNesting) levels of nesting", at: token.range)
    }
    if takes(.word("not")) { return .not(try negation(depth: depth + 1)) }
    let open = token
    guard takes(.open) else { return .comparison(try comparison()) }
    let inner = try expression(depth: depth + 1)
    guard takes(.close) else {
      throw BudgetSyntaxError("this '(' is not closed", at: open.range)
    }
    return inner
  }

  private mutating func comparison() throws(BudgetSyntaxError) -> BudgetComparison {
    let start = token.range.lowerBound
    let left = try operand()
    let sign = take()
    guard case .comparison(let relation) = sign.kind else {
      let isAssignment = sign.kind == .colon && bytes[sign.range] == [UInt8(ascii: "=")]
      throw BudgetSyntaxError(
        "a comparison is expected here, not \(isAssignment ? "'='" : sign.inWords)",
        at: sign.range,
        notes: [
          "one of \(BudgetComparison.Operator.allCases.map(\.rawValue).joined(separator: " "))"
        ],
        suggestion: isAssignment ? "==" : nil)
    }
    let right = try operand()
    let comparison = BudgetComparison(left: left, relation: relation, right: right)
    let end = tokens[index - 1].range.upperBound
    try check(comparison, at: start..<end)
    return comparison
  }

  private mutating func operand() throws(BudgetSyntaxError) -> BudgetComparison.Operand {
    let first = take()
    switch first.kind {
    case .number(let digits, let decimals):
      let isPercent = takes(.percent)
      guard isPercent || decimals == 0 else {
        throw BudgetSyntaxError(
          "a number of requests is whole", at: first.range,
          notes: ["a share of the requests is written with a percent sign: 0.1%"])
      }
      return .number(BudgetNumber(digits: digits, decimals: decimals, isPercent: isPercent))
    case .word(let word): return .metric(try metric(word, at: first))
    default:
      throw BudgetSyntaxError(
        "a metric or a number is expected here, not \(first.inWords)", at: first.range,
        notes: first.kind == .end ? [] : [Self.allMetrics])
    }
  }

  /// What can be said of both sides only.
  private func check(
    _ comparison: BudgetComparison, at range: Range<Int>
  ) throws(BudgetSyntaxError) {
    switch (comparison.left, comparison.right) {
    case (.number, .number):
      throw BudgetSyntaxError("both sides are numbers: no run can change the result", at: range)
    case (.metric(let metric), .number(let number)), (.number(let number), .metric(let metric)):
      guard number.isPercent else { return }
      if metric.unit == .clients {
        throw BudgetSyntaxError(
          "clients are compared with a number: how many there are in all is not counted",
          at: range)
      }
      if metric.name == .records {
        throw BudgetSyntaxError("'records' is what others are a share of", at: range)
      }
    case (.metric(let left), .metric(let right)):
      guard left.unit == right.unit else {
        throw BudgetSyntaxError("requests are compared with clients", at: range)
      }
    }
  }

  // MARK: Metrics

  private static let allMetrics =
    "the metrics are \(BudgetMetric.Name.allCases.map(\.rawValue).joined(separator: ", "))"

  private mutating func metric(
    _ word: String, at first: BudgetToken
  ) throws(BudgetSyntaxError) -> BudgetMetric {
    guard let name = BudgetMetric.Name(rawValue: word) else {
      let names = BudgetMetric.Name.allCases
      // The names of findings are the words that people have just read in a report.
      let meant = names.first { name in
        name != .changes && name.kinds.contains { $0.rawValue == word.lowercased() }
      }
      throw BudgetSyntaxError(
        "there is no metric '\(word)'", at: first.range, notes: [Self.allMetrics],
        suggestion: meant?.rawValue ?? didYouMean(word, among: names.map(\.rawValue)))
    }
    var metric = BudgetMetric(
      name: name, selector: ChangeSelector(), unit: .requests, certainty: .predicted, text: "")
    if token.kind == .open { try selectors(&metric) }
    try properties(&metric)
    let range = first.range.lowerBound..<tokens[index - 1].range.upperBound
    metric.text = String(decoding: bytes[range], as: UTF8.self)
    return metric
  }

  private mutating func selectors(_ metric: inout BudgetMetric) throws(BudgetSyntaxError) {
    let open = take()
    guard metric.name.isOfChanges else {
      throw BudgetSyntaxError(
        "'\(metric.name.rawValue)' is a total and can't be narrowed", at: open.range,
        notes: ["changes can be: new_blocks(\"/checkout/*\")"])
    }
    repeat { try selector(&metric.selector) } while takes(.comma)
    guard takes(.close) else {
      guard token.kind != .end else {
        throw BudgetSyntaxError("this '(' is not closed", at: open.range)
      }
      throw BudgetSyntaxError("',' or ')' is expected here, not \(token.inWords)", at: token.range)
    }
  }

  private mutating func selector(
    _ selector: inout ChangeSelector
  ) throws(BudgetSyntaxError) {
    let first = take()
    switch first.kind {
    case .string(let text): try setRoute(text, at: first, in: &selector)
    case .word(let word):
      let names = ["path", "method", "rule"]
      guard names.contains(word) else {
        throw BudgetSyntaxError(
          "there is no selector '\(word)'", at: first.range,
          notes: ["one of \(names.joined(separator: ", "))"],
          suggestion: didYouMean(word, among: names))
      }
      guard takes(.colon) else {
        throw BudgetSyntaxError("':' is expected here, not \(token.inWords)", at: token.range)
      }
      let value = take()
      guard case .string(let text) = value.kind else {
        throw BudgetSyntaxError(
          "a pattern in quotes is expected here, not \(value.inWords)", at: value.range)
      }
      switch word {
      case "path": try setRoute(text, at: value, in: &selector)
      case "method": try set(&selector.method, PathPattern(text), at: value)
      default: try set(&selector.rule, PathPattern(text), at: value)
      }
    default:
      throw BudgetSyntaxError(
        "a pattern in quotes is expected here, not \(first.inWords)", at: first.range)
    }
  }

  private func setRoute(
    _ text: String, at token: BudgetToken, in selector: inout ChangeSelector
  ) throws(BudgetSyntaxError) {
    guard let route = RoutePattern(text) else {
      throw BudgetSyntaxError(
        "'\(text)' fits no path", at: token.range,
        notes: ["a path begins with '/'; '**' is any path"])
    }
    try set(&selector.route, route, at: token)
  }

  private func set<Value>(
    _ place: inout Value?, _ value: Value, at token: BudgetToken
  ) throws(BudgetSyntaxError) {
    guard place == nil else {
      throw BudgetSyntaxError("this is given twice", at: token.range)
    }
    place = value
  }

  private mutating func properties(_ metric: inout BudgetMetric) throws(BudgetSyntaxError) {
    var hasUnit = false
    var hasCertainty = false
    while takes(.dot) {
      let property = take()
      guard case .word(let word) = property.kind else {
        throw BudgetSyntaxError(
          "a property is expected behind the dot, not \(property.inWords)", at: property.range)
      }
      if let unit = BudgetMetric.Unit(rawValue: word), !hasUnit {
        metric.unit = unit
        hasUnit = true
      } else if let certainty = CertaintySelector(rawValue: word), !hasCertainty {
        metric.certainty = certainty
        hasCertainty = true
      } else {
        throw unknownProperty(word, at: property.range)
      }
      guard metric.name.isOfChanges || word == BudgetMetric.Unit.requests.rawValue else {
        throw BudgetSyntaxError(
          "'\(metric.name.rawValue)' is a total of requests without '.\(word)'",
          at: property.range,
          suggestion: metric.name == .blocks && word == CertaintySelector.possible.rawValue
            ? BudgetMetric.Name.possibleBlocks.rawValue : nil)
      }
    }
  }

  private func unknownProperty(_ word: String, at range: Range<Int>) -> BudgetSyntaxError {
    let words =
      BudgetMetric.Unit.allCases.map(\.rawValue) + CertaintySelector.allCases.map(\.rawValue)
    guard !words.contains(word) else {
      return BudgetSyntaxError("'.\(word)' contradicts what stands before it", at: range)
    }
    return BudgetSyntaxError(
      "there is no property '\(word)'", at: range,
      notes: ["one of \(words.joined(separator: ", "))"],
      suggestion: didYouMean(word, among: words))
  }
}
