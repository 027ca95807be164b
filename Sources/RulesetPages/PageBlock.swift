import ReportText

/// A part of a page, whatever the form that it is written in.
enum PageBlock {
  /// The head of the page.
  case title(name: String, title: String)
  case heading(String)
  /// The head of a rule.
  case rule(number: Int, name: String, action: String, role: TextRole)
  /// The head of a label that no rule shows.
  case label(String)
  case paragraph(Words)
  /// What is remarkable, and what that makes of it.
  case entry(mark: String, role: TextRole, Words)
  /// What belongs to the entry before.
  case detail(String, Words)
  /// The lines of a condition, which belong to the entry before.
  case condition([String])
  /// Names and values.
  case facts([Fact])
  case table(columns: [String], rows: [[Words]])
  case item(Words)

  struct Fact {
    var name: String
    var value: Words

    init(_ name: String, _ value: Words) {
      self.name = name
      self.value = value
    }
  }
}
