import Bytes

/// How much a word says, told without looking it up.
///
/// A word that is none of the language may be taken for one, which costs a reading of the value; the
/// reverse does not happen. A class, so that a lookup copies nothing of it.
final class WordClasses: Sendable {
  static let shared = WordClasses(SQLDialect.shared)

  /// What the words of a value are to the decision.
  struct Classes: OptionSet, Sendable {
    let rawValue: UInt8

    /// A type, a number, or a name that matters before a parenthesis only: no rule asks for it.
    static let idle = Classes(rawValue: 1)
    /// A function.
    static let function = Classes(rawValue: 2)
    /// Any other word, and the second one of a phrase; both bits, so that two words of the other
    /// classes together are like one of this.
    static let telling = Classes(rawValue: 3)
  }

  private static let slotBits: UInt64 = 14
  /// Two bits a slot.
  private let slots: [UInt64]

  private init(_ dialect: SQLDialect) {
    var slots = [UInt64](repeating: 0, count: 1 << (Int(Self.slotBits) - 5))
    dialect.forEachWord { word, classes in
      // Words are told apart at dots as well.
      for part in word.split(separator: UInt8(ascii: ".")) {
        let key = part.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        let slot = Self.slot(key, part.count)
        slots[slot >> 5] |= UInt64(classes.rawValue) << (UInt64(slot & 31) * 2)
      }
    }
    self.slots = slots
  }

  /// The class of a word, empty where no dialect has it.
  ///
  /// `key` has its first eight bytes, the first one lowest; what stands there behind the word is
  /// ignored.
  @inline(__always)
  func classes(_ key: UInt64, _ length: Int) -> Classes {
    let slot = Self.slot(key, length)
    let shift = UInt64(truncatingIfNeeded: slot & 31) &* 2
    return Classes(rawValue: UInt8(truncatingIfNeeded: slots[slot &>> 5] &>> shift & 3))
  }

  /// The bit that makes upper-case letters lower-case is set in all bytes: what is no letter may
  /// become another byte, and be taken for another word.
  @inline(__always)
  private static func slot(_ key: UInt64, _ length: Int) -> Int {
    let unused = length < 8 ? UInt64(truncatingIfNeeded: 8 &- length) &* 8 : 0
    let folded = (key | 0x2020_2020_2020_2020) &<< unused
    let mixed = (folded ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> (64 &- slotBits))
  }
}

extension SQLDialect {
  /// Gives every single word, lower-case, with its class.
  fileprivate func forEachWord(_ body: (ArraySlice<UInt8>, WordClasses.Classes) -> Void) {
    for index in 1..<entryCount {
      let word = SQLWord(index: UInt16(truncatingIfNeeded: index))
      let bytes = bytes(of: word)
      if bytes.contains(UInt8(ascii: " ")) { continue }
      body(bytes, classes(of: word))
    }
  }

  private func classes(of word: SQLWord) -> WordClasses.Classes {
    if isSecond(word) || traits(of: word).contains(.condition) { return .telling }
    return switch kind(of: word) {
    case .typeName, .name, .number: .idle
    case .function: .function
    default: .telling
    }
  }
}
