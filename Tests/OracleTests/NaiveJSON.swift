import Behaviour
import WAFModel

/// The lenient JSON parser of the semantics file (sections 6.7 and 21), in the plainest form.
///
/// Commas and colons may stand anywhere between two tokens, or not at all.
struct NaiveJSON {
  enum End {
    /// The root is closed, and nothing but white space follows.
    case complete
    /// There is something that no continuation makes right.
    case failed
    /// The text ends within the root.
    case ranOut
  }

  /// A key or a scalar, and the way to it: keys and indices from the root.
  struct Element {
    var path: [[UInt8]]
    var isKey: Bool
    var bytes: [UInt8]
  }

  private(set) var elements: [Element] = []
  /// The start of a string within which the text ends.
  private var cut: Element?
  private(set) var end = End.complete
  /// Whether the root was closed.
  private(set) var isClosed = false
  private let text: [UInt8]
  private let flip: OpenQuestions
  private var index = 0
  private var allKeys: Set<[UInt8]> = []

  private struct Stop: Error {
    var end: End
  }

  init(_ text: [UInt8], flipping flip: OpenQuestions) {
    self.text = text
    self.flip = flip
    do {
      try readRoot()
    } catch {
      end = (error as? Stop)?.end ?? .failed
    }
  }

  // MARK: Selection

  /// The elements of a scope, at or below one of `paths`; nil selects all.
  func selected(_ paths: [String]?, _ scope: MatchScope) -> [[UInt8]] {
    elements.filter { Self.isSelected($0, paths?.map(Self.tokens), scope) }.map(\.bytes)
  }

  /// The start of the element within which the text ends, if it is selected.
  func selectedCut(_ paths: [String]?, _ scope: MatchScope) -> [UInt8]? {
    guard end == .ranOut, let cut, Self.isSelected(cut, paths?.map(Self.tokens), scope) else {
      return nil
    }
    return cut.bytes
  }

  private static func isSelected(
    _ element: Element, _ pointers: [[[UInt8]]]?, _ scope: MatchScope
  ) -> Bool {
    guard scope == .all || (scope == .key) == element.isKey else { return false }
    guard let pointers else { return true }
    return pointers.contains { pointer in
      // The key at which a pointer ends is not below it.
      element.path.starts(with: pointer)
        && (!element.isKey || element.path.count > pointer.count)
    }
  }

  /// The tokens of a pointer (RFC 6901).
  private static func tokens(_ pointer: String) -> [[UInt8]] {
    pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { token in
      Array(
        token.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
          .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~").utf8)
    }
  }

  // MARK: Values

  private var keysAnywhere: Set<[UInt8]> = []

  private mutating func readRoot() throws {
    skipWhiteSpace()
    guard index < text.count else { throw Stop(end: .ranOut) }
    guard text[index] == UInt8(ascii: "{") || text[index] == UInt8(ascii: "[") else {
      throw Stop(end: .failed)
    }
    try readValue([])
    isClosed = true
    skipWhiteSpace()
    if index < text.count { throw Stop(end: .failed) }
  }

  private mutating func skipWhiteSpace() {
    while index < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[index]) { index += 1 }
  }

  private static let betweenTokens = Array(" \t\n\r,:".utf8)

  private mutating func skipBetweenTokens() {
    while index < text.count, Self.betweenTokens.contains(text[index]) { index += 1 }
  }

  private mutating func readValue(_ path: [[UInt8]]) throws {
    switch text[index] {
    case UInt8(ascii: "{"): try readObject(path)
    case UInt8(ascii: "["): try readArray(path)
    case UInt8(ascii: "\""):
      let (raw, decoded) = try readString(path, isKey: false)
      add(path, isKey: false, raw, decoded)
    default:
      let literal = try readLiteral()
      add(path, isKey: false, literal, literal)
    }
  }

  private mutating func add(_ path: [[UInt8]], isKey: Bool, _ raw: [UInt8], _ decoded: [UInt8]) {
    elements.append(
      Element(path: path, isKey: isKey, bytes: flip.contains(.jsonEscapes) ? raw : decoded))
  }

  private mutating func readObject(_ path: [[UInt8]]) throws {
    index += 1
    var keys: Set<[UInt8]> = []
    while true {
      skipBetweenTokens()
      guard index < text.count else { throw Stop(end: .ranOut) }
      if text[index] == UInt8(ascii: "}") { break }
      guard text[index] == UInt8(ascii: "\"") else { throw Stop(end: .failed) }
      let (raw, decoded) = try readString(path, isKey: true)
      let comparesSpelling = flip.contains(.jsonEscapes) || flip.contains(.jsonKeySpelling)
      let name = comparesSpelling ? raw : decoded
      let isNewHere = keys.insert(name).inserted
      let isNewAnywhere = allKeys.insert(name).inserted
      let isNew = flip.contains(.jsonDuplicateScope) ? isNewAnywhere : isNewHere
      // In the other reading the key at which the parse fails is an element still.
      if !isNew, !flip.contains(.jsonDuplicateKeys) { throw Stop(end: .failed) }
      add(path + [decoded], isKey: true, raw, decoded)
      if !isNew { throw Stop(end: .failed) }
      skipBetweenTokens()
      guard index < text.count else { throw Stop(end: .ranOut) }
      if text[index] == UInt8(ascii: "}") { throw Stop(end: .failed) }
      try readValue(path + [decoded])
    }
    index += 1
  }

