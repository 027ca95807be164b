import DocumentTree

/// What a value of a wafv2 document means, whatever the way it is written.
///
/// Two values are equal when the service would not treat them differently.
struct Meaning: Equatable {
  indirect enum Kind {
    /// A text that people chose; shown in quotes.
    case text(String)
    /// A word of the API, a number, an address.
    case word(String)
    /// A structure or a choice. The object without members says something: `"Block": {}`.
    case object([Member])
    /// A structure or a map with free names that says nothing without members.
    case map([Member])
    case list([Meaning])
    /// A list whose order means nothing; the elements keep that of the document.
    case set([Meaning])
  }

  struct Member {
    var name: String
    var value: Meaning
  }

  let kind: Kind
  /// The same bytes for values that mean the same.
  ///
  /// Not a string: those are equal when they look alike, while requests are matched byte by byte.
  let key: [UInt8]
  /// Whether it says as little as a member that is absent.
  let isNothing: Bool

  init(_ kind: Kind) {
    self.kind = kind
    switch kind {
    case .text(let text):
      key = Self.quoted(text)
      isNothing = false
    case .word(let word):
      key = [0x27] + Array(word.utf8)
      isNothing = false
    case .object(let members):
      key = Self.key(members, "{", "}")
      isNothing = false
    case .map(let members):
      isNothing = members.allSatisfy(\.value.isNothing)
      key = Self.key(members, "(", ")")
    case .list(let elements):
      isNothing = elements.isEmpty
      key = Self.joined(elements.map(\.key), "[", "]")
    case .set(let elements):
      isNothing = elements.isEmpty
      key = Self.joined(elements.map(\.key).sorted { $0.lexicographicallyPrecedes($1) }, "<", ">")
    }
  }

  static func == (left: Meaning, right: Meaning) -> Bool { left.key == right.key }

  /// The members of a structure, a choice or a map; nil for anything else.
  var members: [Member]? {
    switch kind {
    case .object(let members), .map(let members): members
    case .text, .word, .list, .set: nil
    }
  }

  subscript(name: String) -> Meaning? { members?.first { $0.name == name }?.value }

  /// The one member of a choice, such as a statement or an action.
  var onlyMember: Member? {
    guard case .object(let members) = kind, members.count == 1 else { return nil }
    return members[0]
  }

  /// What an absent member is compared with, so that the difference is told by its parts.
  var emptied: Meaning? {
    switch kind {
    case .map: Meaning(.map([]))
    case .list: Meaning(.list([]))
    case .set: Meaning(.set([]))
    case .text, .word, .object: nil
    }
  }

  // MARK: Keys

  private static func key(_ members: [Member], _ open: String, _ close: String) -> [UInt8] {
    let parts = members.filter { !$0.value.isNothing }.map { quoted($0.name) + $0.value.key }
    return joined(parts.sorted { $0.lexicographicallyPrecedes($1) }, open, close)
  }

  private static func joined(_ parts: [[UInt8]], _ open: String, _ close: String) -> [UInt8] {
    var key = Array(open.utf8)
    for part in parts {
      key += part
      key.append(UInt8(ascii: ","))
    }
    return key + Array(close.utf8)
  }

  private static func quoted(_ text: String) -> [UInt8] { Array(JSONWriter.quoted(text).utf8) }
}
