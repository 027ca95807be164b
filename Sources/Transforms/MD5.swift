import Bytes

/// MD5: the raw digest, 16 bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide.
func applyMD5(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  output.removeAll(keepingCapacity: true)
  MD5Digest.append(of: input, to: &output)
  return TransformEffect(changed: !output.span.equals(input))
}

/// The MD5 digest of bytes (RFC 1321).
///
/// Only this transformation needs it: nothing in wafcast may rely on MD5 for security.
private struct MD5Digest {
  private var a: UInt32 = 0x6745_2301
  private var b: UInt32 = 0xefcd_ab89
  private var c: UInt32 = 0x98ba_dcfe
  private var d: UInt32 = 0x1032_5476

  /// Appends the 16 bytes of the digest of `input`.
  static func append(of input: Span<UInt8>, to output: inout [UInt8]) {
    var digest = MD5Digest()
    var start = 0
    while input.count - start >= 64 {
      digest.compress(input, at: start)
      start += 64
    }
    // The rest, the bit that ends the message, zeros and the length, in one block or two.
    var tail = [128 of UInt8](repeating: 0)
    let left = input.count - start
    for index in 0..<left { tail[index] = input[start + index] }
    tail[left] = 0x80
    let tailCount = left < 56 ? 64 : 128
    let bitCount = UInt64(truncatingIfNeeded: input.count) &* 8
    for index in 0..<8 {
      tail[tailCount - 8 + index] = UInt8(
        truncatingIfNeeded: bitCount &>> UInt64(truncatingIfNeeded: index &* 8))
    }
    digest.compress(tail.span, at: 0)
    if tailCount == 128 { digest.compress(tail.span, at: 64) }
    for word in [digest.a, digest.b, digest.c, digest.d] {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        output.append(UInt8(truncatingIfNeeded: word &>> shift))
      }
    }
  }

  /// Adds the block of 64 bytes at `start`.
  private mutating func compress(_ bytes: Span<UInt8>, at start: Int) {
    var words = [16 of UInt32](repeating: 0)
    for index in 0..<16 {
      let place = start &+ index &* 4
      words[index] =
        UInt32(bytes[place]) | UInt32(bytes[place &+ 1]) &<< 8
        | UInt32(bytes[place &+ 2]) &<< 16 | UInt32(bytes[place &+ 3]) &<< 24
    }
    var state = self
    state.mix(words, from: 0, by: 1, at: 0, shifts: (7, 12, 17, 22)) { $2 ^ ($0 & ($1 ^ $2)) }
    state.mix(words, from: 1, by: 5, at: 16, shifts: (5, 9, 14, 20)) { $1 ^ ($2 & ($0 ^ $1)) }
    state.mix(words, from: 5, by: 3, at: 32, shifts: (4, 11, 16, 23)) { $0 ^ $1 ^ $2 }
    state.mix(words, from: 0, by: 7, at: 48, shifts: (6, 10, 15, 21)) { $1 ^ ($0 | ~$2) }
    a &+= state.a
    b &+= state.b
    c &+= state.c
    d &+= state.d
  }

  /// Sixteen steps of one kind, which take the words from `first` on, `stride` apart.
  @inline(__always)
  private mutating func mix(
    _ words: [16 of UInt32], from first: Int, by stride: Int, at constant: Int,
    shifts: (UInt32, UInt32, UInt32, UInt32), _ mixed: (UInt32, UInt32, UInt32) -> UInt32
  ) {
    @inline(__always)
    func step(
      _ a: inout UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ index: Int, _ shift: UInt32
    ) {
      let word = words[(first &+ index &* stride) & 15]
      let sum = a &+ mixed(b, c, d) &+ Self.constants[constant &+ index] &+ word
      a = b &+ (sum &<< shift | sum &>> (32 &- shift))
    }
    // Four steps bring each name back to its place: nothing is moved.
    for index in Swift.stride(from: 0, to: 16, by: 4) {
      step(&a, b, c, d, index, shifts.0)
      step(&d, a, b, c, index &+ 1, shifts.1)
      step(&c, d, a, b, index &+ 2, shifts.2)
      step(&b, c, d, a, index &+ 3, shifts.3)
    }
  }

  private static let constants: [64 of UInt32] = [
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
