#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One search for a needle of two bytes or more.
///
/// Sound where `base` has `places` bytes and those that a needle at the last place takes more.
@safe struct NeedleSearch {
  /// The first of the places where the needle may begin.
  let base: UnsafeRawPointer
  let places: Int
  let needle: UnsafeRawPointer
  let needleCount: Int
  /// The offsets of the two bytes that are looked for.
  let first: Int
  let second: Int

  /// The first place where the needle is.
  @inline(__always)
  func firstPlace() -> Int? {
    var place = 0
    if places > 256 {
      switch firstPlaceOfRareByte() {
      case .found(let found): return found
      case .nowhere: return nil
      case .common(let next): place = next
      }
    }
    let firstByte = unsafe needle.load(fromByteOffset: first, as: UInt8.self)
    let secondByte = unsafe needle.load(fromByteOffset: second, as: UInt8.self)
    let firsts = unsafe base + first
    let seconds = unsafe base + second
    while place &+ ByteBlock.byteCount <= places {
      let firstBlock = unsafe ByteBlock(at: firsts + place)
      let secondBlock = unsafe ByteBlock(at: seconds + place)
      let both = (firstBlock.isByte(firstByte) .& secondBlock.isByte(secondByte)).bits
      if both != 0, let found = firstPlace(of: both, at: place) { return found }
      place &+= ByteBlock.byteCount
    }
    guard place < places else { return nil }
    // The last block overlaps the one before it, whose places all failed. Zeros behind a short
    // block are no places.
    if places >= ByteBlock.byteCount { place = places &- ByteBlock.byteCount }
    let left = places &- place
    let firstBlock = unsafe ByteBlock(at: firsts + place, count: left)
    let secondBlock = unsafe ByteBlock(at: seconds + place, count: left)
    let both = (firstBlock.isByte(firstByte) .& secondBlock.isByte(secondByte)).bits
    return both == 0 ? nil : firstPlace(of: both, at: place)
  }

  private enum RareByteSearch {
    case found(Int)
    case nowhere
    /// The byte is too common for a call each time it occurs; the needle is not before this place.
    case common(Int)
  }

  private func firstPlaceOfRareByte() -> RareByteSearch {
    let byte = unsafe CInt(needle.load(fromByteOffset: first, as: UInt8.self))
    let leads = unsafe base + first
    var place = 0
    var misses = 0
    while place < places {
      guard let lead = unsafe memchr(leads + place, byte, places &- place) else { return .nowhere }
      place = unsafe UnsafeRawPointer(lead) - leads
      if isNeedle(at: place) { return .found(place) }
      place &+= 1
      misses &+= 1
      if misses &* 64 > place &+ 128 { return .common(place) }
    }
    return .nowhere
  }

  /// The first of the places of a block at `place` that `candidates` has and where the needle is.
  private func firstPlace(of candidates: UInt128, at place: Int) -> Int? {
    var candidates = candidates
    while candidates != 0 {
      let candidate = place &+ candidates.firstByteOfBlock
      guard candidate < places else { return nil }
      if isNeedle(at: candidate) { return candidate }
      candidates = candidates.droppingFirstByteOfBlock
    }
    return nil
  }

  private func isNeedle(at place: Int) -> Bool {
    unsafe memcmp(base + place, needle, needleCount) == 0
  }
}
