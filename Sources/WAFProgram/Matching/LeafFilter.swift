package import Literals
package import Transforms

/// What stands before a leaf that looks for something in the values of a slot.
///
/// Where none of the leaf's literals is in any of these values, under any reading, the leaf does not
/// match; what its miss rests on is the same for all leaves of its miss group.
package struct LeafFilter: Hashable, Sendable {
  /// The leaf's place among the leaves of its field's filter; -1 for a leaf that is always tested.
  package var bit: Int32
  /// The place of its group in `LiteralFilters.missGroups`.
  package var group: Int32

  package static let none = LeafFilter(bit: -1, group: -1)
}

/// Leaves of one field whose misses say the same: they treat a component above its limit alike.
///
/// Transformations make no difference to what a miss rests on.
package struct MissGroup: Hashable, Sendable {
  /// The place of the field, and of its filter.
  package var field: Int
  package var oversize: Oversize
}

/// The prefilter of a field: one pass over a value tells which leaves of all its slots could match.
///
/// Nearly all values are left alone by all transformations: one pass then serves all slots.
package struct FieldFilter: Sendable {
  /// The untransformed slot.
  package var root: SlotIndex
  /// All slots of the field, each behind its parent.
  package var slots: ContiguousArray<SlotIndex> = []
  /// The leaves by their bits, those of a slot in a row.
  package var leaves: ContiguousArray<LeafIndex> = []
  package var prefilter = LiteralPrefilter([])
  /// The bits of the leaves that a needle, by its place in the prefilter, stands for are
  /// `needleBits[needleStarts[needle]..<needleStarts[needle + 1]]`.
  package var needleStarts: ContiguousArray<Int32> = [0]
  package var needleBits: ContiguousArray<Int32> = []
  /// What some slot with leaves looks for; see `SlotTraits.scanned`.
  package var scanned = ByteTraits(rawValue: 0)

  /// The words that hold one bit a leaf.
  package var wordCount: Int { (leaves.count + 63) / 64 }
}

/// How the values of a slot can differ from the untransformed ones of its field.
package struct SlotTraits: Sendable {
  /// Without any of these a value is the same.
  package var changing = ByteTraits(rawValue: 0)
  /// Without any of these it has the same literals: those of a slot that lowers letters are looked
  /// for without regard to case.
  package var scanned = ByteTraits(rawValue: 0)
  /// The bits of its leaves in the field's filter.
  package var bits: Range<Int> = 0..<0
  /// The place of the parent among the slots of the field.
  package var parentPlace = 0
  /// Whether another slot goes on from here.
  package var hasChildren = false
}
