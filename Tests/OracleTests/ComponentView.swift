import WAFModel

/// What a statement sees of a component, in one reading.
struct ComponentView {
  /// The elements, before transformations.
  var values: [KnownValue] = []
  /// Whether there may be elements, or the only one, that the recording does not have.
  var mayHaveMore = false
  /// The bounds of an element that it does not have.
  var most: Int?
  /// Whether the component is over its limit.
  var isOver = Truth.no
  var handling = OversizeHandling.continue
  /// Whether an absent component may count as an empty value for every statement, not only for
  /// size constraints.
  var mayBeEmptyForAll = false

  var isAbsent: Bool { values.isEmpty && !mayHaveMore }

  static func single(_ value: KnownValue) -> ComponentView {
    ComponentView(values: [value])
  }
}
