import ReportText

extension [JSONMember] {
  /// Adds a figure for each round.
  mutating func add(_ key: String, rounds: [Int]) {
    add(key, .array(rounds.map { .integer($0) }))
  }

  /// Prints a line of JSON.
  func print() { Swift.print(JSONValue.object(self).inlineText) }
}
