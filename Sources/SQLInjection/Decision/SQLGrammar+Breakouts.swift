// How the condition around a value is left.

extension SQLGrammar {
  /// `1 -- `, `1) #`: what hides the rest of the query.
  static let trailingComment: [Pattern] = [
    Pattern(.operand, .comment, .end),
    Pattern(.value, .close, .comment, .end),
  ]

  /// A further condition, as in `1 OR 1=1`; two names with AND between are prose.
  static let logic: [Pattern] = [
    Pattern(.number, .logic, .value, .end),
    Pattern(.name, .logic, [.number, .variable], .end),
    Pattern(.unfoldable, .logic, .operand, .end),
    Pattern(.operand, .logic, .operand, [.logic, .operator, .keyword, .grouping], .term),
    Pattern(.operand, .logic, .operand, .semicolon, [.expression, .statement, .comment]),
    Pattern(.operand, .logic, .value, .semicolon, .end),
    Pattern(.value, .logic, .name, .semicolon, .end),
    Pattern(.operand, .logic, .operand, .union, [.open, .expression, .semicolon, .comment, .end]),
    Pattern(.operand, .logic, .operand, .close, [.logic, .operator, .union, .comment]),
    Pattern(.operand, .logic, .operand, .function, .open),
    Pattern(.operand, .logic, .operand, .expression, [.name, .keyword]),
    Pattern(.operand, .logic, .value, .comment, .end),
    Pattern(.value, .logic, .name, .comment, .end),
    Pattern(.operand, .logic, .string, [.number, .variable], [.semicolon, .comment, .end]),
    Pattern(.operand, .logic, .variable, .string, [.semicolon, .comment, .end]),
    Pattern(.operand, .logic, .variable, .string, .operator),
    Pattern(.operand, .logic, .function, .open, [.term, .expression, .close]),
    Pattern(.operand, .logic, .open, .function, .open),
    Pattern(.operand, .logic, .open, .operand, [.logic, .operator, .close, .comma]),
    Pattern(.operand, .logic, .open, .expression, [.term, .operator, .keyword]),
    Pattern(.operand, .logic, .expression, .keyword, [.term, .operator]),
    Pattern(
      .operand, .logic, .expression, .operand, [.operator, .keyword, .semicolon, .comment, .end]),
    Pattern(.operand, .logic, .expression, .open, [.term, .operator]),
    Pattern(.operand, .logic, .keyword, .operand, .operator),
    Pattern(.operand, .logic, .keyword, .function, .open),
    Pattern(.operand, .logic, .keyword, [.open, .logic, .operator], .term),
    Pattern(.operand, .logic, .keyword, .name, .keyword),
    Pattern(.value, .logic, .operand, .statement, .name),
  ]

  /// `1) OR (1=1`: the value closes a parenthesis that stands in the query.
  static let closedParenthesis: [Pattern] = [
    Pattern(.operand, .close, .logic, .open, [.term, .expression]),
    Pattern(.operand, .close, .logic, .function, .open),
    Pattern(
      .operand, .close, .logic, .operand,
      [.function, .logic, .operator, .grouping, .union, .close, .semicolon, .comment, .end]),
    Pattern(.operand, .close, .keyword, .open, .term),
    Pattern(.operand, .close, .keyword, .function, .open),
    Pattern(.operand, .close, .keyword, .grouping, .term),
    Pattern(
      .operand, .close, .keyword, .value,
      [.logic, .operator, .grouping, .union, .expression, .semicolon]),
    Pattern(
      .operand, .close, .keyword, .name,
      [.logic, .keyword, .grouping, .union, .expression, .semicolon, .comment]),
    Pattern(.operand, .close, .union, .open, .expression),
    Pattern(.operand, .close, .union, .expression, [.term, .keyword]),
    Pattern(
      .operand, .close, .semicolon, [.expression, .statement], [.term, .operator, .keyword]),
    Pattern(.operand, .close, .expression, .operand, [.operator, .comment]),
    Pattern(.operand, .close, .expression, [.open, .keyword], .term),
    Pattern(.operand, .close, .expression, .function, .open),
    Pattern(.operand, .close, .operator, .open, [.term, .expression]),
    Pattern(.operand, .close, .operator, .function, .open),
    Pattern(
      .operand, .close, .operator, .operand,
      [.logic, .keyword, .grouping, .union, .close, .semicolon, .comment]),
    Pattern(.value, .close, .operator, .value, .end),
    Pattern(.name, .close, .operator, .unfoldable, .end),
    Pattern(.operand, .close, .function, .open, .function),
    Pattern(.operand, .close, .grouping, .open, .term),
    Pattern(.operand, .close, .grouping, .function, .open),
    Pattern(
      .operand, .close, .grouping, .operand,
      [.logic, .operator, .keyword, .union, .semicolon, .comment, .end]),
    Pattern(.operand, .close, .comma, .open, .term),
  ]

