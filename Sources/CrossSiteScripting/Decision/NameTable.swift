/// Names by their first letter, looked up without allocation.
///
/// A class, so that a lookup copies nothing of it.
final class NameTable<Meaning: Sendable>: Sendable {
  private let names: ContiguousArray<PackedName>
  private let meanings: ContiguousArray<Meaning>
  /// Where the names of each letter begin, and where those of the last one end.
  private let starts: InlineArray<27, Int>

  /// A table of lower-case names, in the order of the alphabet by first letter.
  init(_ entries: [(name: StaticString, meaning: Meaning)]) {
    var names: ContiguousArray<PackedName> = []
    var starts = InlineArray<27, Int>(repeating: 0)
    for (name, _) in entries {
      let packed = PackedName(name)
      let letter = packed.letter ?? 0
      precondition(letter >= names.last?.letter ?? 0, "a name table in the wrong order")
      names.append(packed)
      for later in (letter + 1)..<27 { starts[later] = names.count }
    }
    self.names = names
    self.starts = starts
    meanings = ContiguousArray(entries.map(\.meaning))
  }

  /// What the name means, where the table has it.
  func meaning(of name: PackedName) -> Meaning? {
    for index in candidates(name) where names[index] == name { return meanings[index] }
    return nil
  }

  /// What a name of the table means that the name begins with.
  func meaning(ofPrefixOf name: PackedName) -> Meaning? {
    for index in candidates(name) where name.hasPrefix(names[index]) { return meanings[index] }
    return nil
  }

  private func candidates(_ name: PackedName) -> Range<Int> {
    guard let letter = name.letter else { return 0..<0 }
    return starts[letter]..<starts[letter + 1]
  }
}

extension PackedName {
  /// The first byte as a letter's number, `a` being 0.
  fileprivate var letter: Int? {
    let first = UInt8(truncatingIfNeeded: bits) &- UInt8(ascii: "a")
    return first < 26 ? Int(first) : nil
  }
}
