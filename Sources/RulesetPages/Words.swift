/// Text with literals in it that a Markdown page sets as code.
struct Words: ExpressibleByStringLiteral {
  enum Piece {
    case plain(String)
    /// A name, an address, a part of a request.
    case code(String)
    /// A name that leads to another page.
    case link(String, target: String)
  }

  private(set) var pieces: [Piece]

  init(_ text: String) {
    pieces = [.plain(text)]
  }

  init(stringLiteral text: String) {
    self.init(text)
  }

  static func code(_ text: String) -> Words {
    var words = Words("")
    words.pieces = [.code(text)]
    return words
  }

  static func link(_ text: String, to target: String) -> Words {
    var words = Words("")
    words.pieces = [.link(text, target: target)]
    return words
  }

  static func + (left: Words, right: Words) -> Words {
    var words = left
    words.pieces += right.pieces
    return words
  }

  static func + (left: Words, right: String) -> Words { left + Words(right) }

  /// Several, with a comma between.
  static func list(_ parts: [Words]) -> Words {
    parts.dropFirst().reduce(parts.first ?? "") { $0 + ", " + $1 }
  }

  /// Without marks.
  var plainText: String {
    pieces.map { piece in
      switch piece {
      case .plain(let text), .code(let text), .link(let text, _): text
      }
    }.joined()
  }
}
