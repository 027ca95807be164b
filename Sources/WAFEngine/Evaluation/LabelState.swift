import Behaviour
import WAFProgram

/// The labels on a request during a walk: on it, or maybe on it.
struct LabelState {
  var present: BitSet
  var maybe: BitSet
  /// Groups that are not at hand and were reached: any label of theirs is maybe.
  var opaqueMaybe: BitSet
  var hasMaybe = false
  /// Whether a geo match statement has been inspected.
  var geo: Ternary = .no
  /// The order in which labels came on; geo labels are one entry.
  var order: ContiguousArray<Int32> = []

  static let geoEntry: Int32 = -1

  init(labelCount: Int, opaqueGroupCount: Int) {
    present = BitSet(capacity: labelCount)
    maybe = BitSet(capacity: labelCount)
    opaqueMaybe = BitSet(capacity: opaqueGroupCount)
  }

  mutating func removeAll() {
    present.removeAll()
    maybe.removeAll()
    opaqueMaybe.removeAll()
    hasMaybe = false
    geo = .no
    order.removeAll(keepingCapacity: true)
  }

  mutating func add(_ label: Int32) {
    guard !present.contains(Int(label)) else { return }
    present.insert(Int(label))
    order.append(label)
  }

  mutating func addMaybe(_ label: Int32) {
    guard !present.contains(Int(label)) else { return }
    maybe.insert(Int(label))
    hasMaybe = true
  }

  mutating func addGeo() {
    if geo != .match { order.append(Self.geoEntry) }
    geo = .match
  }

  mutating func addGeoMaybe() {
    if geo == .no { geo = .unknown }
  }

  mutating func addOpaque(_ group: Int) {
    opaqueMaybe.insert(group)
    hasMaybe = true
  }
}
