// Queries and statements.

extension SQLGrammar {
  /// `1 UNION SELECT …`, and a UNION at the start of the value.
  static let union: [Pattern] = [
    Pattern([.number, .variable], .union, .end),
    Pattern(.operand, .union, .open, .expression, [.term, .keyword]),
    Pattern(.operand, .union, .open, .operand, [.operator, .close]),
    Pattern(
      .operand, .union, .expression, .operand,
      [
        .string, .function, .open, .logic, .operator, .keyword, .grouping, .union, .close, .comma,
        .semicolon, .comment, .end,
      ]),
    Pattern(.operand, .union, .expression, .value, .variable),
    Pattern(.operand, .union, .expression, .variable, [.name, .string]),
    Pattern(.operand, .union, .expression, .number, .name),
    Pattern(.operand, .union, .expression, .function, [.open, .comma, .semicolon, .comment, .end]),
    Pattern(
      .operand, .union, .expression, .keyword, [.term, .operator, .semicolon, .comment, .end]),
    Pattern(.operand, .union, .expression, .open, [.term, .operator, .expression]),
    Pattern(.operand, .union, .expression, [.semicolon, .comment], [.comment, .end]),
    Pattern(.operand, .union, .expression, .end),
    Pattern(.operand, .union, .comment, .end),
    Pattern(.operand, .union, .semicolon, [.comment, .end]),
    Pattern(.operand, .union, .value, [.comma, .comment]),
    Pattern(.operand, .union, .function, .open),
    Pattern(.union, .expression, .value, .end),
    Pattern(.union, .expression, .operand, [.operator, .keyword], .term),
    Pattern(.union, .expression, .operand, .comma, [.function, .open]),
    Pattern(.union, .expression, .value, .semicolon, [.comment, .end]),
    Pattern(.union, .expression, .operand, .comment, .end),
    Pattern(
      .union, .expression, .keyword, .value,
      [.operator, .keyword, .comma, .semicolon, .comment, .end]),
    Pattern(.union, .expression, .open, .operand, [.operator, .close, .comma]),
    Pattern(.union, .expression, .function, .open, [.term, .close]),
    Pattern(.close, .union, .expression, .operand, [.operator, .keyword]),
    Pattern(.close, .union, .expression, [.open, .keyword], .term),
    Pattern(.close, .union, .expression, .function, .open),
    Pattern(.union, .open, .expression, .operand, [.operator, .close]),
    Pattern(.union, .open, .expression, .name, .keyword),
    Pattern(.union, .open, .expression, [.open, .keyword], .term),
    Pattern(.union, .open, .expression, .function, .open),
    Pattern(.operand, .union, .expression, .operator, [.name, .keyword]),
    Pattern(.operand, .union, .operator, .open),
    Pattern(.operand, .union, .open, .function, .open),
  ]

  /// `1; DROP TABLE x`: a second statement.
  static let stackedStatement: [Pattern] = [
    Pattern(.operand, .semicolon, .expression, .keyword, [.term, .operator]),
    Pattern(
      .operand, .semicolon, .expression, .operand,
      [.operator, .keyword, .statement, .comma, .semicolon, .comment]),
    Pattern(.operand, .semicolon, .expression, .name, .expression),
    Pattern(.operand, .semicolon, .expression, .open, [.term, .expression]),
    Pattern(.operand, .semicolon, .expression, .function, .open),
    Pattern(
      .operand, .semicolon, .statement, .name,
      [.term, .operator, .keyword, .expression, .statement, .comma, .semicolon, .comment]),
    Pattern(
      .operand, .semicolon, .statement, .value,
      [.function, .open, .operator, .keyword, .statement, .comma, .semicolon, .comment]),
    Pattern(.operand, .semicolon, .statement, .keyword, [.value, .function, .open, .operator]),
    Pattern(.value, .semicolon, .statement, .keyword, .name),
    Pattern(.operand, .semicolon, .statement, .open, [.term, .expression, .comment]),
    Pattern(.operand, .semicolon, .statement, [.function, .operator], .open),
    Pattern(.operand, .semicolon, .statement, .semicolon, [.comment, .end]),
    Pattern(.semicolon, .statement, .keyword, .name, .comment),
  ]

