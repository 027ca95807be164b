/// Why a text is no budget.
package struct BudgetSyntaxError: Error, Hashable, Sendable {
  /// In one sentence without a final full stop.
  package var message: String
  /// The bytes of the expression that are meant.
  package var range: Range<Int>
  package var notes: [String]
  package var suggestion: String?

  init(_ message: String, at range: Range<Int>, notes: [String] = [], suggestion: String? = nil) {
    self.message = message
    self.range = range
    self.notes = notes
    self.suggestion = suggestion
  }
}
