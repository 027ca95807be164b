import Bytes

/// The named entities of HTML_ENTITY_DECODE; case does not matter.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, list of 2023-10-04. Names that
/// are not in the list (`&copy;`) stay encoded.
enum HTMLEntityNames {
  /// The length of the longest name.
  static let longest = 16

  /// The byte that `name` stands for, nil where the list does not have it.
  static func byte(named name: Span<UInt8>) -> UInt8? {
    guard !name.isEmpty, name.count <= longest else { return nil }
    // A leading NUL would vanish in the key.
    guard name[0] != 0 else { return nil }
    var key: UInt128 = 0
    for index in name.indices { key = key << 8 | UInt128(name[index].asciiLowercased) }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? bytes[low] : nil
  }

  /// The lower-case names as big-endian numbers, sorted: a lookup compares integers.
  private static let keys: ContiguousArray<UInt128> = ContiguousArray(sortedEntries.map(\.key))
  private static let bytes: ContiguousArray<UInt8> = ContiguousArray(sortedEntries.map(\.byte))

  /// Whether a numeric entity or a name may be at `index`: most of what follows an ampersand is the
  /// name of an argument, and its first two letters tell already.
  @inline(__always)
  static func mayBegin(_ input: Span<UInt8>, at index: Int) -> Bool {
    guard index + 1 < input.count else { return false }
    let first = input[index]
    let (letter, other) = ((first | 0x20) &- 0x61, (input[index + 1] | 0x20) &- 0x61)
    return first == UInt8(ascii: "#")
      || letter < 26 && other < 26 && seconds[Int(letter)] &>> UInt32(other) & 1 == 1
  }

  /// The second letters of the names that begin with each letter, a bit each.
  private static let seconds: [26 of UInt32] = {
    var seconds = [26 of UInt32](repeating: 0)
    for (name, _) in entries {
      let letters = name.utf8.prefix(2).map { Int($0.asciiLowercased &- 0x61) }
      seconds[letters[0]] |= 1 << UInt32(letters[1])
    }
    return seconds
  }()

  private static let sortedEntries = entries.map { name, character in
    (
      key: name.utf8.reduce(0) { $0 << 8 | UInt128($1.asciiLowercased) },
      byte: UInt8(truncatingIfNeeded: character.value)
    )
  }.sorted { $0.key < $1.key }

  static let entries: [(name: String, character: Unicode.Scalar)] = [
    ("quot", "\""), ("amp", "&"), ("lt", "<"), ("gt", ">"),
    ("nbsp", "\u{a0}"), ("NonBreakingSpace", "\u{a0}"), ("NewLine", "\n"), ("Tab", "\t"),
    ("lcub", "{"), ("lbrace", "{"), ("verbar", "|"), ("vert", "|"), ("VerticalLine", "|"),
    ("rcub", "}"), ("rbrace", "}"), ("excl", "!"), ("num", "#"), ("dollar", "$"),
    ("percent", "%"), ("percnt", "%"), ("apos", "'"), ("lpar", "("), ("rpar", ")"),
    ("ast", "*"), ("midast", "*"), ("plus", "+"), ("comma", ","), ("period", "."), ("sol", "/"),
    ("colon", ":"), ("semi", ";"), ("equals", "="), ("quest", "?"),
    ("tilde", "~"), ("DiacriticalTilde", "~"), ("minus", "-"), ("lsqb", "["), ("lbrack", "["),
    ("bsol", "\\"), ("rsqb", "]"), ("rbrack", "]"), ("hat", "^"),
    ("lowbar", "_"), ("underbar", "_"), ("grave", "`"), ("DiacriticalGrave", "`"),
  ]
}
