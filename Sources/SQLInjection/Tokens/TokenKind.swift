/// What a token of SQL is: the alphabet in which the decision is written.
///
/// The classes are those of the literature on token fingerprints: fine enough to tell a query from
/// prose, coarse enough that a name or a number stands for all others.
package enum TokenKind: UInt8, Hashable, Sendable, CaseIterable {
  /// A word of the language that none of the other kinds names: FROM, WHERE, INTO.
  case keyword
  /// UNION, INTERSECT, EXCEPT.
  case union
  /// What groups, orders or limits rows: ORDER BY, GROUP BY, HAVING, LIMIT.
  case grouping
  /// What begins an expression or a query: SELECT, CASE, INSERT, UPDATE.
  case expression
  /// The name of a data type or of a character set.
  case typeName
  case function
  /// A name: any word that the dialects do not know, quoted names included.
  case name
  case number
  case variable
  case string
  case `operator`
  /// AND, OR, XOR, `&&`, `||`.
  case logic
  case comment
  case collate
  case leftParenthesis
  case rightParenthesis
  case leftBrace
  case rightBrace
  case dot
  case comma
  case colon
  case semicolon
  /// What begins a statement that stands on its own: DROP, EXEC, DECLARE.
  case statement
  /// What only an attack writes: a comment in a comment, a comment that MySQL executes.
  case executableComment
  case unknown
  case backslash

  /// The kind in words, as a verdict names it.
  package var name: String {
    switch self {
    case .typeName: "type"
    case .logic: "logic operator"
    case .leftParenthesis: "left parenthesis"
    case .rightParenthesis: "right parenthesis"
    case .leftBrace: "left brace"
    case .rightBrace: "right brace"
    case .executableComment: "executable comment"
    case .keyword, .union, .grouping, .expression, .function, .name, .number, .variable, .string,
      .operator, .comment, .collate, .dot, .comma, .colon, .semicolon, .statement, .unknown,
      .backslash:
      "\(self)"
    }
  }

  /// The kind as one letter, for shapes in documentation and tests: `s&1` is a string, a logic
  /// operator and a number.
  package var letter: UInt8 {
    Self.letters[Int(rawValue)]
  }

  /// `kUBEtfn1vso&cA(){}.,:;TX?\`, in the order of the cases.
  private static let letters: [26 of UInt8] = [
    0x6B, 0x55, 0x42, 0x45, 0x74, 0x66, 0x6E, 0x31, 0x76, 0x73, 0x6F, 0x26, 0x63, 0x41, 0x28, 0x29,
    0x7B, 0x7D, 0x2E, 0x2C, 0x3A, 0x3B, 0x54, 0x58, 0x3F, 0x5C,
  ]
}
