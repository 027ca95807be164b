/// The values that a web ACL and its records share, so that rules really match.
struct Scene {
  /// A few values made of the pieces that transformations and parsers care for.
  let values: [[UInt8]]

  init(dice: inout Dice) {
    var values: [[UInt8]] = []
    for _ in 0..<7 {
      if dice.chance(35) {
        values.append(Array(dice.pick(Vocabulary.plainValues).utf8))
        continue
      }
      var value: [UInt8] = []
      for _ in 0..<dice.count(1...5) { value += dice.pick(Self.pieces) }
      values.append(value)
    }
    self.values = values
  }

  private static let pieces: [[UInt8]] =
    [
      "a", "b", "x", "1", "admin", "Red", "BadBot", "A", " ", "  ", "\t", "\n", "\r\n", "+", "-",
      "_",
      "%41", "%2f", "%2E", "%2541", "%u0041", "%uff1c", "%U0042", "%", "%4", "%u00", "&", "=", ";",
      ",", "&lt;", "&#x3c;", "&#60", "&#X4e00;", "&apos;", "&lt", "&nbsp;", "&Tab;", "&amp;lt;",
      "\\x41", "\\u0041", "\\uff1e", "\\101", "\\0101", "\\n", "\\q", "\\\\", "\\", "\\'", "\\/",
      "\\61 ", "\\0061", "\\ff1c", "\\00ff41", "\\123456", "/*", "*/", "/", "--", "#", "..", ".",
      "./",
      "../", "//", "^", "\"", "'", "`", "(", "c:\\\\x", "^\r\n", "0x4142", "0x4", "0X6", "4142",
      "QUJD", "QQ==", "=", "YWRtaW4", "é", "日", "😀", "[", "]", "{", "}", ":", "http://", "\u{b}",
    ].map { Array($0.utf8) } + [[0], [0, 0], [0xa0], [0xff], [0xc3], [0xe6, 0x97]]
}
