import Bytes

/// The tables of a ``LiteralPrefilter``: one object, so that passing it on costs next to nothing.
///
/// An anchor is up to three neighbouring bytes of a needle; ``Anchor``. A shorter needle is its own
/// anchor.
final class LiteralTables: Sendable {
  let needles: [Needle]
  /// By two classes: the buckets in which they are the first two bytes of an anchor; then, from
  /// `pairCount` on, those in which they are its last two.
  private let buckets: ContiguousArray<UInt8>
  /// The needles by the hash of their anchor: `starts[hash]..<starts[hash + 1]` in `entries`.
  private let starts: ContiguousArray<UInt32>
  private let entries: ContiguousArray<Entry>
  /// What the needles have behind their first eight bytes, one after the other.
  private let texts: ContiguousArray<UInt8>
  private let hashShift: UInt32
  /// The buckets of the anchors of one byte, and of two; no bits where there are none.
  private let singles: UInt8
  private let pairs: UInt8
  /// The ids of empty needles.
  private let everywhere: [Int]

  /// A needle as the comparison wants it.
  struct Entry {
    var anchor: Anchor
    var id: UInt32
    /// The place of the anchor in the needle.
    var offset: UInt32
    var length: UInt32
    /// The first eight bytes, the first one lowest: which bits are theirs, what they are once the
    /// bits of `fold` are set, and which bits those are: what tells the cases of a letter apart.
    var mask: UInt64 = 0
    var head: UInt64 = 0
    var fold: UInt64 = 0
    /// The place in `texts` of what follows them; letters are in lower case where case is ignored.
    var rest: UInt32
    var ignoresCase: Bool

    init(_ needle: Needle, id: Int, rest: Int) {
      let (anchor, offset) = Anchor.rarest(in: needle.bytes)
      self.anchor = anchor
      self.offset = UInt32(offset)
      self.id = UInt32(id)
      self.rest = UInt32(rest)
      length = UInt32(needle.bytes.count)
      ignoresCase = needle.ignoresCase
      for (index, byte) in needle.bytes.prefix(8).enumerated() {
        let shift = UInt64(index * 8)
        let isFolded = ignoresCase && byte.isASCIILetter
        mask |= 0xff << shift
        head |= UInt64(isFolded ? byte.asciiLowercased : byte) << shift
        if isFolded { fold |= 0x20 << shift }
      }
    }
  }

  /// Anchors of one byte, and of two, go on with anything, so they have buckets of their own, unless
  /// there are none.
  private static let singleBucket: UInt8 = 0x80
  private static let pairBucket: UInt8 = 0x40
  private static let pairCount = BytePairs.classCount * BytePairs.classCount

  init(_ needles: [Needle]) {
    self.needles = needles
    everywhere = needles.indices.filter { needles[$0].bytes.isEmpty }
    var entries: [Entry] = []
    var texts: ContiguousArray<UInt8> = []
    for (id, needle) in needles.enumerated() where !needle.bytes.isEmpty {
      entries.append(Entry(needle, id: id, rest: texts.count))
      let rest = Array(needle.bytes.dropFirst(8))
      texts += needle.ignoresCase ? rest.asciiLowercased : rest
    }
    self.texts = texts

    var bits: UInt32 = 6
    while 1 << bits < entries.count * 2, bits < 16 { bits += 1 }
    let shift = 32 - bits
    hashShift = shift
    entries.sort { ($0.anchor.hash(shift), $0.id) < ($1.anchor.hash(shift), $1.id) }
    self.entries = ContiguousArray(entries)
    var starts = ContiguousArray<UInt32>(repeating: 0, count: (1 << bits) + 1)
    for entry in entries { starts[entry.anchor.hash(shift) + 1] += 1 }
    for hash in 1..<starts.count { starts[hash] += starts[hash - 1] }
    self.starts = starts

    singles = entries.contains { $0.anchor.length == 1 } ? Self.singleBucket : 0
    pairs = entries.contains { $0.anchor.length == 2 } ? Self.pairBucket : 0
    buckets = Self.buckets(of: Set(entries.map(\.anchor)), shortBuckets: singles | pairs)
  }

  private static func buckets(
    of anchors: Set<Anchor>, shortBuckets: UInt8
  ) -> ContiguousArray<UInt8> {
    var buckets = ContiguousArray<UInt8>(repeating: 0, count: 2 * pairCount)
    for pair in 0..<pairCount { buckets[pairCount + pair] = shortBuckets }
    var choice = BucketChoice(among: ~shortBuckets)
    for anchor in anchors.sorted(by: { $0.key < $1.key }) {
      let (first, second) = (anchor.byteClass(0), anchor.byteClass(1))
      switch anchor.length {
      case 1:
        for second in 0..<BytePairs.classCount { buckets[pair(first, second)] |= singleBucket }
      case 2: buckets[pair(first, second)] |= pairBucket
      default:
        let bucket = choice.bucket(for: anchor)
        buckets[pair(first, second)] |= bucket
        buckets[pairCount + pair(second, anchor.byteClass(2))] |= bucket
      }
    }
    return buckets
  }

