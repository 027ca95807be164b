import WAFModel

/// What a statement sees of a component, in one reading.
struct ComponentView {
  /// The elements, after transformations.
  var values: [KnownValue] = []
  /// What an element is like that may be there and that the recording does not have; nil where it
  /// has them all.
  var unseen: KnownValue?
  /// Elements of which any one may be there, or none.
  var maybes: [KnownValue] = []
  /// The elements that `maybes` stand for, as they are where the component is within its limit.
  var wholes: [KnownValue] = []
  /// What a value of no bytes becomes.
  var empty = KnownValue(whole: [])
  /// Whether the component is over its limit.
  var isOver = Truth.no
  var handling = OversizeHandling.continue
  /// Whether an absent component may count as an empty value for every statement, not only for
  /// size constraints.
  var mayBeEmptyForAll = false
  /// Whether the component is there although it has no elements.
  var isPresent = false
  /// The answer whatever the statement asks: that of a fallback.
  var answer: Truth?

  var isAbsent: Bool { values.isEmpty && !mayHaveMore && !isPresent }

  /// Whether there may be elements beside `values`.
  var mayHaveMore: Bool { unseen != nil || !maybes.isEmpty }

  /// The component if it is within its limit.
  var withinLimit: ComponentView {
    var view = self
    view.values += wholes
    view.maybes = []
    return view
  }

  /// An element of which nothing is known.
  static let anything = KnownValue(nothingBut: 0, nil)

  static func single(_ value: KnownValue) -> ComponentView {
    ComponentView(values: [value])
  }

  /// The answer of a component that cannot be had.
  static func fallback(_ behavior: FallbackBehavior?) -> ComponentView {
    ComponentView(answer: behavior == .match ? .yes : .no)
  }

  func transformed(by chain: [TextTransformationType], in reading: Reading) -> ComponentView {
    var view = self
    view.values = values.map { $0.transformed(by: chain, flipping: reading.flip) }
    view.maybes = maybes.map { $0.transformed(by: chain, flipping: reading.flip) }
    view.wholes = wholes.map { $0.transformed(by: chain, flipping: reading.flip) }
    view.unseen = unseen?.transformed(by: chain, flipping: reading.flip)
    if isAbsent { view.empty = empty.transformed(by: chain, flipping: reading.flip) }
    return view
  }
}
