/// The SHA-256 digest of bytes (FIPS 180-4).
///
/// Stamps must not change with the platform's libraries, and this is all the cryptography that
/// the project needs, so it brings no dependency.
package struct SHA256: Sendable {
  private var state: [8 of UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The bytes that do not fill a block yet.
  private var block: [64 of UInt8] = .init(repeating: 0)
  private var blockCount = 0
  private var byteCount: UInt64 = 0

  package init() {}

  /// Adds bytes to what is digested.
  @inlinable package mutating func update(_ bytes: some Sequence<UInt8>) {
    // An array of its own at worst: a call of another module for each byte costs far more.
    update(Array(bytes).span)
  }

  /// Adds bytes to what is digested.
  package mutating func update(_ bytes: Span<UInt8>) {
    byteCount &+= UInt64(truncatingIfNeeded: bytes.count)
    var next = 0
    while blockCount > 0, next < bytes.count {
      append(bytes[next])
      next += 1
    }
    while bytes.count - next >= 64 {
      compress(bytes.extracting(next..<next + 64))
      next += 64
    }
    while next < bytes.count {
      append(bytes[next])
      next += 1
    }
  }

  /// The digest as 64 hexadecimal digits.
  package consuming func hexDigest() -> String {
    finish()
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for index in state.indices {
      for shift in stride(from: UInt32(28), through: 0, by: -4) {
        text.append(digits[Int((state[index] >> shift) & 0xF)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the digest's 32 bytes to `output`.
  package consuming func append(to output: inout [UInt8]) {
    finish()
    for index in state.indices {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        output.append(UInt8(truncatingIfNeeded: state[index] >> shift))
      }
    }
  }

  private mutating func finish() {
    let bitCount = byteCount &* 8
    append(0x80)
    while blockCount != 56 { append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
  }

  private mutating func append(_ byte: UInt8) {
    block[blockCount] = byte
    blockCount += 1
    guard blockCount == 64 else { return }
    let full = block
    compress(full.span)
    blockCount = 0
  }

  private mutating func compress(_ bytes: Span<UInt8>) {
    // The last 16 words of the schedule, in a ring.
    var words: [16 of UInt32] = .init(repeating: 0)
    for index in 0..<16 {
      let start = index &* 4
      words[index] =
        UInt32(bytes[start]) << 24 | UInt32(bytes[start &+ 1]) << 16
        | UInt32(bytes[start &+ 2]) << 8 | UInt32(bytes[start &+ 3])
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var start = 0
    while true {
      // Eight rounds bring each name back to its place: nothing is moved.
      mix(a, b, c, &d, e, f, g, &h, key(start &+ 0) &+ words[0])
      mix(h, a, b, &c, d, e, f, &g, key(start &+ 1) &+ words[1])
      mix(g, h, a, &b, c, d, e, &f, key(start &+ 2) &+ words[2])
      mix(f, g, h, &a, b, c, d, &e, key(start &+ 3) &+ words[3])
      mix(e, f, g, &h, a, b, c, &d, key(start &+ 4) &+ words[4])
      mix(d, e, f, &g, h, a, b, &c, key(start &+ 5) &+ words[5])
      mix(c, d, e, &f, g, h, a, &b, key(start &+ 6) &+ words[6])
      mix(b, c, d, &e, f, g, h, &a, key(start &+ 7) &+ words[7])
      mix(a, b, c, &d, e, f, g, &h, key(start &+ 8) &+ words[8])
      mix(h, a, b, &c, d, e, f, &g, key(start &+ 9) &+ words[9])
      mix(g, h, a, &b, c, d, e, &f, key(start &+ 10) &+ words[10])
      mix(f, g, h, &a, b, c, d, &e, key(start &+ 11) &+ words[11])
      mix(e, f, g, &h, a, b, c, &d, key(start &+ 12) &+ words[12])
      mix(d, e, f, &g, h, a, b, &c, key(start &+ 13) &+ words[13])
      mix(c, d, e, &f, g, h, a, &b, key(start &+ 14) &+ words[14])
      mix(b, c, d, &e, f, g, h, &a, key(start &+ 15) &+ words[15])
      start &+= 16
      if start == 64 { break }
      for index in 0..<16 {
        let early = words[(index &+ 1) & 15]
        let late = words[(index &+ 14) & 15]
        let small = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
        let large = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
        words[index] &+= small &+ words[(index &+ 9) & 15] &+ large
      }
    }
    let added: [8 of UInt32] = [a, b, c, d, e, f, g, h]
    for index in added.indices { state[index] &+= added[index] }
  }

  /// The constant of a round; the mask spares the check of the index.
  @inline(__always)
  private func key(_ round: Int) -> UInt32 { Self.constants[round & 63] }

  /// A round: what it changes of the eight words.
  @inline(__always)
  private func mix(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) | (c & (a | b))
    let sumE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let sumA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    let first = h &+ sumE &+ choice &+ word
    d &+= first
    h = first &+ sumA &+ majority
  }

  @inline(__always)
  private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  private static let constants: [64 of UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
    0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
    0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
    0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
    0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
    0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
    0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
    0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
