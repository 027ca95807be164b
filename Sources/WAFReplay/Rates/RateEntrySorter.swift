/// Sorts entries in bounded memory: sorted runs go to a temporary file, and are merged at the end.
struct RateEntrySorter {
  /// How many entries are kept in memory; beyond it they are written.
  private let capacity: Int
  private var entries: [RateEntry] = []
  private var file: SpillFile?
  private var runs: [Range<Int>] = []

  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  mutating func add(_ entry: RateEntry) throws {
    entries.append(entry)
    if entries.count >= capacity { try spill() }
  }

  private mutating func spill() throws {
    entries.sort()
    let file = try self.file ?? SpillFile()
    self.file = file
    let start = file.count
    var bytes: [UInt8] = []
    for entry in entries {
      entry.append(to: &bytes)
      if bytes.count >= Self.blockBytes {
        try file.append(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.append(bytes)
    runs.append(start..<file.count)
    entries.removeAll(keepingCapacity: true)
  }

  /// Hands out all entries in order; the sorter is empty then.
  mutating func drain(_ body: (RateEntry) throws -> Void) throws {
    defer {
      entries = []
      runs = []
      file = nil
    }
    guard let file else {
      entries.sort()
      for entry in entries { try body(entry) }
      return
    }
    if !entries.isEmpty { try spill() }
    var merge = try RunMerge(runs.map { RunReader(file, $0) })
    while let entry = try merge.next() { try body(entry) }
  }

  private static let blockBytes = 1 << 18
}

/// Reads one sorted run, block by block.
private struct RunReader {
  private let file: SpillFile
  private var rest: Range<Int>
  private var block: [UInt8] = []
  private var position = 0

  init(_ file: SpillFile, _ run: Range<Int>) {
    self.file = file
    rest = run
  }

  mutating func next() throws -> RateEntry? {
    if position == block.count {
      guard !rest.isEmpty else { return nil }
      let count = min(rest.count, RateEntry.byteCount * 1024)
      block = try file.bytes(rest.lowerBound..<rest.lowerBound + count)
      rest = rest.lowerBound + count..<rest.upperBound
      position = 0
    }
    defer { position += RateEntry.byteCount }
    return RateEntry(block[position..<position + RateEntry.byteCount])
  }
}

/// Merges sorted runs: a binary heap of the runs by their first entry.
private struct RunMerge {
  private var runs: [RunReader]
  private var heap: [(entry: RateEntry, run: Int)] = []

  init(_ runs: [RunReader]) throws {
    self.runs = runs
    for run in runs.indices {
      guard let entry = try self.runs[run].next() else { continue }
      heap.append((entry, run))
    }
    for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  mutating func next() throws -> RateEntry? {
    guard let first = heap.first else { return nil }
    if let entry = try runs[first.run].next() {
      heap[0].entry = entry
    } else {
      let last = heap.removeLast()
      if heap.isEmpty { return first.entry }
      heap[0] = last
    }
    sink(0)
    return first.entry
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var child = place * 2 + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].entry < heap[child].entry { child += 1 }
      guard heap[child].entry < heap[place].entry else { return }
      heap.swapAt(child, place)
      place = child
    }
  }
}
