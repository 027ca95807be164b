public import Diagnostics

/// A value and the document it was read from.
public struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value.
  public var value: Value
  /// The document's name, as the user gave it.
  public var file: String
  /// Where in the document the value is.
  public var pointer: JSONPointer
  /// The indexes of rules in the document that could not be read, and that the value lacks.
  package var droppedRules: [Int] = []

  /// Creates a located value.
  public init(value: Value, file: String, pointer: JSONPointer = .root) {
    self.value = value
    self.file = file
    self.pointer = pointer
  }

  /// The indexes in the document of the value's first `count` rules.
  package func documentIndexes(count: Int) -> [Int] {
    let dropped = Set(droppedRules)
    return (0..<(count + dropped.count)).filter { !dropped.contains($0) }
  }

  /// The place of something inside the value.
  ///
  /// - Parameter path: the way on from the value.
  public func place(
    _ path: JSONPointer = .root, focus: Place.Focus = .value
  ) -> Place {
    Place(file: file, pointer: pointer.appending(contentsOf: path), focus: focus)
  }
}