  private mutating func readArray(_ path: [[UInt8]]) throws {
    index += 1
    var position = 0
    while true {
      skipBetweenTokens()
      guard index < text.count else { throw Stop(end: .ranOut) }
      if text[index] == UInt8(ascii: "]") { break }
      try readValue(path + [Array(String(position).utf8)])
      position += 1
    }
    index += 1
  }

  // MARK: Scalars

  private mutating func readLiteral() throws -> [UInt8] {
    for word in ["true", "false", "null"].map({ Array($0.utf8) }) where word[0] == text[index] {
      let found = Array(text[index...].prefix(word.count))
      if found == word {
        index += word.count
        return word
      }
      let isCut = index + found.count == text.count && word.starts(with: found)
      throw Stop(end: isCut ? .ranOut : .failed)
    }
    let number = Array(text[index...].prefix { Array("+-.0123456789eE".utf8).contains($0) })
    guard !number.isEmpty else { throw Stop(end: .failed) }
    guard index + number.count < text.count else { throw Stop(end: .ranOut) }
    guard Self.isNumber(number) else { throw Stop(end: .failed) }
    index += number.count
    return number
  }

  private static func isNumber(_ text: [UInt8]) -> Bool {
    String(decoding: text, as: UTF8.self)
      .wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
  }

  /// The bytes between the quotes, and what they mean.
  private mutating func readString(
    _ path: [[UInt8]], isKey: Bool
  ) throws -> (raw: [UInt8], decoded: [UInt8]) {
    index += 1
    let start = index
    var decoded: [UInt8] = []
    defer {
      // A key that is not known leads nowhere that a pointer names for certain.
      cut = Element(
        path: path, isKey: isKey,
        bytes: flip.contains(.jsonEscapes) ? Array(text[start..<min(index, text.count)]) : decoded)
    }
    while true {
      guard index < text.count else {
        throw Stop(end: Self.mayBecomeUTF8(Array(text[start...])) ? .ranOut : .failed)
      }
      let byte = text[index]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 { throw Stop(end: .failed) }
      if byte == UInt8(ascii: "\\") {
        do {
          decoded += try readEscape()
        } catch let stop as Stop where stop.end == .ranOut {
          throw Stop(end: Self.mayBecomeUTF8(Array(text[start..<index])) ? .ranOut : .failed)
        }
      } else {
        let end =
          text[index...].firstIndex { $0 == 0x22 || $0 == 0x5c || $0 < 0x20 } ?? text.endIndex
        decoded += text[index..<end]
        index = end
      }
    }
    let raw = Array(text[start..<index])
    guard String(validating: raw, as: UTF8.self) != nil else { throw Stop(end: .failed) }
    index += 1
    return (raw, decoded)
  }

  /// Whether something makes a text UTF-8 that ends within a character, or it is that already.
  private static func mayBecomeUTF8(_ text: [UInt8]) -> Bool {
    let first: [UInt8] = [0x80, 0x90, 0xa0]
    let endings: [[UInt8]] =
      [[]] + first.map { [$0] } + first.map { [$0, 0x80] } + first.map { [$0, 0x80, 0x80] }
    return endings.contains { String(validating: text + $0, as: UTF8.self) != nil }
  }

  private mutating func readEscape() throws -> [UInt8] {
    guard index + 1 < text.count else { throw Stop(end: .ranOut) }
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f,
      UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a,
      UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
    ]
    if let byte = simple[text[index + 1]] {
      index += 2
      return [byte]
    }
    guard text[index + 1] == UInt8(ascii: "u") else { throw Stop(end: .failed) }
    var unit = try readUnit()
    if (0xd800..<0xdc00).contains(unit), text[index...].starts(with: "\\u".utf8) {
      let saved = index
      let next = try readUnit()
      if (0xdc00..<0xe000).contains(next) {
        unit = 0x10000 + (unit - 0xd800) * 0x400 + (next - 0xdc00)
      } else {
        index = saved
      }
    }
    if let scalar = Unicode.Scalar(UInt32(unit)) { return Array(String(Character(scalar)).utf8) }
    // Half of a pair.
    if flip.contains(.jsonSurrogates) { throw Stop(end: .failed) }
    return Array("\u{fffd}".utf8)
  }

  private mutating func readUnit() throws -> Int {
    let digits = text[(index + 2)...].prefix(4)
    guard let unit = NaiveTransformations.hexNumber(text, index + 2, 4) else {
      let isCut = digits.count < 4 && digits.allSatisfy { NaiveTransformations.hexValue($0) != nil }
      throw Stop(end: isCut ? .ranOut : .failed)
    }
    index += 6
    return unit
  }
}
