// Looking up the last of many sorted keys that is at or before a given one, in a few cache misses.
//
// A table of cells divides the stretch between the first key and the last one evenly; a cell says
// where its keys begin. Real address lists lie in clusters, so a cell may still hold many keys:
// then it has a table of its own over its own stretch, and so on. Sizes follow the number of keys,
// so a handful of ranges costs a handful of bytes.

/// A key, and what holds from it up to the next one.
struct FloorEntry<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  var key: Key
  var value: Int32
}

/// Sorted keys with values, made for looking up the value of the last key that is not above a
/// given one.
struct FloorTable<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private let entries: ContiguousArray<FloorEntry<Key>>
  private let cells: ContiguousArray<Cell>
  private let nodes: ContiguousArray<Node>

  private struct Cell {
    /// The last entry whose key is not above the first key of the cell.
    var floor: Int32
    /// The entries behind it that lie in the cell; where these are many, the table that divides
    /// them: -1 for the first table, -2 for the second.
    var rest: Int32
  }

  /// A table over the stretch of the entries behind `floor`, up to `last`.
  private struct Node {
    var floor: Int32
    var last: Int32
    var base: Key
    var shift: Int32
    var firstCell: Int32
    var cellCount: Int32
  }

  /// The most entries of a cell that are searched without a further table.
  private static var searchLimit: Int { 8 }
  private static var cellBitsLimit: Int { 16 }

  /// - Parameter entries: sorted by key, no key twice, the first key 0. Without any, the table is
  ///   empty and nothing may be looked up.
  init(_ entries: ContiguousArray<FloorEntry<Key>>) {
    self.entries = entries
    var cells: ContiguousArray<Cell> = []
    var nodes: ContiguousArray<Node> = []
    if entries.count - 1 > Self.searchLimit {
      nodes.append(Self.node(over: entries, after: 0, to: entries.count - 1))
    }
    // Cells of a table may ask for further tables, which are then behind it.
    var index = 0
    while index < nodes.count {
      Self.fill(&nodes, index, entries, &cells)
      index += 1
    }
    self.cells = cells
    self.nodes = nodes
  }

  /// A table over the entries behind `floor`, with about half as many cells as entries.
  private static func node(
    over entries: ContiguousArray<FloorEntry<Key>>, after floor: Int, to last: Int
  ) -> Node {
    let base = entries[floor + 1].key
    let stretch = entries[last].key - base
    let count = last - floor
    // INVARIANT: two bits or more, so that a table has fewer entries in each cell than in all.
    let bits = min(max(Int.bitWidth - count.leadingZeroBitCount - 1, 2), cellBitsLimit)
    let shift = max(0, Key.bitWidth - stretch.leadingZeroBitCount - bits)
    return Node(
      floor: Int32(truncatingIfNeeded: floor), last: Int32(truncatingIfNeeded: last), base: base,
      shift: Int32(truncatingIfNeeded: shift), firstCell: 0,
      cellCount: Int32(truncatingIfNeeded: stretch >> Key(shift)) + 1)
  }

  private static func fill(
    _ nodes: inout ContiguousArray<Node>, _ index: Int,
    _ entries: ContiguousArray<FloorEntry<Key>>, _ cells: inout ContiguousArray<Cell>
  ) {
    let node = nodes[index]
    nodes[index].firstCell = Int32(truncatingIfNeeded: cells.count)
    let last = Int(node.last)
    // The first entry of the stretch begins the first cell.
    var floor = Int(node.floor) + 1
    for cell in 0..<Int(node.cellCount) {
      let start = node.base + Key(truncatingIfNeeded: cell) << Key(node.shift)
      if floor < last, entries[floor + 1].key == start { floor += 1 }
      var end = floor
      while end < last, (entries[end + 1].key - node.base) >> Key(node.shift) == Key(cell) {
        end += 1
      }
      var rest = Int32(truncatingIfNeeded: end - floor)
      if end - floor > searchLimit {
        nodes.append(self.node(over: entries, after: floor, to: end))
        rest = -Int32(truncatingIfNeeded: nodes.count - 1) - 1
      }
      cells.append(Cell(floor: Int32(truncatingIfNeeded: floor), rest: rest))
      floor = end
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The value of the last entry whose key is not above `key`.
  func value(at key: Key) -> Int32 { entries[floor(of: key)].value }

  /// The last entry whose key is not above `key`.
  func floor(of key: Key) -> Int {
    guard !nodes.isEmpty else { return search(key, after: 0, count: entries.count - 1) }
    var next = 0
    while true {
      let node = nodes[next]
      guard key >= node.base else { return Int(node.floor) }
      let place = (key &- node.base) &>> Key(truncatingIfNeeded: node.shift)
      guard place < Key(truncatingIfNeeded: node.cellCount) else { return Int(node.last) }
      let cell = cells[Int(node.firstCell) &+ Int(truncatingIfNeeded: place)]
      guard cell.rest < 0 else {
        return search(key, after: Int(cell.floor), count: Int(cell.rest))
      }
      next = Int(~cell.rest)
    }
  }

  /// The last of the `count` entries behind `floor` whose key is not above `key`, else `floor`.
  private func search(_ key: Key, after floor: Int, count: Int) -> Int {
    var found = floor
    // Counting rather than branching: which of the few it is can't be foretold.
    for index in floor &+ 1..<floor &+ 1 &+ count {
      found &+= entries[index].key <= key ? 1 : 0
    }
    return found
  }

  var byteCount: Int {
    entries.count * MemoryLayout<FloorEntry<Key>>.stride
      + cells.count * MemoryLayout<Cell>.stride + nodes.count * MemoryLayout<Node>.stride
  }
}

/// A floor table of IPv6 addresses: by their first 64 bits, then, where something changes within
/// these, by the rest.
///
/// Blocks of real lists are rarely longer than /64, so the second step is rare.
struct WideFloorTable: Sendable {
  /// Values below zero stand for a network: -1 for the first one, -2 for the second.
  private let highs: FloorTable<UInt64>
  private let networks: ContiguousArray<Network>
  private let lows: ContiguousArray<FloorEntry<UInt64>>

  /// A /64 block within which the value changes.
  private struct Network {
    var high: UInt64
    /// The value before the first of the low keys.
    var before: Int32
    /// The value behind the block.
    var after: Int32
    var lows: Range<Int32>
  }

  /// - Parameter entries: sorted by key, no key twice, the first key 0.
  init(_ entries: ContiguousArray<FloorEntry<UInt128>>) {
    var highs: ContiguousArray<FloorEntry<UInt64>> = []
    var networks: ContiguousArray<Network> = []
    var lows: ContiguousArray<FloorEntry<UInt64>> = []
    var before: Int32 = 0
    var index = 0
    while index < entries.count {
      let high = UInt64(truncatingIfNeeded: entries[index].key >> 64)
      var end = index + 1
      while end < entries.count, entries[end].key >> 64 == UInt128(high) { end += 1 }
      let after = entries[end - 1].value
      if end == index + 1, UInt64(truncatingIfNeeded: entries[index].key) == 0 {
        highs.append(FloorEntry(key: high, value: after))
      } else {
        let first = lows.count
        for entry in entries[index..<end] {
          lows.append(
            FloorEntry(key: UInt64(truncatingIfNeeded: entry.key), value: entry.value))
        }
        highs.append(
          FloorEntry(key: high, value: -Int32(truncatingIfNeeded: networks.count) - 1))
        networks.append(
          Network(
            high: high, before: before, after: after,
            lows: Int32(truncatingIfNeeded: first)..<Int32(truncatingIfNeeded: lows.count)))
      }
      before = after
      index = end
    }
    self.highs = FloorTable(highs)
    self.networks = networks
    self.lows = lows
  }

  func value(at key: UInt128) -> Int32 {
    let high = UInt64(truncatingIfNeeded: key >> 64)
    let value = highs.value(at: high)
    guard value < 0 else { return value }
    let network = networks[Int(~value)]
    guard network.high == high else { return network.after }
    // The number of low keys that are not above that of the address.
    let low = UInt64(truncatingIfNeeded: key)
    var start = Int(network.lows.lowerBound)
    var count = Int(network.lows.upperBound) &- start
    while count > 0 {
      let half = (count &+ 1) / 2
      if lows[start &+ half &- 1].key <= low { start &+= half }
      count = count &- half
    }
    return start == Int(network.lows.lowerBound) ? network.before : lows[start &- 1].value
  }

  var byteCount: Int {
    highs.byteCount + networks.count * MemoryLayout<Network>.stride
      + lows.count * MemoryLayout<FloorEntry<UInt64>>.stride
  }
}
