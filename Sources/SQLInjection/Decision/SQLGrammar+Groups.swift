extension SQLGrammar {
  /// The rules of low sensitivity.
  static let groups: [Group] = [
    Group(.trailingComment, trailingComment),
    Group(.logic, logic),
    Group(.closedParenthesis, closedParenthesis),
    Group(.comparison, comparison + comparisonContinued),
    Group(.union, union),
    Group(.stackedStatement, stackedStatement),
    Group(.query, query),
    Group(.expression, expression),
    Group(.statement, statement),
    Group(.keywordClause, keywordClause),
    Group(.functionCall, functionCall),
    Group(.argumentList, argumentList),
    Group(.grouping, grouping),
    Group(.operatorFragment, operatorFragment),
    Group(.juxtaposition, juxtaposition),
    Group(.keywordCall, keywordCall),
  ]
}

// MARK: - High sensitivity

extension SQLGrammar {
  /// The rules that high sensitivity adds.
  ///
  /// AWS says that high sensitivity "detects more attacks" at the price of more false positives; what
  /// it looks for is not published. These are beginnings of SQL that an attack would have to
  /// complete, and that prose seldom writes.
  ///
  /// Source: SQL injection attack rule statement (documented); the rules are assumed (Q22).
  static let highGroups: [Group] = [
    Group(
      .unfinishedQuery,
      [
        Pattern(.expression, [.operand, .operator], .keyword, [.operand, .open, .function]),
        Pattern(.expression, .function, .open),
        Pattern(.union, .expression, [.term, .operator, .keyword]),
        Pattern(.operand, .union, .expression),
        Pattern(.operand, .semicolon, [.statement, .expression]),
        Pattern(.operand, .semicolon, .function, .open),
        Pattern(.value, .semicolon, .comment),
        Pattern(.value, .expression, [.value, .open, .operator]),
        Pattern(.operand, .grouping, .open, .expression),
        Pattern(.operand, .logic, .expression),
        Pattern(.value, .logic, .name, .open),
        Pattern(.operand, .close, .union, .expression),
      ]),
    Group(
      .conditionFragment,
      [
        Pattern(.logic, .value, [.end, .comment, .operator, .semicolon]),
        Pattern(.logic, .operand, .operator, .term),
        Pattern(.logic, .function, .open),
        Pattern(.logic, .open, [.term, .expression]),
      ]),
  ]

  /// What high sensitivity takes for an attack behind a quote that the value closes: an operator, a
  /// further condition, a parenthesis, a statement.
  static let quoteBreakout: [Pattern] = [
    Pattern(.string, [.operator, .logic], [.term, .expression]),
    Pattern(.string, .close, [.operator, .logic, .semicolon, .union, .keyword, .comment]),
    Pattern(.string, [.union, .grouping], .anything),
    Pattern(.string, .keyword, [.open, .string, .number]),
  ]
}
