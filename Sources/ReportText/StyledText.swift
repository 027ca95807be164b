import Diagnostics

/// A piece of a line, or a whole line: text with roles.
///
/// Every text that enters is made printable first, whoever wrote it, so that no recorded request
/// and no document can send an escape sequence to a terminal.
package struct StyledText: Hashable, Sendable {
  private struct Piece: Hashable {
    var text: String
    var role: TextRole
  }

  private var pieces: [Piece] = []

  package init() {}

  package init(_ text: String, _ role: TextRole = .plain) {
    guard !text.isEmpty else { return }
    pieces = [Piece(text: printable(text), role: role)]
  }

  /// In terminal columns.
  package var width: Int { pieces.reduce(0) { $0 + displayWidth($1.text) } }

  package var isEmpty: Bool { pieces.isEmpty }

  package static func + (left: StyledText, right: StyledText) -> StyledText {
    var result = left
    result.pieces += right.pieces
    return result
  }

  package static func + (left: StyledText, right: String) -> StyledText {
    left + StyledText(right)
  }

  package static func += (left: inout StyledText, right: StyledText) {
    left.pieces += right.pieces
  }

  package static func += (left: inout StyledText, right: String) {
    left += StyledText(right)
  }

  /// The text cut to a number of columns.
  package func cut(to width: Int) -> StyledText {
    guard self.width > width else { return self }
    var result = StyledText()
    var left = width
    for piece in pieces {
      let pieceWidth = displayWidth(piece.text)
      if pieceWidth < left {
        result.pieces.append(piece)
        left -= pieceWidth
        continue
      }
      // More follows, or the piece itself is too long: either way the mark is due here.
      let text = ReportText.cut(piece.text + " ", to: left)
      result.pieces.append(Piece(text: text, role: piece.role))
      break
    }
    return result
  }

  /// The text with blanks behind it, or before it.
  package func padded(to width: Int, alignment: TextAlignment = .left) -> StyledText {
    let missing = width - self.width
    guard missing > 0 else { return self }
    let blanks = StyledText(String(repeating: " ", count: missing))
    return alignment == .left ? self + blanks : blanks + self
  }

  /// The line as it is written; without blanks at its end.
  package func rendered(_ style: TextStyle) -> String {
    var shown = pieces
    while let last = shown.last {
      let text = String(last.text.reversed().drop { $0 == " " }.reversed())
      shown.removeLast()
      guard text.isEmpty else {
        shown.append(Piece(text: text, role: last.role))
        break
      }
    }
    return shown.map { style.render($0.text, $0.role) }.joined()
  }
}

package enum TextAlignment: Hashable, Sendable {
  case left
  case right
}
