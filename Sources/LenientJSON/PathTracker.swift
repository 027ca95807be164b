import Bytes

/// Where a value lies, seen from the paths asked for.
struct PathScope {
  /// At or below one of the paths.
  var isIncluded: Bool
  /// The paths that lead through the value: a run of `PathTracker.candidates`.
  var first: Int32
  var count: Int32
  /// How many tokens of those paths have been followed.
  var depth: Int32

  init(isIncluded: Bool, first: Int, count: Int, depth: Int32) {
    self.isIncluded = isIncluded
    self.first = Int32(truncatingIfNeeded: first)
    self.count = Int32(truncatingIfNeeded: count)
    self.depth = depth
  }

  /// The places of the paths.
  var places: Range<Int> { Int(first)..<Int(first) + Int(count) }
}

/// Follows JSON pointers into a text.
///
/// The pointers that lead through a value are a run on a stack, so that a text of any depth costs
/// no more than its nesting.
struct PathTracker: Sendable {
  private var pointers: [[[UInt8]]]?
  private var candidates: ContiguousArray<Int32> = []

  /// Starts over; nil asks for everything.
  mutating func begin(_ pointers: [[[UInt8]]]?) {
    self.pointers = pointers
    candidates.removeAll(keepingCapacity: true)
    guard let pointers else { return }
    for index in pointers.indices { candidates.append(Int32(truncatingIfNeeded: index)) }
  }

  /// The scope of the root.
  var root: PathScope {
    guard let pointers else { return PathScope(isIncluded: true, first: 0, count: 0, depth: 0) }
    return PathScope(
      isIncluded: pointers.contains { $0.isEmpty }, first: 0, count: pointers.count, depth: 0)
  }

  /// The scope of the value behind a key.
  mutating func enter(
    _ parent: PathScope, key: KeyName, text: Span<UInt8>, decoded: [UInt8]
  ) -> PathScope {
    var child = child(of: parent)
    guard let pointers, !parent.isIncluded else { return child }
    for place in parent.places {
      let pointer = pointers[Int(candidates[place])]
      let token = pointer[Int(parent.depth)]
      let isSame =
        key.isDecoded
        ? decoded.span.extracting(key.range.bounds).equals(token.span)
        : text.extracting(key.range.bounds).equals(token.span)
      if isSame { follow(place, pointer.count, &child) }
    }
    return child
  }

  /// The scope of an element of an array.
  mutating func enter(_ parent: PathScope, index: Int) -> PathScope {
    var child = child(of: parent)
    guard let pointers, !parent.isIncluded else { return child }
    for place in parent.places {
      let pointer = pointers[Int(candidates[place])]
      if Self.isIndex(pointer[Int(parent.depth)], index) { follow(place, pointer.count, &child) }
    }
    return child
  }

  /// Forgets the scope of a value that is over.
  mutating func leave(_ scope: PathScope) {
    let surplus = candidates.count - Int(scope.first)
    if surplus > 0 { candidates.removeLast(surplus) }
  }

  private func child(of parent: PathScope) -> PathScope {
    PathScope(
      isIncluded: parent.isIncluded, first: candidates.count, count: 0, depth: parent.depth &+ 1)
  }

  private mutating func follow(_ place: Int, _ length: Int, _ child: inout PathScope) {
    if length == Int(child.depth) {
      child.isIncluded = true
    } else {
      candidates.append(candidates[place])
      child.count += 1
    }
  }

  /// Whether a token is the index in decimal, without leading zeros.
  private static func isIndex(_ token: [UInt8], _ index: Int) -> Bool {
    var rest = index
    for byte in token.reversed() {
      guard byte.isASCIIDigit, Int(byte &- 0x30) == rest % 10 else { return false }
      rest /= 10
      if rest == 0 { return token.count == Self.digits(of: index) }
    }
    return false
  }

  private static func digits(of index: Int) -> Int {
    var count = 1
    var rest = index / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }
}
