/// Which rule of the decision the tokens of a value met.
package enum SQLInjectionReason: UInt8, Hashable, Sendable, CaseIterable {
  case trailingComment
  case logic
  case closedParenthesis
  case comparison
  case union
  case keywordClause
  case stackedStatement
  case functionCall
  case argumentList
  case grouping
  case expression
  case statement
  case operatorFragment
  case query
  case keywordCall
  case juxtaposition
  case executableComment
  // Of high sensitivity only.
  case unfinishedQuery
  case conditionFragment
  case quoteBreakout
  case revealingFunction
  case shortValue

  /// The rule in one sentence.
  package var explanation: String {
    switch self {
    case .trailingComment:
      "an operand is followed by a comment that hides the rest of the query"
    case .logic:
      "an operand is joined to a further condition by AND, OR or their like"
    case .closedParenthesis:
      "an operand is followed by a closing parenthesis that the value did not open, and by SQL"
    case .comparison:
      "a comparison that is complete in itself continues the query around the value"
    case .union:
      "UNION or its like joins a second query"
    case .keywordClause:
      "an operand is followed by a clause that the query around the value would take as its own"
    case .stackedStatement:
      "a semicolon ends the query, and another statement follows"
    case .functionCall:
      "a function of a database is called where a value should stand"
    case .argumentList:
      "an operand is followed by a further list item that is a call or a subquery"
    case .grouping:
      "an operand is followed by ORDER BY, GROUP BY, HAVING or LIMIT with an argument"
    case .expression:
      "an operand is followed by SELECT, CASE, SET or their like with what belongs to it"
    case .statement:
      "an operand is followed by a statement of its own"
    case .operatorFragment:
      "the value begins in the middle of a condition: with a logic operator or a parenthesis"
    case .query:
      "the value is a query, or begins like one"
    case .keywordCall:
      "a keyword is followed by arguments in parentheses"
    case .juxtaposition:
      "operands stand next to each other as they do around quotes that were opened elsewhere"
    case .executableComment:
      "a comment holds another, or is one that MySQL executes"
    case .unfinishedQuery:
      "a query or a join of queries is begun, though not in a form that is an attack as it stands"
    case .conditionFragment:
      "a condition is joined on that would have to be looked at to be sure"
    case .quoteBreakout:
      "a quote of the query around the value is closed, and an operator follows"
    case .revealingFunction:
      "a function that waits, reads files or reports through errors is called"
    case .shortValue:
      "the tokens are those of an attack, in a value so short that it may be honest"
    }
  }
}
