import Bytes

/// MD5: the raw digest, 16 bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applyMD5(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  MD5Digest.append(of: input, to: &output)
  return TransformEffect(changed: !output.span.equals(input))
}

/// The MD5 digest of bytes (RFC 1321).
///
/// Only this transformation needs it: nothing in wafcast may rely on MD5 for security.
private enum MD5Digest {
  /// Appends the 16 bytes of the digest of `input`.
  static func append(of input: Span<UInt8>, to output: inout [UInt8]) {
    var state = State()
    var block = Block(repeating: 0)
    var start = 0
    while input.count - start >= 64 {
      for index in 0..<16 { block[index] = word(in: input, at: start + index * 4) }
      state.compress(block)
      start += 64
    }
    // The rest, the bit that ends the message, zeros and the length, in one block or two.
    var tail = [UInt8](input.extracting(start..<input.count))
    tail.append(0x80)
    while tail.count % 64 != 56 { tail.append(0) }
    let bitCount = UInt64(truncatingIfNeeded: input.count) &* 8
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      tail.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    for start in stride(from: 0, to: tail.count, by: 64) {
      for index in 0..<16 { block[index] = word(in: tail.span, at: start + index * 4) }
      state.compress(block)
    }
    for word in [state.a, state.b, state.c, state.d] {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        output.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
  }

  private typealias Block = InlineArray<16, UInt32>

  private static func word(in bytes: Span<UInt8>, at index: Int) -> UInt32 {
    UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
      | UInt32(bytes[index + 3]) << 24
  }

  private struct State {
    var a: UInt32 = 0x6745_2301
    var b: UInt32 = 0xefcd_ab89
    var c: UInt32 = 0x98ba_dcfe
    var d: UInt32 = 0x1032_5476

    mutating func compress(_ block: Block) {
      var (a, b, c, d) = (self.a, self.b, self.c, self.d)
      for step in 0..<64 {
        let mixed: UInt32
        let position: Int
        switch step / 16 {
        case 0: (mixed, position) = (b & c | ~b & d, step)
        case 1: (mixed, position) = (d & b | ~d & c, (5 * step + 1) % 16)
        case 2: (mixed, position) = (b ^ c ^ d, (3 * step + 5) % 16)
        default: (mixed, position) = (c ^ (b | ~d), 7 * step % 16)
        }
        let sum = a &+ mixed &+ constants[step] &+ block[position]
        let shift = shifts[step / 16 * 4 + step % 4]
        (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
      }
      self.a &+= a
      self.b &+= b
      self.c &+= c
      self.d &+= d
    }
  }

  private static let shifts: [UInt32] = [
    7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21,
  ]

  private static let constants: [UInt32] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a,
    0xa830_4613, 0xfd46_9501, 0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be,
    0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821, 0xf61e_2562, 0xc040_b340,
    0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8,
    0x676f_02d9, 0x8d2a_4c8a, 0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c,
    0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70, 0x289b_7ec6, 0xeaa1_27fa,
    0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92,
    0xffef_f47d, 0x8584_5dd1, 0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1,
    0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
  ]
}
