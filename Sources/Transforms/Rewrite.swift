import Bytes

/// What the bytes from one place of an input become.
struct Rewrite {
  /// The byte in their place; nil where they are deleted.
  var byte: UInt8?
  /// How many bytes of the input are replaced.
  var length: Int
}

/// Writes `input` with every rewrite made, in one pass from left to right.
///
/// `rewrite` is asked at every byte that `mayBegin` has in a mask and that no earlier rewrite took;
/// what it gives must differ from the bytes that it replaces.
///
/// - Returns: whether there was a rewrite; where there was none `output` is as it was.
@inline(__always)
func rewriting(
  _ input: Span<UInt8>, into output: inout [UInt8],
  at mayBegin: (ByteBlock) -> ByteBlockMask, _ rewrite: (Span<UInt8>, Int) -> Rewrite?
) -> Bool {
  // Nothing is copied before it is known that something changes.
  var start = 0
  while let found = input.firstIndex(from: start, inBlocks: mayBegin) {
    if let first = rewrite(input, found) {
      write(input, into: &output, from: found, first, at: mayBegin, rewrite)
      return true
    }
    start = found + 1
  }
  return false
}

/// As ``rewriting(_:into:at:_:)``, where every rewrite begins with `byte`.
@inline(__always)
func rewriting(
  _ input: Span<UInt8>, into output: inout [UInt8], at byte: UInt8,
  _ rewrite: (Span<UInt8>, Int) -> Rewrite?
) -> Bool {
  var start = 0
  while let found = input.firstIndex(of: byte, from: start) {
    if let first = rewrite(input, found) {
      write(input, into: &output, from: found, first, at: { $0.isByte(byte) }, rewrite)
      return true
    }
    start = found + 1
  }
  return false
}

/// Writes `input`, whose first rewrite is `first` at `found`.
@inline(__always)
private func write(
  _ input: Span<UInt8>, into output: inout [UInt8], from found: Int, _ first: Rewrite,
  at mayBegin: (ByteBlock) -> ByteBlockMask, _ rewrite: (Span<UInt8>, Int) -> Rewrite?
) {
  let count = input.count
  // INVARIANT: a rewrite replaces one byte or more by one byte at most, so that the place that is
  // written is never behind the place that is read, and a block written there has room.
  unsafe output.fill(capacity: count + ByteBlock.byteCount) { target in
    // Sound: see the invariant; blocks are read with what is left of the input.
    unsafe input.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return 0 }
      unsafe target.copyMemory(from: base, byteCount: found)
      var end = unsafe target + found
      var index = found
      var replacement = first
      while true {
        if let byte = replacement.byte {
          unsafe end.storeBytes(of: byte, as: UInt8.self)
          unsafe end += 1
        }
        index &+= replacement.length
        // Copies up to the next rewrite.
        while true {
          guard index < count else { return unsafe end - target }
          let left = min(count &- index, ByteBlock.byteCount)
          let block = unsafe ByteBlock(at: base + index, count: left)
          unsafe end.storeBytes(of: block, as: ByteBlock.self)
          // Behind a short block stand zeros.
          let step = min(mayBegin(block).bits.firstByteOfBlock, left)
          index &+= step
          unsafe end += step
          if step == left { continue }
          if let next = rewrite(input, index) {
            replacement = next
            break
          }
          index &+= 1
          unsafe end += 1
        }
      }
    }
  }
}

/// Writes `input` with every byte replaced by what `map` makes of it.
@inline(__always)
func mapping(
  _ input: Span<UInt8>, into output: inout [UInt8], _ map: (ByteBlock) -> ByteBlock
) {
  let count = input.count
  unsafe output.fill(capacity: count + ByteBlock.byteCount) { target in
    // Sound: blocks are read with what is left of the input; the last that is written begins
    // before its end, and there is room for a block behind it.
    unsafe input.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return 0 }
      var index = 0
      while index < count {
        let block = unsafe ByteBlock(at: base + index, count: count &- index)
        unsafe target.storeBytes(of: map(block), toByteOffset: index, as: ByteBlock.self)
        index &+= ByteBlock.byteCount
      }
      return count
    }
  }
}
