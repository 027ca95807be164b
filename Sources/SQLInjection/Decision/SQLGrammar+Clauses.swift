// Clauses, calls and fragments.

extension SQLGrammar {
  /// `1 INTO OUTFILE 'x'`, `1 WHERE x AND …`.
  static let keywordClause: [Pattern] = [
    Pattern(.operand, .keyword, .operand, .end),
    Pattern(.operand, .keyword, .value, .comment, .end),
    Pattern(.value, .keyword, .name, .comment, .end),
    Pattern(.operand, .keyword, .value, .logic, .term),
    Pattern(.value, .keyword, .name, .logic, .term),
    Pattern(.operand, .keyword, .operand, .grouping, .term),
    Pattern(.operand, .keyword, .operand, .union, [.open, .expression]),
    Pattern(.operand, .keyword, .value, .semicolon, [.expression, .statement, .comment]),
    Pattern(.operand, .keyword, .name, .semicolon, [.expression, .statement, .comment]),
    Pattern(.unfoldable, .keyword, .operand, .semicolon, .end),
    Pattern(.name, .keyword, .string, .semicolon, .end),
    Pattern(.operand, .keyword, .value, .operator, .term),
    Pattern(.operand, .keyword, .value, .expression, .term),
    Pattern(.value, .keyword, .name, .expression, .term),
    Pattern(.operand, .keyword, .close, [.logic, .grouping, .expression], .term),
    Pattern(.operand, .keyword, .close, .operator, [.function, .open]),
    Pattern(.operand, .keyword, .close, .union, .expression),
    Pattern(.operand, .keyword, .close, .semicolon, [.expression, .statement]),
    Pattern(.operand, .keyword, .close, .function, .open),
    Pattern(.unfoldable, .keyword, .open, .operand, [.operator, .close]),
    Pattern(.operand, .keyword, .open, .function, .open),
    Pattern(.operand, .keyword, .function, .open, [.term, .close]),
    Pattern(.operand, .keyword, .union, .expression, .term),
  ]

  /// `sleep(5)`, `1 sleep(5)`: with arguments that folding leaves, and what follows them.
  static let functionCall: [Pattern] = [
    Pattern(.operand, .function, .open, .value, [.operator, .close]),
    Pattern(.value, .function, .open, .number, .name),
    Pattern(.value, .function, .open, .name, .close),
    Pattern(.operand, .function, .open, .name, [.operator, .comma]),
    Pattern(.operand, .function, .open, .function, .open),
    Pattern(.operand, .function, .open, .expression, [.term, .keyword]),
    Pattern(
      .operand, .function, .open, .close, [.operand, .function, .operator, .keyword, .union]),
    Pattern(.function, .open, .operand, .close, .anything),
    Pattern(.function, .open, .operand, .comma, [.function, .open]),
    Pattern(.function, .open, .operand, .logic, .term),
    Pattern(.function, .open, .operand, .operator, [.string, .variable, .function, .open]),
    Pattern(.function, .open, .function, .open, [.term, .expression, .close]),
    Pattern(.function, .open, .expression, .operand, [.logic, .operator, .keyword, .close]),
    Pattern(.function, .open, .expression, [.open, .function, .keyword], [.term, .expression]),
    Pattern(.function, .open, .close, .union, [.open, .expression, .semicolon, .comment, .end]),
    Pattern(.function, .open, .close, .comment, .end),
    Pattern(
      .function, .open, .close,
      [
        .operand, .function, .logic, .operator, .keyword, .grouping, .expression, .collate,
        .statement, .comma, .semicolon,
      ], [.term, .operator, .keyword, .union, .statement]),
    Pattern(.expression, .function, .open, [.function, .expression], .term),
    Pattern(.expression, .function, .open, .operator, .close),
    Pattern(.expression, .function, .open, .operand, [.logic, .operator, .close, .comma]),
    Pattern(
      .expression, .function, .open, .close,
      [.operand, .function, .logic, .operator, .keyword, .grouping, .union, .comma, .semicolon]),
  ]

  /// `1, (SELECT …)`: a further column.
  static let argumentList: [Pattern] = [
    Pattern(.operand, .comma, .function, .open, [.term, .close]),
    Pattern(.operand, .comma, .open, .expression, [.term, .keyword]),
    Pattern(.operand, .comma, .open, .function, .open),
    Pattern(.operand, .comma, .open, .operand, [.operator, .close]),
  ]