  @inline(__always)
  private static func pair(_ first: Int, _ second: Int) -> Int {
    first | second << 6
  }

  // MARK: Scanning

  func scan(_ value: Span<UInt8>, into found: inout [UInt64]) -> Bool {
    var isAny = false
    if !everywhere.isEmpty {
      for id in everywhere { found[id >> 6] |= 1 << UInt64(id & 63) }
      isAny = true
    }
    // Sound: the pointers are used only inside the closures, at places that `count` allows; a pair
    // has 12 bits, so it is within either half of the table.
    unsafe value.withUnsafeBufferPointer { value in
      unsafe buckets.withUnsafeBufferPointer { buckets in
        guard let base = value.baseAddress, let begins = buckets.baseAddress else { return }
        let count = value.count
        var start = 0
        // The buckets that the last pair of a round begins.
        var pending: UInt8 = 0
        // Each round looks at the pairs that begin at `start` and the seven places behind it.
        while count &- start > 8 {
          let even = unsafe Self.pairs(Self.load(base + start))
          let odd = unsafe Self.pairs(Self.load(base + start + 1))
          let before = pending
          if unsafe Self.agree(even, odd, begins, &pending),
            unsafe compare(even, odd, before, at: start, base, count, begins, &found)
          {
            isAny = true
          }
          start &+= 8
        }
        guard count > start else { return }
        // The rest, one to eight bytes, goes on with zeros. What they make agree is not there, which
        // comparing finds out.
        let rest = unsafe Self.load(base, count, from: start)
        let (even, odd) = (Self.pairs(rest), Self.pairs(rest >> 8))
        let before = pending
        if unsafe Self.agree(even, odd, begins, &pending),
          unsafe compare(even, odd, before, at: start, base, count, begins, &found)
        {
          isAny = true
        }
        // The last of the eight places is pending; only short anchors begin there.
        if pending & (singles | pairs) != 0,
          unsafe compare(0, 0, pending, at: start + 8, base, count, begins, &found)
        {
          isAny = true
        }
      }
    }
    return isAny
  }