  /// `SELECT x FROM y WHERE …`: a query as a value.
  static let query: [Pattern] = [
    Pattern(.expression, .open, .operand, [.operator, .logic, .close]),
    Pattern(.expression, .open, .function, .open, [.term, .expression, .close]),
    Pattern(.expression, .open, .expression, .keyword, .term),
    Pattern(.expression, .operator, .keyword, .open, .expression),
    Pattern(.expression, .operand, .keyword, .function, .open),
    Pattern(.expression, .operand, .keyword, .open, [.term, .expression]),
    Pattern(.expression, .operand, .keyword, .value, [.operator, .keyword, .close]),
    Pattern(
      .expression, [.number, .string], .keyword, .name,
      [.keyword, .union, .close, .semicolon, .comment, .end]),
    Pattern(.expression, .keyword, .number, .variable, [.keyword, .semicolon, .comment]),
    Pattern(.expression, .keyword, .operand, .keyword, [.name, .number]),
    Pattern(.expression, .operand, .operator, .term),
    Pattern(.expression, .operand, [.logic, .grouping], .function, .open),
    Pattern(.expression, .operand, [.logic, .grouping], .operand, [.operator, .close]),
    Pattern(.expression, .operand, .logic, .open, [.term, .expression]),
    Pattern(.expression, .operand, .comma, .function, .open),
    Pattern(.expression, .operand, .comma, .open, .term),
    Pattern(.expression, .value, .function, .open),
    Pattern(.expression, .keyword, .open, [.term, .expression]),
    Pattern(
      .expression, .keyword, .value,
      [.logic, .operator, .keyword, .union, .close, .comma, .semicolon, .comment]),
    Pattern(.expression, .operand, .close),
    Pattern(
      .expression, .operand, .keyword, .name,
      [.grouping, .keyword, .union, .close, .comma, .semicolon, .comment]),
    Pattern(.expression, .open, .expression, .operand, [.logic, .operator, .close]),
    Pattern(.expression, .keyword, .operand, [.logic, .grouping], .term),
    Pattern(.expression, .keyword, .operand, .function, .open),
    Pattern(.expression, .operand, .grouping, .open, .term),
    Pattern(.expression, .operand, .union, [.open, .expression]),
    Pattern(.expression, .name, .open, .value, [.operator, .close]),
    Pattern(.expression, .name, .function, .open),
  ]

  /// `1 SELECT x --`: the start of a query right after an operand.
  static let expression: [Pattern] = [
    Pattern(.operand, .expression, .value, .comment, .end),
    Pattern(.value, .expression, .name, .comment, .end),
    Pattern(.operand, .expression, .operand, .operator, [.term, .keyword]),
    Pattern(.operand, .expression, .operand, .statement, .term),
    Pattern(.operand, .expression, .function, .open, [.term, .close]),
    Pattern(.operand, .expression, .open, .operand, [.operator, .close]),
    Pattern(.operand, .expression, .open, .function, .open),
    Pattern(.operand, .expression, .operator, .keyword, .name),
    Pattern(.operand, .expression, .keyword, .open, .term),
    Pattern(.operand, .expression, .keyword, .function, .open),
    Pattern(.operand, .expression, .keyword, .value, [.operator, .union, .semicolon, .comment]),
    Pattern(.operand, .expression, .union, [.open, .function]),
    Pattern(.operand, .expression, .keyword, .union, .term),
  ]

  /// `1 EXEC x`: a statement that needs no semicolon before it.
  static let statement: [Pattern] = [
    Pattern(.value, .statement, .expression, [.term, .keyword]),
    Pattern(.name, .statement, .expression, .name, [.name, .string, .open, .operator]),
    Pattern(.operand, .statement, .function, .open, [.term, .close]),
    Pattern(.operand, .statement, .name, .name, [.operator, .comment]),
    Pattern(.operand, .statement, .name, [.number, .string], [.operator, .comment]),
    Pattern(.operand, .statement, .name, [.expression, .semicolon], [.term, .statement]),
    Pattern(.operand, .statement, .name, .keyword, .name),
    Pattern(.operand, .statement, .open, .operand, [.operator, .close]),
    Pattern(.operand, .statement, .open, .function, .open),
    Pattern(.operand, .statement, .name, .open, [.value, .function]),
  ]
}