  /// `1 ORDER BY 3`: the count of columns, or a condition in HAVING.
  static let grouping: [Pattern] = [
    Pattern(.value, .grouping, .operand, .end),
    Pattern(.name, .grouping, .value, .end),
    Pattern(.operand, .grouping, .operand, .comment, .end),
    Pattern(.operand, .grouping, .operand, [.logic, .operator, .keyword, .grouping], .term),
    Pattern(.operand, .grouping, .operand, .semicolon, [.comment, .end]),
    Pattern(.operand, .grouping, .operand, .comma, [.function, .open]),
    Pattern(.operand, .grouping, .operand, .union, [.open, .expression]),
    Pattern(.operand, .grouping, .function, .open, [.term, .close]),
    Pattern(.operand, .grouping, .open, .value, [.operator, .close]),
    Pattern(.operand, .grouping, .open, .name, .operator),
    Pattern(.operand, .grouping, .open, .function, .open),
    Pattern(.operand, .grouping, .expression, .keyword, .open),
    Pattern(.operand, .grouping, .expression, .open, .term),
  ]

  /// `AND sleep(5)`, `'(SELECT count(`: a condition whose start stands in the query.
  static let operatorFragment: [Pattern] = [
    Pattern(.logic, .function, .open, .operand, [.operator, .close]),
    Pattern(.logic, .function, .open, .close, .operator),
    Pattern(.logic, .function, .open, .function, .open),
    Pattern(.logic, .operand, .operator, .function, .open),
    Pattern(.logic, .operand, .operator, .open, .term),
    Pattern(.logic, .operand, .operator, .variable, [.string, .function, .operator]),
    Pattern(.logic, .operand, .union, .expression),
    Pattern(.logic, .open, .operand, .close, .operator),
    Pattern(.logic, .open, .operand, .operator, .term),
    Pattern(.logic, .open, .function, .open, [.term, .close]),
    Pattern(.value, .open, .expression, .function, .open),
    Pattern(.value, .open, .expression, .keyword, [.name, .function]),
    Pattern(.string, .open, .expression, .name, .keyword),
    Pattern(.close, .logic, .open, .expression, [.keyword, .name]),
    Pattern(.logic, .operand, .operator, .operand, [.union, .open, .function]),
  ]

  /// `'a' @b`: what the quotes of the query leave of an attack.
  static let juxtaposition: [Pattern] = [
    Pattern(.number, .string, .variable, [.operator, .semicolon, .comment, .end]),
    Pattern(.number, .variable, .string, [.semicolon, .comment, .end]),
    Pattern([.name, .string], .number, .unfoldable, [.semicolon, .comment]),
    Pattern(.string, .number, .variable, [.operator, .semicolon, .comment, .end]),
    Pattern(.name, .number, .operator, .function),
    Pattern(.name, .number, .operator, .open),
    Pattern(.number, .name, .comma, .function),
    Pattern(.expression, .number, .variable, [.semicolon, .comment, .end]),
    Pattern(.expression, .variable, .name, [.semicolon, .comment, .end]),
    Pattern(.expression, .string, [.number, .variable], [.semicolon, .comment, .end]),
    Pattern([.number, .string], .value, .function, .open),
  ]

  /// `FROM (x) WHERE`, `EXEC (x) +`.
  static let keywordCall: [Pattern] = [
    Pattern(.keyword, .open, .operand, .close, [.operator, .keyword, .comma]),
    Pattern(.keyword, .open, .function, .open, [.term, .close]),
    Pattern(.keyword, .function, .open, .operand, [.operator, .close]),
    Pattern(.keyword, .function, .open, .close, [.operator, .keyword, .comma]),
    Pattern(.keyword, .function, .open, .function, .open),
    Pattern(.statement, .function, .open, [.term, .close]),
    Pattern(.statement, .open, .operand, [.close, .operator], [.operator, .term]),
    Pattern(.keyword, .open, .operand, .operator, .term),
    Pattern(.keyword, .operand, [.operator, .comma], .function, .open),
  ]
}