  /// `' = '`: a comparison that does not fold to its first operand, as strings do not.
  static let comparison: [Pattern] = [
    Pattern(.string, .operator, .unfoldable, .end),
    Pattern(.number, .operator, .variable, .end),
    Pattern(.variable, .operator, .string, .end),
    Pattern(.string, .operator, [.number, .name], .semicolon, .name),
    Pattern(.operand, .operator, .unfoldable, .comment, .end),
    Pattern(.string, .operator, .number, .comment, .end),
    Pattern(.operand, .operator, .unfoldable, .open, [.union, .expression]),
    Pattern(.string, .operator, .name, .open, [.value, .function, .union, .expression]),
    Pattern(
      .operand, .operator, .string, .number, [.name, .string, .variable, .function, .open, .union]),
    Pattern(
      .operand, .operator, .variable, .string,
      [.number, .variable, .function, .open, .operator, .union]),
    Pattern(
      .operand, .operator, .variable, .operator, [.string, .function, .open, .keyword, .union]),
    Pattern(.string, .operator, .number, .name, [.open, .logic, .union, .expression, .comma]),
    Pattern(.operand, .operator, .function, .open, [.term, .expression, .close]),
    Pattern(.operand, .operator, .open, .expression, [.term, .operator, .keyword]),
    Pattern(.operand, .operator, .open, .function, .open),
    Pattern(.operand, .operator, .open, .operand, [.logic, .operator, .close, .comma]),
    Pattern(.operand, .operator, .keyword, [.open, .logic, .operator], .term),
    Pattern(.operand, .operator, .keyword, .value, [.operator, .comment]),
    Pattern(.operand, .operator, .keyword, .name, .comment),
    Pattern(.operand, .operator, .union, .open, .expression),
    Pattern(.string, .operator, .name, .number, [.variable, .open, .operator, .union]),
    Pattern(.operand, .operator, .keyword, .function, .open),
  ]

  /// What may follow such a comparison: a string on its right side or on its left, or a variable on
  /// its right.
  static let comparisonContinued: [Pattern] = comparisonTails.flatMap { fourth, fifth in
    [
      Pattern(.operand, .operator, .unfoldable, fourth, fifth),
      Pattern(.string, .operator, [.number, .name], fourth, fifth),
    ]
  }

  private static let comparisonTails: [(KindSet, KindSet)] = [
    (.logic, [.term, .keyword, .union, .expression]),
    (.grouping, [.term, .expression]),
    (
      .union,
      [
        .value, .function, .open, .operator, .keyword, .expression, .statement, .semicolon,
        .comment, .end,
      ]
    ),
    (.expression, [.term, .operator, .keyword, .union]),
    (.statement, [.term, .expression, .statement]),
    (.keyword, [.term, .grouping, .union, .close]),
    (
      .close,
      [
        .function, .logic, .operator, .keyword, .grouping, .union, .expression, .comma, .semicolon,
        .comment,
      ]
    ),
    (.comma, [.function, .open]),
    (.function, .open),
    (.collate, [.term, .statement]),
    (.semicolon, [.expression, .statement, .comment, .end]),
  ]
}
