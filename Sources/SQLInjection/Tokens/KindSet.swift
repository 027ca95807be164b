/// A set of token kinds.
struct KindSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  init(_ kind: TokenKind) {
    rawValue = 1 << UInt32(kind.rawValue)
  }

  func contains(_ kind: TokenKind) -> Bool {
    rawValue & (1 << UInt32(kind.rawValue)) != 0
  }

  static let keyword = KindSet(.keyword)
  static let union = KindSet(.union)
  static let grouping = KindSet(.grouping)
  static let expression = KindSet(.expression)
  static let typeName = KindSet(.typeName)
  static let function = KindSet(.function)
  static let name = KindSet(.name)
  static let number = KindSet(.number)
  static let variable = KindSet(.variable)
  static let string = KindSet(.string)
  static let `operator` = KindSet(.operator)
  static let logic = KindSet(.logic)
  static let comment = KindSet(.comment)
  static let collate = KindSet(.collate)
  static let open = KindSet(.leftParenthesis)
  static let close = KindSet(.rightParenthesis)
  static let comma = KindSet(.comma)
  static let colon = KindSet(.colon)
  static let semicolon = KindSet(.semicolon)
  static let statement = KindSet(.statement)

  /// The end of the sequence.
  static let end = KindSet(rawValue: 1 << 31)
  /// Any kind, or the end.
  static let anything = KindSet(rawValue: .max)

  /// An operand that is no name: a number, a string, a variable.
  static let value: KindSet = [.number, .string, .variable]
  /// What folding leaves on the right of an operator: a string, a variable.
  static let unfoldable: KindSet = [.string, .variable]
  /// What can be compared or returned: a name, a number, a string, a variable.
  static let operand: KindSet = [.name, .value]
  /// What an operand begins with: itself, a function's name or a parenthesis.
  static let term: KindSet = [.operand, .function, .open]
}
