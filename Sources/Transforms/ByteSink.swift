import Bytes

/// A place in storage that bytes are written to, one after the other.
///
/// Sound where whoever makes one has room for all that is written.
@safe struct ByteSink {
  private let start: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer

  @inline(__always)
  init(at start: UnsafeMutableRawPointer) {
    unsafe self.start = start
    unsafe end = start
  }

  /// How many bytes were written.
  var count: Int { @inline(__always) get { unsafe end - start } }

  /// Whether nothing was written.
  var isEmpty: Bool { @inline(__always) get { unsafe end == start } }

  /// The byte that was written last; there must be one.
  var last: UInt8 { @inline(__always) get { unsafe end.load(fromByteOffset: -1, as: UInt8.self) } }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    unsafe end.storeBytes(of: byte, as: UInt8.self)
    unsafe end += 1
  }

  /// Appends the bytes of `input` from `start` up to the first that `stops` has in a mask, upper-case
  /// letters made lower-case; returns the place of that byte, or the end.
  ///
  /// Up to a block more is written, which does not count.
  @inline(__always)
  mutating func appendLowercased(
    _ input: Span<UInt8>, from start: Int, upTo stops: (ByteBlock) -> ByteBlockMask
  ) -> Int {
    var index = start
    // Sound: blocks are read with what is left of the input, which outlives the call.
    unsafe input.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      while index < source.count {
        let left = min(source.count &- index, ByteBlock.byteCount)
        let block = unsafe ByteBlock(at: base + index, count: left)
        unsafe end.storeBytes(of: block.asciiLowercased, as: ByteBlock.self)
        let step = min(stops(block).bits.firstByteOfBlock, left)
        index &+= step
        unsafe end += step
        if step < left { return }
      }
    }
    return index
  }
}
