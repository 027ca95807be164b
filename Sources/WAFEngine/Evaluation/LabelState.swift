import Behaviour
import WAFProgram

/// The labels on a request during a walk: on it, or maybe on it.
struct LabelState {
  var present: BitSet
  var maybe: BitSet
  /// Groups that are not at hand and were reached: any label of theirs is maybe.
  var opaqueMaybe: BitSet
  var hasMaybe = false
  /// The sources whose geo match statements have been inspected, and those where that is maybe.
  var geo = GeoSources(rawValue: 0)
  var maybeGeo = GeoSources(rawValue: 0)
  /// The order in which labels came on; the geo labels of a source are one entry, `~source`.
  var order: ContiguousArray<Int32> = []

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
    geo = GeoSources(rawValue: 0)
    maybeGeo = GeoSources(rawValue: 0)
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

  /// The labels of `sources` come on, or may come on.
  mutating func add(_ sources: GeoSources, isCertain: Bool) {
    // Most rules have none.
    guard sources.rawValue != 0 else { return }
    guard isCertain else {
      maybeGeo = GeoSources(rawValue: maybeGeo.rawValue | sources.rawValue)
      return
    }
    var new = sources.rawValue & ~geo.rawValue
    geo = GeoSources(rawValue: geo.rawValue | sources.rawValue)
    while new != 0 {
      order.append(~Int32(truncatingIfNeeded: new.trailingZeroBitCount))
      new &= new - 1
    }
  }

  /// The sources whose labels may or may not be there.
  var openGeo: GeoSources { GeoSources(rawValue: maybeGeo.rawValue & ~geo.rawValue) }

  /// The sources whose labels are there, or may be.
  var metGeo: GeoSources { GeoSources(rawValue: maybeGeo.rawValue | geo.rawValue) }

  func hasGeo(_ source: Int) -> Bool {
    geo.rawValue & GeoSources(source: source).rawValue != 0
  }

  mutating func addOpaque(_ group: Int) {
    opaqueMaybe.insert(group)
    hasMaybe = true
  }
}
