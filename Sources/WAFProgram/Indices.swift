/// The place of a leaf condition in `Program.leaves`.
package struct LeafIndex: Hashable, Sendable {
  package let rawValue: Int32
  @inlinable package init(_ value: Int) { rawValue = Int32(truncatingIfNeeded: value) }
  @inlinable package var position: Int { Int(rawValue) }
}

/// The place of a slot in `Program.slots`.
package struct SlotIndex: Hashable, Sendable {
  package let rawValue: Int32
  @inlinable package init(_ value: Int) { rawValue = Int32(truncatingIfNeeded: value) }
  @inlinable package var position: Int { Int(rawValue) }
}

/// The place of a rule in `Program.rules`: evaluation order over the whole web ACL.
package struct RuleIndex: Hashable, Comparable, Sendable {
  package let rawValue: Int32
  @inlinable package init(_ value: Int) { rawValue = Int32(truncatingIfNeeded: value) }
  @inlinable package var position: Int { Int(rawValue) }

  @inlinable package static func < (left: RuleIndex, right: RuleIndex) -> Bool {
    left.rawValue < right.rawValue
  }
}
