// How the condition around a value is left.

extension SQLGrammar {
  /// `1 -- `, `1) #`: what hides the rest of the query.
  static let trailingComment: [Pattern] = [
    Pattern(.operand, .comment, .end),
    Pattern(.value, .close, .comment, .end),
  ]

  /// `1 OR 1=1`: a further condition. Two names, or a name and what folds to one, are prose.
  static let logic: [Pattern] = [
    Pattern(.number, .logic, .value, .end),
    Pattern(.name, .logic, [.number, .variable], .end),
    Pattern([.string, .variable], .logic, .operand, .end),
    Pattern(.operand, .logic, .operand, [.logic, .operator, .keyword, .grouping], .term),
    Pattern(.operand, .logic, .operand, .semicolon, [.expression, .statement, .comment]),
    Pattern(.operand, .logic, .value, .semicolon, .end),
    Pattern(.value, .logic, .name, .semicolon, .end),
    Pattern(.operand, .logic, .operand, .union, [.open, .expression, .semicolon, .comment, .end]),
    Pattern(.operand, .logic, .operand, .close, [.logic, .operator, .union, .comment]),
    Pattern(.operand, .logic, .operand, .function, .open),
    Pattern(.operand, .logic, .operand, .expression, [.name, .keyword]),
    Pattern(.value, .logic, .operand, .statement, .name),
    Pattern(.operand, .logic, .value, .comment, .end),
    Pattern(.value, .logic, .name, .comment, .end),
    Pattern(.operand, .logic, .string, [.number, .variable], [.semicolon, .comment, .end]),
    Pattern(.operand, .logic, .variable, .string, [.semicolon, .comment, .end]),
    Pattern(.operand, .logic, [.string, .variable], .variable, .operator),
    Pattern(.operand, .logic, .variable, .string, .operator),
    Pattern(.operand, .logic, .function, .open, [.term, .expression, .close]),
    Pattern(.operand, .logic, .open, .function, .open),
    Pattern(.operand, .logic, .open, .operand, [.logic, .operator, .close, .comma]),
    Pattern(.operand, .logic, .open, .expression, [.term, .operator, .keyword]),
    Pattern(.operand, .logic, .expression, .keyword, [.term, .operator]),
    Pattern(
      .operand, .logic, .expression, .operand, [.operator, .keyword, .semicolon, .comment, .end]),
    Pattern(.operand, .logic, .expression, .function, .open),
    Pattern(.operand, .logic, .expression, .open, [.term, .operator]),
    Pattern(.operand, .logic, .keyword, .operand, .operator),
    Pattern(.operand, .logic, .keyword, .function, .open),
    Pattern(.operand, .logic, .keyword, [.open, .logic, .operator], .term),
    Pattern(.operand, .logic, .keyword, .name, .keyword),
    Pattern(.operand, .logic, .keyword, .comment, .end),
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
    Pattern(.operand, .close, .keyword, .union, .expression),
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
    Pattern(.name, .close, .operator, [.string, .variable], .end),
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
    Pattern(.string, .operator, [.string, .variable], .end),
    Pattern(.number, .operator, .variable, .end),
    Pattern(.variable, .operator, .string, .end),
    Pattern(.value, .operator, [.string, .variable], .semicolon, .name),
    Pattern(.string, .operator, [.number, .name], .semicolon, .name),
    Pattern(.operand, .operator, [.string, .variable], .comment, .end),
    Pattern(.string, .operator, .number, .comment, .end),
    Pattern(.operand, .operator, [.string, .variable], .open, [.union, .expression]),
    Pattern(.string, .operator, .name, .open, [.value, .function, .union, .expression]),
    Pattern(.string, .operator, .number, .open, [.union, .expression]),
    Pattern(
      .operand, .operator, .string, .number, [.name, .string, .variable, .function, .open, .union]),
    Pattern(
      .operand, .operator, .string, .variable, [.string, .function, .open, .operator, .union]),
    Pattern(
      [.string, .operator], .operator, .number, .variable,
      [.string, .function, .open, .operator, .union]),
    Pattern(
      .operand, .operator, .variable, .string,
      [.number, .variable, .function, .open, .operator, .union]),
    Pattern(
      .operand, .operator, .variable, .operator, [.string, .function, .open, .keyword, .union]),
    Pattern(.string, .operator, .name, .number, [.variable, .open, .operator, .union]),
    Pattern(.string, .operator, .number, .string, [.variable, .union]),
    Pattern(.string, .operator, .number, .name, [.open, .logic, .union, .expression, .comma]),
    Pattern(.operand, .operator, .function, .open, [.term, .expression, .close]),
    Pattern(.operand, .operator, .open, .expression, [.term, .operator, .keyword]),
    Pattern(.operand, .operator, .open, .function, .open),
    Pattern(.operand, .operator, .open, .operand, [.logic, .operator, .close, .comma]),
    Pattern(.operand, .operator, .keyword, [.open, .logic, .operator], .term),
    Pattern(.operand, .operator, .keyword, .function, .open),
    Pattern(.operand, .operator, .keyword, .value, [.operator, .comment]),
    Pattern(.operand, .operator, .keyword, .name, .comment),
    Pattern(.operand, .operator, .union, .open, .expression),
    Pattern(.operand, .operator, .union, .expression, [.name, .keyword]),
  ]

