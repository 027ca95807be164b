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
    case .keyword: "keyword"
    case .union: "union"
    case .grouping: "grouping"
    case .expression: "expression"
    case .typeName: "type"
    case .function: "function"
    case .name: "name"
    case .number: "number"
    case .variable: "variable"
    case .string: "string"
    case .operator: "operator"
    case .logic: "logic operator"
    case .comment: "comment"
    case .collate: "collate"
    case .leftParenthesis: "left parenthesis"
    case .rightParenthesis: "right parenthesis"
    case .leftBrace: "left brace"
    case .rightBrace: "right brace"
    case .dot: "dot"
    case .comma: "comma"
    case .colon: "colon"
    case .semicolon: "semicolon"
    case .statement: "statement"
    case .executableComment: "executable comment"
    case .unknown: "unknown"
    case .backslash: "backslash"
    }
  }

  /// The kind as one letter, for shapes in documentation and tests: `s&1` is a string, a logic
  /// operator and a number.
  package var letter: UInt8 {
    switch self {
    case .keyword: UInt8(ascii: "k")
    case .union: UInt8(ascii: "U")
    case .grouping: UInt8(ascii: "B")
    case .expression: UInt8(ascii: "E")
    case .typeName: UInt8(ascii: "t")
    case .function: UInt8(ascii: "f")
    case .name: UInt8(ascii: "n")
    case .number: UInt8(ascii: "1")
    case .variable: UInt8(ascii: "v")
    case .string: UInt8(ascii: "s")
    case .operator: UInt8(ascii: "o")
    case .logic: UInt8(ascii: "&")
    case .comment: UInt8(ascii: "c")
    case .collate: UInt8(ascii: "A")
    case .leftParenthesis: UInt8(ascii: "(")
    case .rightParenthesis: UInt8(ascii: ")")
    case .leftBrace: UInt8(ascii: "{")
    case .rightBrace: UInt8(ascii: "}")
    case .dot: UInt8(ascii: ".")
    case .comma: UInt8(ascii: ",")
    case .colon: UInt8(ascii: ":")
    case .semicolon: UInt8(ascii: ";")
    case .statement: UInt8(ascii: "T")
    case .executableComment: UInt8(ascii: "X")
    case .unknown: UInt8(ascii: "?")
    case .backslash: UInt8(ascii: "\\")
    }
  }
}
