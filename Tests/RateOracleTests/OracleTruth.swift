/// A three-valued truth (Kleene), as the oracle has it.
enum Truth: Hashable {
  case no, yes, open

  init(_ holds: Bool) { self = holds ? .yes : .no }

  static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .no: .yes
    case .yes: .no
    case .open: .open
    }
  }

  static func && (left: Truth, right: Truth) -> Truth {
    if left == .no || right == .no { return .no }
    return left == .yes && right == .yes ? .yes : .open
  }

  static func || (left: Truth, right: Truth) -> Truth { !(!left && !right) }
}

/// The levels at which an answer of these web ACLs can come.
enum OracleLevel: String, CaseIterable {
  case exact, approximate, assumed
}
