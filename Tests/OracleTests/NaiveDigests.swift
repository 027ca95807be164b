import Foundation

/// MD5 and SHA-256 from their specifications (RFC 1321, FIPS 180-4); constants by their formulas.
enum NaiveDigests {
  private static func padded(_ input: [UInt8], bigEndian: Bool) -> [UInt8] {
    var bytes = input + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: (input.count * 8) >> ($0 * 8)) }
    return bytes + (bigEndian ? length.reversed() : length)
  }

  private static func rotated(_ value: UInt32, left count: Int) -> UInt32 {
    value << UInt32(count) | value >> UInt32(32 - count)
  }

  // MARK: MD5

  private static let sines: [UInt32] = (0..<64).map {
    UInt32(abs(sin(Double($0 + 1))) * 4_294_967_296)
  }
  private static let turns = [
    [7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21],
  ]

  static func md5(_ input: [UInt8]) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    let bytes = padded(input, bigEndian: false)
    for block in stride(from: 0, to: bytes.count, by: 64) {
      let words = (0..<16).map { word in
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[block + word * 4 + $1]) << UInt32($1 * 8) }
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for step in 0..<64 {
        var mixed: UInt32
        let word: Int
        switch step / 16 {
        case 0: (mixed, word) = (b & c | ~b & d, step)
        case 1: (mixed, word) = (d & b | ~d & c, (5 * step + 1) % 16)
        case 2: (mixed, word) = (b ^ c ^ d, (3 * step + 5) % 16)
        default: (mixed, word) = (c ^ (b | ~d), 7 * step % 16)
        }
        mixed = mixed &+ a &+ sines[step] &+ words[word]
        (a, d, c) = (d, c, b)
        b = b &+ rotated(mixed, left: turns[step / 16][step % 4])
      }
      state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
    }
    return state.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) }
    }
  }

  // MARK: SHA-256

  private static let primes: [Int] = (2..<312).filter { number in
    (2..<number).allSatisfy { number % $0 != 0 }
  }
  /// The first 32 bits behind the point.
  private static func fraction(_ value: Double) -> UInt32 {
    UInt32((value - value.rounded(.down)) * 4_294_967_296)
  }
  private static let roots: [UInt32] = primes.prefix(64).map { fraction(cbrt(Double($0))) }
  private static let start: [UInt32] = primes.prefix(8).map { fraction(Double($0).squareRoot()) }

  static func sha256(_ input: [UInt8]) -> [UInt8] {
    var state = start
    let bytes = padded(input, bigEndian: true)
    func turned(_ value: UInt32, _ counts: [Int]) -> UInt32 {
      counts.reduce(0) { $0 ^ rotated(value, left: 32 - $1) }
    }
    for block in stride(from: 0, to: bytes.count, by: 64) {
      var words = (0..<16).map { word in
        (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[block + word * 4 + $1]) }
      }
      for index in 16..<64 {
        let first = turned(words[index - 15], [7, 18]) ^ words[index - 15] >> 3
        let second = turned(words[index - 2], [17, 19]) ^ words[index - 2] >> 10
        words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
      }
      var v = state
      for index in 0..<64 {
        let choice = v[4] & v[5] ^ ~v[4] & v[6]
        let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
        let first =
          v[7] &+ turned(v[4], [6, 11, 25]) &+ choice &+ roots[index] &+ words[index]
        let second = turned(v[0], [2, 13, 22]) &+ majority
        v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
      }
      state = zip(state, v).map { $0 &+ $1 }
    }
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }
}
