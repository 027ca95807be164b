/// A run of bytes inside an arena: where it starts and how many bytes it has.
///
/// Offsets are 32-bit: an arena holds one record, which is at most 16 MiB.
public struct ByteRange: Hashable, Sendable {
  /// The offset of the first byte.
  public var start: UInt32
  /// The number of bytes.
  public var count: UInt32

  /// The run of `count` bytes from `start`.
  public init(start: Int, count: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.count = UInt32(truncatingIfNeeded: count)
  }

  /// The run of no bytes.
  public static let empty = ByteRange(start: 0, count: 0)

  /// The offset after the last byte.
  public var end: Int { Int(start) + Int(count) }

  /// Whether the run has no bytes.
  public var isEmpty: Bool { count == 0 }

  /// The run as a range of integers, for indexing an array.
  public var bounds: Range<Int> { Int(start)..<end }
}
