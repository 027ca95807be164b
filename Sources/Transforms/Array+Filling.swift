extension [UInt8] {
  /// Replaces the content by up to `capacity` bytes that `write` puts at the place it is given.
  ///
  /// `write` returns how many bytes it wrote, which must be the first there and no more than
  /// `capacity`; behind them it may leave anything. The storage is kept where it is large enough.
  @inline(__always)
  mutating func fill(
    capacity: Int, _ write: (UnsafeMutableRawPointer) -> Int
  ) {
    removeAll(keepingCapacity: true)
    append(addingCapacity: capacity) { span in
      // Sound: the storage has room for `capacity` bytes, and of a byte any content is fine.
      unsafe span.withUnsafeMutableBufferPointer { buffer, count in
        guard let start = buffer.baseAddress else { return }
        count = unsafe write(UnsafeMutableRawPointer(start))
      }
    }
  }
}
