/// Looks for many needles in one pass.
///
/// A needle has an id: its place in the list. The answer is exact: a bit is set where, and only
/// where, the needle occurs.
///
/// Each needle is anchored at the three bytes of it that requests have least often. The pass looks
/// up every two bytes of the value in a table of 8 KiB, which says in which of eight buckets they
/// begin an anchor and in which they end one; where two lookups in a row agree on a bucket, the
/// needles with that anchor are compared. Ordinary values agree nearly nowhere. Bytes are folded to
/// 64 classes (``BytePairs``), eight at a time, so case costs nothing.
///
/// Cost: 0.5 to 1 ns a byte, whatever the number of needles, where few anchors occur. No allocation.
package struct LiteralPrefilter: Sendable {
  /// How many 64-bit words a set of needle ids has.
  package let wordCount: Int
  private let tables: LiteralTables

  /// The needles, in the order of their ids.
  package var needles: [Needle] { tables.needles }

  /// A prefilter for `needles`; an empty needle occurs in every value, also in the empty one.
  package init(_ needles: [Needle]) {
    wordCount = (needles.count + 63) / 64
    tables = LiteralTables(needles)
  }

  /// Sets the bit of every needle that occurs in `value`: bit `id & 63` of word `id >> 6`.
  ///
  /// Nothing is cleared, so a set can gather several values. Returns whether any needle occurs, also
  /// where its bit was set before. `found` must have `wordCount` words or more.
  @discardableResult
  package func scan(_ value: Span<UInt8>, into found: inout [UInt64]) -> Bool {
    tables.scan(value, into: &found)
  }
}
