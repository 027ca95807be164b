import SQLInjection
import Testing

/// Each rule of the decision, on both sides.
@Suite struct DecisionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var reason: SQLInjectionReason
    /// What meets the rule, and what is near to it.
    var attack: String
    var harmless: String
    var context: QuoteContext

    init(
      _ reason: SQLInjectionReason, _ attack: String, _ harmless: String,
      _ context: QuoteContext = .none
    ) {
      (self.reason, self.attack) = (reason, attack)
      (self.harmless, self.context) = (harmless, context)
    }

    var testDescription: String { "\(reason): \(attack)" }
  }

  static let low: [Case] = [
    Case(.trailingComment, "1 -- ", "a -- b"),
    Case(.trailingComment, "1) #", "a) #"),
    Case(.trailingComment, "admin'--", "admin-", .singleQuote),
    Case(.logic, "1 AND 1=1", "cats and dogs"),
    Case(.logic, "x' or 'y'='y", "x or y", .singleQuote),
    Case(.logic, "1 and sleep(2)", "a and b (c)"),
    Case(.closedParenthesis, "1) OR (1=1", "a) b (c)"),
    Case(.closedParenthesis, "1') union select 2", "a) union square", .singleQuote),
    Case(.comparison, "'='", "a = b", .singleQuote),
    Case(.comparison, "x' < (select 1)", "x like y", .singleQuote),
    Case(.union, "1 UNION SELECT 2", "union of two"),
    Case(.union, "union select 2", "select a union"),
    Case(.keywordClause, "1 INTO OUTFILE 'x'", "books from china"),
    Case(.keywordClause, "1 WHERE x AND y=1", "1 where x"),
    Case(.stackedStatement, "1; DROP TABLE x", "a; b"),
    Case(.stackedStatement, "1; SELECT pg_sleep(5)", "1; 2"),
    Case(.functionCall, "sleep(5)", "f(5)"),
    Case(.functionCall, "SELECT sleep(1)", "SELECT version()"),
    Case(.argumentList, "1,(SELECT 1)", "1,2"),
    Case(.grouping, "1 ORDER BY 3", "order by phone"),
    Case(.expression, "1 SELECT x -- ", "1 select x"),
    Case(.statement, "1 EXEC sp 'x' -- ", "drop me a line"),
    Case(.operatorFragment, "AND sleep(5)", "and so on"),
    Case(.operatorFragment, "1 (SELECT sleep(1))", "1 (select one)"),
    Case(.query, "SELECT x FROM y WHERE z", "select from these"),
    Case(.keywordCall, "FROM (x) WHERE", "from (x)"),
    Case(.juxtaposition, "1 'a' @b -- ", "1 'a' b"),
    Case(.executableComment, "1 /*!1*/", "1 /* 1 */ a"),
    Case(.executableComment, "/* /* */", "/* x */"),
  ]

  /// What high sensitivity adds: low takes the attack for harmless.
  static let high: [Case] = [
    Case(.unfinishedQuery, "SELECT * FROM users", "select all users"),
    Case(.unfinishedQuery, "1; EXEC sp_who", "1; a"),
    Case(.conditionFragment, "OR 1=1", "or one"),
    Case(.conditionFragment, "1 OR a=a", "1 or two"),
    Case(.quoteBreakout, "x' = 5", "it's 5", .singleQuote),
    Case(.revealingFunction, "x benchmark(a b)", "x concat(a b)"),
    Case(.shortValue, "1 or 1", "one or 1 b"),
    Case(.shortValue, "admin'#", "admin#", .singleQuote),
    // Ids of numbers and hyphens: the yardstick takes them for `1 --`.
    Case(.shortValue, "1-0-5-1--1", "1-0-5-1-1"),
  ]

  @Test(arguments: low) func lowFinds(_ test: Case) throws {
    let found = try #require(findAttack(test.attack, .low))
    #expect(found.reason == test.reason)
    #expect(found.context == test.context)
    #expect(findAttack(test.attack, .high) == found)
    #expect(findAttack(test.harmless, .low) == nil, "\(test.harmless)")
  }

  @Test(arguments: high) func highFinds(_ test: Case) throws {
    #expect(findAttack(test.attack, .low) == nil)
    let found = try #require(findAttack(test.attack, .high))
    #expect(found.reason == test.reason)
    #expect(found.context == test.context)
    #expect(findAttack(test.harmless, .high) == nil, "\(test.harmless)")
  }

  @Test func everyReasonHasACaseAndASentence() {
    #expect(Set((Self.low + Self.high).map(\.reason)) == Set(SQLInjectionReason.allCases))
    let sentences = Set(SQLInjectionReason.allCases.map(\.explanation))
    #expect(sentences.count == SQLInjectionReason.allCases.count)
  }

  struct Doubtful: Sendable, CustomTestStringConvertible {
    var value: String
    var low: Bool
    var high: Bool

    init(_ value: String, low: Bool, high: Bool) {
      (self.value, self.low, self.high) = (value, low, high)
    }

    var testDescription: String { value }
  }

  /// Short sequences are looked at once more.
  static let doubtful: [Doubtful] = [
    Doubtful("1 union", low: false, high: false),
    Doubtful("1+1 union", low: true, high: true),
    Doubtful("a # b", low: false, high: false),
    Doubtful("a /* b", low: true, high: true),
    Doubtful("1--", low: true, high: true),
    Doubtful("1.50-", low: false, high: false),
    Doubtful("'a' --b", low: false, high: true),
    Doubtful("'a' --sp_password", low: true, high: true),
    Doubtful("' or '", low: true, high: true),
    Doubtful("'a' or 'b'", low: false, high: true),
    Doubtful("1 and 2", low: false, high: true),
    Doubtful("1 and 2=2", low: true, high: true),
    Doubtful("a where b", low: false, high: false),
    Doubtful("a into dumpfile b", low: true, high: true),
  ]

  @Test(arguments: doubtful) func doubt(_ test: Doubtful) {
    #expect((findAttack(test.value, .low) != nil) == test.low)
    #expect((findAttack(test.value, .high) != nil) == test.high)
  }

  private func findAttack(
    _ value: String, _ sensitivity: SQLInjectionDetector.Sensitivity
  ) -> SQLInjectionFinding? {
    SQLInjectionDetector.findAttack(in: Array(value.utf8).span, sensitivity: sensitivity)
  }
}
