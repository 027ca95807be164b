import Bytes

/// Which bytes a value has, as far as transformations care: a value without any of the bytes that a
/// transformation looks for is left alone by it, whatever the reading of open questions.
package struct ByteTraits: Hashable, Sendable {
  /// One bit a trait.
  package var rawValue: UInt32

  @inlinable package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  @inlinable package func intersects(_ other: ByteTraits) -> Bool {
    rawValue & other.rawValue != 0
  }

  @inlinable package mutating func formUnion(_ other: ByteTraits) {
    rawValue |= other.rawValue
  }

  /// What every value has, the empty one too.
  static let any = ByteTraits(rawValue: 1 << 31)
  static let none = ByteTraits(rawValue: 0)

  static let percent = ByteTraits(rawValue: 1 << 0)
  static let plus = ByteTraits(rawValue: 1 << 1)
  static let ampersand = ByteTraits(rawValue: 1 << 2)
  static let backslash = ByteTraits(rawValue: 1 << 3)
  static let uppercase = ByteTraits(rawValue: 1 << 4)
  static let lowercase = ByteTraits(rawValue: 1 << 5)
  static let space = ByteTraits(rawValue: 1 << 6)
  /// White space other than the space, the no-break space of Latin-1 too.
  static let otherSpace = ByteTraits(rawValue: 1 << 7)
  static let dotOrSlash = ByteTraits(rawValue: 1 << 8)
  static let dash = ByteTraits(rawValue: 1 << 9)
  static let null = ByteTraits(rawValue: 1 << 10)
  static let high = ByteTraits(rawValue: 1 << 11)
  static let star = ByteTraits(rawValue: 1 << 12)
  static let hash = ByteTraits(rawValue: 1 << 13)
  /// Quotes of all kinds, the caret too.
  static let quote = ByteTraits(rawValue: 1 << 14)
  static let separator = ByteTraits(rawValue: 1 << 15)
  // Two neighbours that both have a trait.
  static let spaces = ByteTraits(rawValue: space.rawValue << 16)
  static let dotsOrSlashes = ByteTraits(rawValue: dotOrSlash.rawValue << 16)
  static let dashes = ByteTraits(rawValue: dash.rawValue << 16)
  static let zero = ByteTraits(rawValue: 1 << 30)

  private static let pairs = spaces.rawValue | dotsOrSlashes.rawValue | dashes.rawValue

  /// The traits of one byte.
  private init(of byte: UInt8) {
    var traits: UInt32 = 0
    switch byte {
    case UInt8(ascii: "%"): traits = Self.percent.rawValue
    case UInt8(ascii: "+"): traits = Self.plus.rawValue
    case UInt8(ascii: "&"): traits = Self.ampersand.rawValue
    case UInt8(ascii: "\\"): traits = Self.backslash.rawValue
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): traits = Self.uppercase.rawValue
    case UInt8(ascii: "a")...UInt8(ascii: "z"): traits = Self.lowercase.rawValue
    case UInt8(ascii: " "): traits = Self.space.rawValue
    case UInt8(ascii: "."), UInt8(ascii: "/"): traits = Self.dotOrSlash.rawValue
    case UInt8(ascii: "-"): traits = Self.dash.rawValue
    case UInt8(ascii: "*"): traits = Self.star.rawValue
    case UInt8(ascii: "#"): traits = Self.hash.rawValue
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "^"):
      traits = Self.quote.rawValue
    case UInt8(ascii: ","), UInt8(ascii: ";"): traits = Self.separator.rawValue
    case UInt8(ascii: "0"): traits = Self.zero.rawValue
    case 0: traits = Self.null.rawValue
    default: break
    }
    if byte != UInt8(ascii: " "), byte.isASCIIWhitespace || byte == 0xA0 {
      traits |= Self.otherSpace.rawValue
    }
    if byte >= 0x80 { traits |= Self.high.rawValue }
    rawValue = traits
  }

  /// The traits of all bytes; whoever asks often keeps it.
  package static var table: ContiguousArray<UInt32> {
    ContiguousArray((0...UInt8.max).map { ByteTraits(of: $0).rawValue })
  }

  /// The traits of `value`.
  ///
  /// - Parameter table: ``table``.
  package init(of value: Span<UInt8>, _ table: borrowing ContiguousArray<UInt32>) {
    var all = Self.any.rawValue
    var pairs: UInt32 = 0
    // Sound: both buffers live for the time of the call; a byte is below the table's 256 entries.
    unsafe value.withUnsafeBufferPointer { bytes in
      unsafe table.withUnsafeBufferPointer { table in
        guard bytes.count > 0, table.count == 256 else { return }
        var before: UInt32 = 0
        for index in 0..<bytes.count {
          let traits = unsafe table[Int(bytes[index])]
          all |= traits
          pairs |= traits & before
          before = traits
        }
        // A path may begin with a dot segment.
        if unsafe bytes[0] == UInt8(ascii: ".") { pairs |= Self.dotOrSlash.rawValue }
      }
    }
    rawValue = all | pairs << 16 & Self.pairs
  }
}

extension TextTransformation {
  /// The traits without any of which a value is left alone, under every reading.
  package var changing: ByteTraits {
    switch self {
    case .none: .none
    case .lowercase: .uppercase
    case .uppercase: .lowercase
    case .urlDecode, .urlDecodeUni: .of(.percent, .plus)
    case .htmlEntityDecode: .ampersand
    case .compressWhiteSpace: .of(.otherSpace, .spaces)
    case .normalizePath: .dotsOrSlashes
    case .normalizePathWin: .of(.dotsOrSlashes, .backslash)
    case .removeNulls, .replaceNulls: .null
    case .sqlHexDecode: .zero
    case .escapeSeqDecode, .jsDecode, .jsDecodeExt, .cssDecode: .backslash
    case .utf8ToUnicode: .high
    case .replaceComments: .star
    case .removeCommentsChar: .of(.star, .hash, .dashes)
    case .removeWhitespace, .trim, .trimLeft, .trimRight: .of(.space, .otherSpace)
    case .cmdLine, .cmdLineUnix, .cmdLineWin:
      .of(.uppercase, .space, .otherSpace, .quote, .backslash, .separator)
    case .base64Decode, .base64DecodeExt, .hexDecode, .md5, .sha256: .any
    }
  }
}

extension ByteTraits {
  fileprivate static func of(_ traits: ByteTraits...) -> ByteTraits {
    ByteTraits(rawValue: traits.reduce(0) { $0 | $1.rawValue })
  }

  /// The union of what a chain of transformations looks for.
  package static func changing(_ chain: some Sequence<TextTransformation>) -> ByteTraits {
    ByteTraits(rawValue: chain.reduce(0) { $0 | $1.changing.rawValue })
  }

  /// The traits without any of which a value is, but for the case of ASCII letters, what `chain` makes
  /// of it.
  ///
  /// Lowering letters gives a value no trait that another transformation than UPPERCASE looks for.
  package static func changingMoreThanCase(_ chain: [TextTransformation]) -> ByteTraits {
    guard !(chain.contains(.lowercase) && chain.contains(.uppercase)) else {
      return changing(chain)
    }
    return changing(chain.filter { $0 != .lowercase && $0 != .uppercase })
  }
}
