/// The addresses of a number of CIDR blocks, for quick lookup.
///
/// Blocks become sorted ranges that neither overlap nor touch, one list a family. A lookup is a
/// binary search and allocates nothing. IPv4-mapped IPv6 addresses are IPv6 addresses here; a
/// caller that reads them as IPv4 asks with ``IPAddress/mappedIPv4``.
package struct CIDRSet: Hashable, Sendable {
  let v4: SortedRanges<UInt32>
  let v6: SortedRanges<UInt128>

  /// The set of all addresses in `blocks`.
  package init(_ blocks: [CIDRBlock]) {
    var v4: [ClosedRange<UInt32>] = []
    var v6: [ClosedRange<UInt128>] = []
    for block in blocks {
      switch (block.address, block.lastAddress) {
      case (.v4(let first), .v4(let last)): v4.append(first...last)
      case (.v6(let first), .v6(let last)): v6.append(first...last)
      // INVARIANT: a block's first and last address are of one family.
      case (.v4, .v6), (.v6, .v4): continue
      }
    }
    self.v4 = SortedRanges(v4)
    self.v6 = SortedRanges(v6)
  }

  /// Whether the set has no address.
  package var isEmpty: Bool { v4.firsts.isEmpty && v6.firsts.isEmpty }

  /// The number of ranges that are left after merging.
  package var rangeCount: Int { v4.firsts.count + v6.firsts.count }

  /// Whether `address` lies in one of the blocks.
  package func contains(_ address: IPAddress) -> Bool {
    switch address {
    case .v4(let bits): v4.contains(bits)
    case .v6(let bits): v6.contains(bits)
    }
  }
}

/// Sorted, disjoint ranges, kept as two arrays so that the search touches only the first values.
struct SortedRanges<Value: FixedWidthInteger & Sendable>: Hashable, Sendable {
  private(set) var firsts: ContiguousArray<Value> = []
  private(set) var lasts: ContiguousArray<Value> = []

  init(_ ranges: [ClosedRange<Value>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      // Touching ranges are joined; `- 1` is safe, as a first value of 0 always overlaps.
      if let last = lasts.last, range.lowerBound == 0 || last >= range.lowerBound - 1 {
        lasts[lasts.count - 1] = max(last, range.upperBound)
      } else {
        firsts.append(range.lowerBound)
        lasts.append(range.upperBound)
      }
    }
  }

  func contains(_ value: Value) -> Bool {
    // The number of ranges that start at or before `value`; only the last of them can hold it.
    var low = 0
    var high = firsts.count
    while low < high {
      let middle = (low + high) / 2
      if firsts[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low > 0 && value <= lasts[low - 1]
  }
}