  /// Eight bytes, the first one lowest.
  @inline(__always)
  private static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    // Sound: the caller says that eight bytes are there.
    unsafe UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian
  }

  /// The eight bytes from `start` on, which is within the value; zeros behind its end.
  @inline(__always)
  private static func load(
    _ base: UnsafePointer<UInt8>, _ count: Int, from start: Int
  ) -> UInt64 {
    // Sound: every load begins and ends within the value.
    let missing = start &+ 8 &- count
    if missing <= 0 { return unsafe load(base + start) }
    let unused = UInt64(truncatingIfNeeded: missing &* 8)
    if count >= 8 { return unsafe load(base + count - 8) &>> unused }
    // The whole value: two loads that overlap, or three bytes that may be one, cover it.
    let whole: UInt64
    if count >= 4 {
      let low = unsafe UnsafeRawPointer(base).loadUnaligned(as: UInt32.self).littleEndian
      let high = unsafe UnsafeRawPointer(base + count - 4).loadUnaligned(as: UInt32.self)
        .littleEndian
      whole = UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
    } else {
      let (middle, last) = (count / 2, count &- 1)
      whole =
        unsafe UInt64(base[0])
        | UInt64(base[middle]) &<< UInt64(truncatingIfNeeded: middle &* 8)
        | UInt64(base[last]) &<< UInt64(truncatingIfNeeded: last &* 8)
    }
    return whole &>> UInt64(truncatingIfNeeded: start &* 8)
  }

  /// The four pairs of classes of eight bytes, in lanes of 16 bits.
  @inline(__always)
  private static func pairs(_ bytes: UInt64) -> UInt64 {
    // All eight classes at once; see `BytePairs.byteClass`.
    let classes = bytes & 0x1f1f_1f1f_1f1f_1f1f | bytes >> 1 & 0x2020_2020_2020_2020
    return classes & 0x003f_003f_003f_003f | classes >> 2 & 0x0fc0_0fc0_0fc0_0fc0
  }

  /// Whether two lookups in a row agree on a bucket: those that begin at the place before the eight,
  /// which is pending, or at the first seven.
  @inline(__always)
  private static func agree(
    _ even: UInt64, _ odd: UInt64, _ begins: UnsafePointer<UInt8>, _ pending: inout UInt8
  ) -> Bool {
    // Sound: see `scan`.
    let ends = unsafe begins + pairCount
    let (p0, p1) = (Int(even & 0xffff), Int(odd & 0xffff))
    let (p2, p3) = (Int(even >> 16 & 0xffff), Int(odd >> 16 & 0xffff))
    let (p4, p5) = (Int(even >> 32 & 0xffff), Int(odd >> 32 & 0xffff))
    let (p6, p7) = (Int(even >> 48), Int(odd >> 48))
    var agreed = unsafe pending & ends[p0]
    unsafe agreed |= begins[p0] & ends[p1]
    unsafe agreed |= begins[p1] & ends[p2]
    unsafe agreed |= begins[p2] & ends[p3]
    unsafe agreed |= begins[p3] & ends[p4]
    unsafe agreed |= begins[p4] & ends[p5]
    unsafe agreed |= begins[p5] & ends[p6]
    unsafe agreed |= begins[p6] & ends[p7]
    unsafe pending = begins[p7]
    return agreed != 0
  }

  // MARK: Comparing

  /// Compares the needles of the anchors that begin at `start - 1` and the seven places behind it;
  /// whether any occurs.
  @inline(never)
  private func compare(
    _ even: UInt64, _ odd: UInt64, _ pending: UInt8, at start: Int,
    _ base: UnsafePointer<UInt8>, _ count: Int, _ begins: UnsafePointer<UInt8>,
    _ found: inout [UInt64]
  ) -> Bool {
    // The same lookups as in `agree`, but each place keeps its buckets: a byte of `agreed`.
    let ends = unsafe begins + Self.pairCount
    var agreed: UInt64 = 0
    var begun = UInt64(pending)
    for lane in 0..<4 {
      let shift = UInt64(truncatingIfNeeded: lane &* 16)
      let (first, second) = (Int(even &>> shift & 0xffff), Int(odd &>> shift & 0xffff))
      agreed |= unsafe (begun & UInt64(ends[first])) &<< shift
      agreed |= unsafe (UInt64(begins[first]) & UInt64(ends[second])) &<< (shift &+ 8)
      begun = unsafe UInt64(begins[second])
    }
    var isAny = false
    while agreed != 0 {
      let place = agreed.trailingZeroBitCount >> 3
      let buckets = UInt8(truncatingIfNeeded: agreed &>> UInt64(truncatingIfNeeded: place &* 8))
      agreed &= ~(0xff &<< UInt64(truncatingIfNeeded: place &* 8))
      if unsafe compare(buckets, at: start &- 1 &+ place, base, count, &found) { isAny = true }
    }
    return isAny
  }

  /// Compares the needles of the anchors of some buckets that begin at `position`.
  @inline(__always)
  private func compare(
    _ buckets: UInt8, at position: Int, _ base: UnsafePointer<UInt8>, _ count: Int,
    _ found: inout [UInt64]
  ) -> Bool {
    // Sound: each byte is read only where the value has it.
    let length = count &- position
    guard length > 0 else { return false }
    var isAny = false
    var key = unsafe Anchor.part(of: base[position], at: 0)
    if buckets & singles != 0,
      unsafe compare(Anchor(key, length: 1), at: position, base, count, &found)
    {
      isAny = true
    }
    guard length > 1, buckets & ~singles != 0 else { return isAny }
    key |= unsafe Anchor.part(of: base[position + 1], at: 1)
    if buckets & pairs != 0,
      unsafe compare(Anchor(key, length: 2), at: position, base, count, &found)
    {
      isAny = true
    }
    guard length > 2, buckets & ~(singles | pairs) != 0 else { return isAny }
    key |= unsafe Anchor.part(of: base[position + 2], at: 2)
    if unsafe compare(Anchor(key, length: 3), at: position, base, count, &found) { isAny = true }
    return isAny
  }

  /// Compares the needles of an anchor that begins at `position`; whether any occurs.
  @inline(__always)
  private func compare(
    _ anchor: Anchor, at position: Int, _ base: UnsafePointer<UInt8>, _ count: Int,
    _ found: inout [UInt64]
  ) -> Bool {
    // Sound: a needle is compared only where all of it is within the value, and the tables were made
    // for each other.
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe entries.withUnsafeBufferPointer { entries in
        var isAny = false
        let hash = anchor.hash(hashShift)
        var index = unsafe Int(starts[hash])
        let end = unsafe Int(starts[hash + 1])
        while index < end {
          let entry = unsafe entries.baseAddress.unsafelyUnwrapped + index
          index &+= 1
          let start = position &- Int(unsafe entry.pointee.offset)
          guard unsafe entry.pointee.anchor == anchor, start >= 0,
            start &+ Int(unsafe entry.pointee.length) <= count,
            unsafe Self.load(base, count, from: start) & entry.pointee.mask | entry.pointee.fold
              == entry.pointee.head
          else { continue }
          if unsafe entry.pointee.length > 8, unsafe !hasRest(entry.pointee, base + start + 8) {
            continue
          }
          isAny = true
          let id = unsafe entry.pointee.id
          let (word, bit) = (Int(id >> 6), UInt64(1) << UInt64(id & 63))
          if found[word] & bit == 0 { Self.set(bit, of: word, &found) }
        }
        return isAny
      }
    }
  }

  /// Apart, so that the array is not made ready for writing where nothing is written.
  @inline(never)
  private static func set(_ bit: UInt64, of word: Int, _ found: inout [UInt64]) {
    found[word] |= bit
  }

  /// Whether a needle goes on with `bytes` behind its first eight.
  private func hasRest(_ entry: Entry, _ bytes: UnsafePointer<UInt8>) -> Bool {
    // Sound: the caller says that the needle fits.
    for index in 0..<(Int(entry.length) - 8) {
      let byte = unsafe bytes[index]
      if (entry.ignoresCase ? byte.asciiLowercased : byte) != texts[Int(entry.rest) + index] {
        return false
      }
    }
    return true
  }
}
