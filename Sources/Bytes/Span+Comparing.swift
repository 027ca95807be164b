#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Comparing runs of bytes. All uses of pointers are sound for one reason: they come from spans that
// outlive the call, with the spans' own counts.

extension Span<UInt8> {
  /// Whether the first bytes are `prefix`.
  @inlinable package func starts(with prefix: Span<UInt8>) -> Bool {
    count >= prefix.count && extracting(first: prefix.count).holdsSameBytes(as: prefix)
  }

  /// Whether the last bytes are `suffix`.
  @inlinable package func ends(with suffix: Span<UInt8>) -> Bool {
    count >= suffix.count && extracting(last: suffix.count).holdsSameBytes(as: suffix)
  }

  /// Whether both spans hold the same bytes.
  @inlinable package func equals(_ other: Span<UInt8>) -> Bool {
    count == other.count && holdsSameBytes(as: other)
  }

  /// Whether both spans hold the same bytes, the case of ASCII letters aside.
  @inlinable package func equalsIgnoringASCIICase(_ other: Span<UInt8>) -> Bool {
    // Most pairs that are compared differ in length: that is told without a call.
    count == other.count && holdsSameLetters(as: other)
  }

  /// As ``equals(_:)`` for spans of one length.
  @usableFromInline func holdsSameBytes(as other: Span<UInt8>) -> Bool {
    unsafe withUnsafeBytes { left in
      unsafe other.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        if count <= 16 {
          return unsafe ByteBlock(at: left, count: count).hasBytes(
            of: ByteBlock(at: right, count: count))
        }
        return unsafe memcmp(left, right, count) == 0
      }
    }
  }

  /// As ``equalsIgnoringASCIICase(_:)`` for spans of one length.
  @usableFromInline func holdsSameLetters(as other: Span<UInt8>) -> Bool {
    unsafe withUnsafeBytes { left in
      unsafe other.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        var index = 0
        while index < count {
          // The last block overlaps the one before it.
          if index &+ 16 > count, count >= 16 { index = count &- 16 }
          let leftBlock = unsafe ByteBlock(at: left + index, count: count &- index)
          let rightBlock = unsafe ByteBlock(at: right + index, count: count &- index)
          guard leftBlock.asciiLowercased.hasBytes(of: rightBlock.asciiLowercased)
          else { return false }
          index &+= 16
        }
        return true
      }
    }
  }
}
