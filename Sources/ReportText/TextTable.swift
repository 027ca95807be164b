/// Rows whose cells stand under each other.
package struct TextTable: Sendable {
  /// A column.
  package struct Column: Sendable {
    package var title: String
    package var alignment: TextAlignment
    /// Whether the column gives way where the table is too wide; of several the widest does.
    package var isFlexible: Bool

    package init(_ title: String, _ alignment: TextAlignment = .left, isFlexible: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.isFlexible = isFlexible
    }
  }

  private var columns: [Column]
  private var rows: [[StyledText]] = []
  private let gap = 2

  package init(_ columns: [Column]) {
    self.columns = columns
  }

  package mutating func row(_ cells: [StyledText]) {
    rows.append(cells)
  }

  package var isEmpty: Bool { rows.isEmpty }

  /// The table as lines of at most `width` columns behind `indent` blanks.
  package func lines(width: Int, indent: Int = 0) -> [StyledText] {
    var all = rows
    if columns.contains(where: { !$0.title.isEmpty }) {
      all.insert(columns.map { StyledText($0.title, .faint) }, at: 0)
    }
    let widths = fittingWidths(all, width: width - indent)
    return all.map { cells in
      var line = StyledText(String(repeating: " ", count: indent))
      for (index, cell) in cells.enumerated() where index < widths.count {
        if index > 0 { line += String(repeating: " ", count: gap) }
        line += cell.cut(to: widths[index])
          .padded(to: widths[index], alignment: columns[index].alignment)
      }
      return line
    }
  }

  private func fittingWidths(_ rows: [[StyledText]], width: Int) -> [Int] {
    var widths = columns.indices.map { column in
      rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
    }
    var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - width
    while excess > 0 {
      let flexible = columns.indices.filter { columns[$0].isFlexible && widths[$0] > 8 }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}

extension TextPage {
  package mutating func table(_ table: TextTable, indent: Int = 0) {
    for line in table.lines(width: style.width, indent: indent) { self.line(line) }
  }
}
