import Bytes

/// The words of the SQL dialects, looked up without allocation whatever their case.
///
/// The tables are made once, at the first value: words in a table with open addressing, over a hash
/// that a scan can keep up byte by byte; phrases as pairs of a word or phrase and the word that
/// continues it. Both are a quarter full at most.
struct SQLDialect: Sendable {
  static let shared = SQLDialect()

  /// The longest word that is looked up.
  static let longestWord = 31

  private struct Entry {
    var start: UInt16
    var length: UInt8
    var kind: TokenKind
    var traits: WordTraits
  }

  private struct Pair {
    var first: UInt16
    var second: UInt16
    var phrase: UInt16
  }

  private static let slotCount = 4096
  private static let pairSlotCount = 512

  private var text: [UInt8] = []
  private var entries: [Entry] = [
    Entry(start: 0, length: 0, kind: .name, traits: WordTraits(rawValue: 0))
  ]
  private var slots = [UInt16](repeating: 0, count: slotCount)
  private var pairs = [Pair](
    repeating: Pair(first: 0, second: 0, phrase: 0), count: pairSlotCount)

  private init() {
    add(words: Self.keywords, .keyword)
    add(words: Self.statements, .statement)
    add(words: Self.expressions, .expression)
    add(words: Self.unions, .union)
    add(words: Self.groupings, .grouping)
    add(words: Self.operators, .operator)
    add(words: Self.logic, .logic)
    add(words: Self.collations, .collate)
    add(words: Self.numbers, .number)
    add(words: Self.variables, .variable)
    add(words: Self.functions, .function)
    add(words: Self.typeNames, .typeName)
    add(words: Self.callableNames, .name)
    add(phrases: Self.unionPhrases, .union)
    add(phrases: Self.expressionPhrases, .expression)
    add(phrases: Self.statementPhrases, .statement)
    add(phrases: Self.groupingPhrases, .grouping)
    add(phrases: Self.keywordPhrases, .keyword)
    add(phrases: Self.operatorPhrases, .operator)
    add(phrases: Self.functionPhrases, .function)
    add(phrases: Self.openPhrases, .name)
    add(phrases: Self.typePhrases, .typeName)
  }

  func kind(of word: SQLWord) -> TokenKind { entries[Int(word.index)].kind }

  func traits(of word: SQLWord) -> WordTraits { entries[Int(word.index)].traits }

  /// How many words and phrases there are, the word that no dialect knows among them.
  var entryCount: Int { entries.count }

  /// The bytes of a word or phrase, lower-case.
  func bytes(of word: SQLWord) -> ArraySlice<UInt8> {
    let entry = entries[Int(word.index)]
    return text[Int(entry.start)..<(Int(entry.start) + Int(entry.length))]
  }

  /// Whether a phrase goes on with the word.
  func isSecond(_ word: SQLWord) -> Bool {
    pairs.contains { $0.phrase != 0 && $0.second == word.index }
  }
}

// MARK: - Looking up

extension SQLDialect {
  /// The hash of a word, taken byte by byte.
  struct Hash {
    private(set) var value: UInt32 = 0x811C_9DC5

    mutating func add(_ byte: UInt8) {
      value = (value ^ UInt32(byte.asciiLowercased)) &* 0x0100_0193
    }

    var slot: Int { Int(truncatingIfNeeded: value ^ value >> 15) & (SQLDialect.slotCount - 1) }
  }

  /// The word at a range of the value, whose hash the caller has.
  func word(_ value: Span<UInt8>, _ range: Range<Int>, _ hash: Hash) -> SQLWord {
    var slot = hash.slot
    while slots[slot] != 0 {
      let index = slots[slot]
      if matches(entries[Int(index)], value, range) { return SQLWord(index: index) }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return .none
  }

  /// The word at a range of the value.
  func word(_ value: Span<UInt8>, _ range: Range<Int>) -> SQLWord {
    if range.isEmpty || range.count > Self.longestWord { return .none }
    var hash = Hash()
    for index in range { hash.add(value[index]) }
    return word(value, range, hash)
  }

  private func matches(_ entry: Entry, _ value: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if Int(entry.length) != range.count { return false }
    let start = Int(entry.start)
    for offset in 0..<range.count
    where text[start + offset] != value[range.lowerBound + offset].asciiLowercased {
      return false
    }
    return true
  }

  /// The phrase that two words make, if they do.
  func phrase(_ first: SQLWord, _ second: SQLWord) -> SQLWord {
    if first.index == 0 || second.index == 0 { return .none }
    var slot = Self.pairSlot(first, second)
    while pairs[slot].phrase != 0 {
      let pair = pairs[slot]
      if pair.first == first.index, pair.second == second.index {
        return SQLWord(index: pair.phrase)
      }
      slot = (slot + 1) & (Self.pairSlotCount - 1)
    }
    return .none
  }

  private static func pairSlot(_ first: SQLWord, _ second: SQLWord) -> Int {
    (Int(first.index) &* 31 &+ Int(second.index)) & (pairSlotCount - 1)
  }
}

// MARK: - Making the tables

extension SQLDialect {
  /// Names without a kind of their own that are functions where a parenthesis follows.
  private static let callableNames: StaticString = "user user_id user_name database password"

  private mutating func add(words: StaticString, _ kind: TokenKind) {
    for word in words.description.split(whereSeparator: \.isWhitespace) {
      _ = add(String(word), kind)
    }
  }

  /// Adds phrases between commas, with the shorter phrases and the words that they are made of.
  private mutating func add(phrases: StaticString, _ kind: TokenKind) {
    for phrase in phrases.description.split(separator: ",") {
      let words = phrase.split(whereSeparator: \.isWhitespace).map(String.init)
      var text = ""
      var made = SQLWord.none
      for (place, word) in words.enumerated() {
        let second = add(word, .name)
        if place == 0 {
          (text, made) = (word, second)
          continue
        }
        text += " " + word
        let isWhole = place == words.count - 1
        let whole = add(text, isWhole ? kind : .name, overrides: isWhole)
        addPair(made, second, whole)
        made = whole
      }
    }
  }

  private mutating func addPair(_ first: SQLWord, _ second: SQLWord, _ whole: SQLWord) {
    if phrase(first, second) != .none { return }
    var slot = Self.pairSlot(first, second)
    while pairs[slot].phrase != 0 { slot = (slot + 1) & (Self.pairSlotCount - 1) }
    pairs[slot] = Pair(first: first.index, second: second.index, phrase: whole.index)
  }

  /// Adds a word, or a phrase, that is not there yet.
  ///
  /// `overrides` gives a phrase its kind where a longer one brought it in as a beginning.
  private mutating func add(
    _ word: String, _ kind: TokenKind, overrides: Bool = false
  ) -> SQLWord {
    let bytes = Array(word.utf8)
    let found = self.word(bytes.span, 0..<bytes.count)
    if found != .none {
      if overrides { entries[Int(found.index)].kind = kind }
      return found
    }
    let index = UInt16(entries.count)
    entries.append(
      Entry(
        start: UInt16(text.count), length: UInt8(bytes.count), kind: kind,
        traits: WordTraits.of(word)))
    text += bytes
    var hash = Hash()
    for byte in bytes { hash.add(byte) }
    var slot = hash.slot
    while slots[slot] != 0 { slot = (slot + 1) & (Self.slotCount - 1) }
    slots[slot] = index
    return SQLWord(index: index)
  }
}
