import Bytes

/// A set of byte values.
struct ByteSet: Hashable {
  private var words: SIMD4<UInt64> = .zero

  init() {}

  init(_ ranges: ClosedRange<UInt8>...) {
    for range in ranges { insert(range) }
  }

  static let all = ByteSet().inverted
  static let digits = ByteSet(0x30...0x39)
  static let wordBytes = ByteSet(0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a)
  static let whiteSpace = ByteSet(0x09...0x0d, 0x20...0x20)
  static let horizontalSpace = ByteSet(0x09...0x09, 0x20...0x20, 0xa0...0xa0)
  static let verticalSpace = ByteSet(0x0a...0x0d, 0x85...0x85)

  /// The set that `[:name:]` stands for in a class; nil where there is no such class.
  init?(posixClass name: String) {
    switch name {
    case "alpha": self.init(0x41...0x5a, 0x61...0x7a)
    case "lower": self.init(0x61...0x7a)
    case "upper": self.init(0x41...0x5a)
    case "alnum": self.init(0x30...0x39, 0x41...0x5a, 0x61...0x7a)
    case "ascii": self.init(0x00...0x7f)
    case "blank": self.init(0x09...0x09, 0x20...0x20)
    case "cntrl": self.init(0x00...0x1f, 0x7f...0x7f)
    case "digit": self = .digits
    case "graph": self.init(0x21...0x7e)
    case "print": self.init(0x20...0x7e)
    case "punct": self.init(0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e)
    case "space": self = .whiteSpace
    case "word": self = .wordBytes
    case "xdigit": self.init(0x30...0x39, 0x41...0x46, 0x61...0x66)
    default: return nil
    }
  }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  mutating func formUnion(_ other: ByteSet) {
    words |= other.words
  }

  func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  var inverted: ByteSet {
    var copy = self
    copy.words = ~words
    return copy
  }

  /// The set with both cases of every ASCII letter in it.
  var ignoringCase: ByteSet {
    var copy = self
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(byte) || contains(byte ^ 0x20)
    {
      copy.insert(byte...byte)
      copy.insert((byte ^ 0x20)...(byte ^ 0x20))
    }
    return copy
  }

  /// The bytes as strings, a letter in both cases as one that ignores case; nil beyond `limit`.
  func texts(atMost limit: Int) -> [LiteralText]? {
    var texts: [LiteralText] = []
    for byte in UInt8.min...UInt8.max where contains(byte) {
      let hasBothCases = byte.isASCIILetter && contains(byte ^ 0x20)
      if hasBothCases, byte.isASCIIUppercase { continue }
      guard texts.count < limit else { return nil }
      texts.append(LiteralText([byte], ignoringCase: hasBothCases))
    }
    return texts
  }
}
