import WAFProgram

extension Evaluator {
  /// A condition in words: field, transformations, criterion.
  func title(of condition: Condition) -> String { program.title(of: condition) }

  /// A part of the key of a rate-based rule in words.
  func title(of key: RateRule.Key) -> String { program.title(of: key) }
}
