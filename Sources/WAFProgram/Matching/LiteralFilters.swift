package import Literals
import Matching
package import Transforms

/// The prefilters of all fields, and which leaves they stand before.
package struct LiteralFilters: Sendable {
  /// By field.
  package private(set) var fields: ContiguousArray<FieldFilter> = []
  /// By slot.
  package private(set) var slots: ContiguousArray<SlotTraits> = []
  /// By leaf.
  package private(set) var leaves: ContiguousArray<LeafFilter> = []
  package private(set) var missGroups: ContiguousArray<MissGroup> = []

  package init() {}

  /// The filters of a program's leaves.
  init(_ program: Program) {
    leaves = .init(repeating: .none, count: program.leaves.count)
    var bySlot = [[(leaf: LeafIndex, oversize: Oversize, needles: [Needle])]](
      repeating: [], count: program.slots.count)
    for (position, condition) in program.leaves.enumerated() {
      guard let (slot, oversize, needles) = program.literals(of: condition) else { continue }
      bySlot[slot.position].append((LeafIndex(position), oversize, needles))
    }
    var builders = program.fields.indices.map { _ in FieldFilterBuilder() }
    for position in program.slots.indices {
      let slot = program.slots[position]
      let chain = program.chain(of: SlotIndex(position))
      var traits = SlotTraits()
      traits.changing = .changing(chain)
      traits.scanned = .changingMoreThanCase(chain)
      if let parent = slot.parent {
        slots[parent.position].hasChildren = true
        traits.parentPlace = builders[slot.field].place(of: parent)
      }
      traits.bits = builders[slot.field].add(SlotIndex(position), traits, bySlot[position])
      for (place, leaf) in bySlot[position].enumerated() {
        leaves[leaf.leaf.position] = LeafFilter(
          bit: Int32(truncatingIfNeeded: traits.bits.lowerBound + place),
          group: Int32(truncatingIfNeeded: group(slot.field, leaf.oversize)))
      }
      slots.append(traits)
    }
    fields = ContiguousArray(builders.map { $0.finish() })
  }

  private mutating func group(_ field: Int, _ oversize: Oversize) -> Int {
    let group = MissGroup(field: field, oversize: oversize)
    if let known = missGroups.firstIndex(of: group) { return known }
    missGroups.append(group)
    return missGroups.count - 1
  }
}

/// Gathers the leaves of a field and their needles.
private struct FieldFilterBuilder {
  private var filter = FieldFilter(root: SlotIndex(0))
  private var numbers: [Needle: Int] = [:]
  private var needles: [Needle] = []
  private var bits: [[Int32]] = []

  mutating func add(
    _ slot: SlotIndex, _ traits: SlotTraits,
    _ leaves: [(leaf: LeafIndex, oversize: Oversize, needles: [Needle])]
  ) -> Range<Int> {
    // A slot comes behind its parent, so the first one is the untransformed one.
    if filter.slots.isEmpty { filter.root = slot }
    filter.slots.append(slot)
    let first = filter.leaves.count
    for leaf in leaves {
      let bit = Int32(truncatingIfNeeded: filter.leaves.count)
      filter.leaves.append(leaf.leaf)
      for needle in leaf.needles { add(needle, bit) }
    }
    if !leaves.isEmpty { filter.scanned.formUnion(traits.scanned) }
    return first..<filter.leaves.count
  }

  func place(of slot: SlotIndex) -> Int { filter.slots.firstIndex(of: slot) ?? 0 }

  private mutating func add(_ needle: Needle, _ bit: Int32) {
    let number = numbers[needle] ?? needles.count
    if number == needles.count {
      numbers[needle] = number
      needles.append(needle)
      bits.append([])
    }
    if bits[number].last != bit { bits[number].append(bit) }
  }

  func finish() -> FieldFilter {
    var filter = filter
    filter.prefilter = LiteralPrefilter(needles)
    for bits in bits {
      filter.needleBits.append(contentsOf: bits)
      filter.needleStarts.append(Int32(truncatingIfNeeded: filter.needleBits.count))
    }
    return filter
  }
}

extension Program {
  /// The transformations that a slot's values go through.
  package func chain(of slot: SlotIndex) -> [TextTransformation] {
    var chain: [TextTransformation] = []
    var next: SlotIndex? = slot
    while let current = next {
      if let transformation = slots[current.position].transformation {
        chain.append(transformation)
      }
      next = slots[current.position].parent
    }
    return chain.reversed()
  }

  /// The literals of which one must be in a value that the condition matches; nil where there are
  /// none, or where a miss is more than a plain miss.
  package func literals(
    of condition: Condition
  ) -> (slot: SlotIndex, oversize: Oversize, needles: [Needle])? {
    switch condition {
    case .bytes(let slot, let search, _, let oversize):
      let bytes = searches[search]
      guard !bytes.isEmpty else { return nil }
      return (slot, oversize, withoutCase([Needle(bytes)], slot))
    case .regex(let slot, let set, let oversize):
      // What a doubtful pattern does not find is approximate.
      guard !patternSets[set].isApproximate else { return nil }
      var needles: [Needle] = []
      for pattern in patternSets[set].patterns {
        guard let literals = pattern.requiredLiterals else { return nil }
        needles += literals.needles
      }
      return needles.isEmpty ? nil : (slot, oversize, withoutCase(needles, slot))
    case .size, .detector, .ipSet, .country, .asn, .label, .rate, .managedRule, .token, .resource,
      .unknowable:
      return nil
    }
  }

  /// Needles that are looked for in values of which the case of letters is not yet that of the slot.
  private func withoutCase(_ needles: [Needle], _ slot: SlotIndex) -> [Needle] {
    let chain = chain(of: slot)
    guard chain.contains(.lowercase) || chain.contains(.uppercase) else { return needles }
    return needles.map { Needle($0.bytes, ignoringCase: true) }
  }
}