  /// What may follow such a comparison: a string on its right side or on its left, or a variable on
  /// its right.
  static let comparisonContinued: [Pattern] = [
    Pattern(
      .operand, .operator, [.string, .variable], .logic, [.term, .keyword, .union, .expression]),
    Pattern(.string, .operator, [.number, .name], .logic, [.term, .keyword, .union, .expression]),
    Pattern(.operand, .operator, [.string, .variable], .grouping, [.term, .expression]),
    Pattern(.string, .operator, [.number, .name], .grouping, [.term, .expression]),
    Pattern(
      .operand, .operator, [.string, .variable], .union,
      [
        .value, .function, .open, .operator, .keyword, .expression, .statement, .semicolon,
        .comment, .end,
      ]),
    Pattern(
      .string, .operator, [.number, .name], .union,
      [
        .value, .function, .open, .operator, .keyword, .expression, .statement, .semicolon,
        .comment, .end,
      ]),
    Pattern(.operand, .operator, [.string, .variable], .collate, [.term, .statement]),
    Pattern(.string, .operator, [.number, .name], .collate, [.term, .statement]),
    Pattern(
      .operand, .operator, [.string, .variable], .expression, [.term, .operator, .keyword, .union]),
    Pattern(
      .string, .operator, [.number, .name], .expression, [.term, .operator, .keyword, .union]),
    Pattern(
      .operand, .operator, [.string, .variable], .statement, [.term, .expression, .statement]),
    Pattern(.string, .operator, [.number, .name], .statement, [.term, .expression, .statement]),
    Pattern(
      .operand, .operator, [.string, .variable], .keyword, [.term, .grouping, .union, .close]),
    Pattern(.string, .operator, [.number, .name], .keyword, [.term, .grouping, .union, .close]),
    Pattern(
      .operand, .operator, [.string, .variable], .close,
      [
        .function, .logic, .operator, .keyword, .grouping, .union, .expression, .comma, .semicolon,
        .comment,
      ]),
    Pattern(
      .string, .operator, [.number, .name], .close,
      [
        .function, .logic, .operator, .keyword, .grouping, .union, .expression, .comma, .semicolon,
        .comment,
      ]),
    Pattern(.operand, .operator, [.string, .variable], .comma, [.function, .open]),
    Pattern(.string, .operator, [.number, .name], .comma, [.function, .open]),
    Pattern(.operand, .operator, [.string, .variable], .function, .open),
    Pattern(.string, .operator, [.number, .name], .function, .open),
    Pattern(
      .operand, .operator, [.string, .variable], .semicolon,
      [.expression, .statement, .comment, .end]),
    Pattern(
      .string, .operator, [.number, .name], .semicolon, [.expression, .statement, .comment, .end]),
  ]
}
