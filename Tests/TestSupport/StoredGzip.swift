/// Gzip data whose deflate blocks are stored, so that tests can make some without a compressor.
package enum StoredGzip {
  /// One member that holds `content`.
  package static func member(_ content: [UInt8]) -> [UInt8] {
    var data: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
      let count = min(content.count - start, 65535)
      let isLast = start + count == content.count
      let low = UInt8(count & 0xFF)
      let high = UInt8(count >> 8)
      data += [isLast ? 1 : 0, low, high, ~low, ~high]
      data += content[start..<start + count]
      start += count
    } while start < content.count
    return data + littleEndian(checksum(content)) + littleEndian(UInt32(content.count))
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// CRC-32, as RFC 1952 has it.
  private static func checksum(_ content: [UInt8]) -> UInt32 {
    var value: UInt32 = ~0
    for byte in content {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~value
  }
}
