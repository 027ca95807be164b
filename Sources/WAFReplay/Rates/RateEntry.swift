import WAFEngine

/// A request's part in a rate-based rule, as the simulation sorts it: 32 bytes.
struct RateEntry: Hashable, Comparable, Sendable {
  /// The aggregation key; `RateKey.highest` where it is not known, so that those come last.
  var key: RateKey
  /// The check that counts the request for the first time.
  var tick: Int64
  /// The request's place in framing order, and in the lowest four bits what it counts for.
  private var packed: UInt64

  init(
    key: RateKey?, tick: Int64, ordinal: Int,
    approximate: RateParticipation.Part.Presence, assumed: RateParticipation.Part.Presence
  ) {
    self.key = key ?? .highest
    self.tick = tick
    packed =
      UInt64(truncatingIfNeeded: ordinal) << 4 | UInt64(approximate.rawValue) << 2
      | UInt64(assumed.rawValue)
  }

  var ordinal: Int { Int(truncatingIfNeeded: packed >> 4) }

  var approximate: RateParticipation.Part.Presence {
    .init(rawValue: UInt8(truncatingIfNeeded: packed >> 2 & 3)) ?? .maybe
  }

  var assumed: RateParticipation.Part.Presence {
    .init(rawValue: UInt8(truncatingIfNeeded: packed & 3)) ?? .maybe
  }

  var isWildcard: Bool { key == .highest }

  /// By key, time and place.
  static func < (left: RateEntry, right: RateEntry) -> Bool {
    if left.key != right.key { return left.key < right.key }
    if left.tick != right.tick { return left.tick < right.tick }
    return left.packed < right.packed
  }

  /// The entries of a request: one where both levels see the same key, else one a level.
  static func append(
    _ part: RateParticipation, tick: Int64, ordinal: Int, to entries: inout [RateEntry]
  ) {
    let (approximate, assumed) = (part.approximate, part.assumed)
    if approximate.key == assumed.key || assumed.presence == .none {
      guard !part.isNone else { return }
      entries.append(
        RateEntry(
          key: approximate.key, tick: tick, ordinal: ordinal, approximate: approximate.presence,
          assumed: assumed.presence))
      return
    }
    for (key, first, second) in [
      (approximate.key, approximate.presence, .none), (assumed.key, .none, assumed.presence),
    ] as [(RateKey?, RateParticipation.Part.Presence, RateParticipation.Part.Presence)]
    where first != .none || second != .none {
      entries.append(
        RateEntry(key: key, tick: tick, ordinal: ordinal, approximate: first, assumed: second))
    }
  }

  // MARK: Bytes

  static let byteCount = 32

  /// An entry as `append(to:)` wrote it.
  init(_ bytes: ArraySlice<UInt8>) {
    let words = (0..<4).map { word -> UInt64 in
      let start = bytes.startIndex + word * 8
      return bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    key = RateKey(rawValue: UInt128(words[0]) << 64 | UInt128(words[1]))
    tick = Int64(bitPattern: words[2])
    packed = words[3]
  }

  func append(to bytes: inout [UInt8]) {
    Self.append(UInt64(truncatingIfNeeded: key.rawValue >> 64), to: &bytes)
    Self.append(UInt64(truncatingIfNeeded: key.rawValue), to: &bytes)
    Self.append(UInt64(bitPattern: tick), to: &bytes)
    Self.append(packed, to: &bytes)
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}
