import Foundation

/// How large the aliases of a YAML document could make its keys, told from the text alone.
///
/// The parser hashes every key of a mapping. A key that holds aliases of aliases is as large as all
/// of them expanded: a page of text can so keep it busy for years, before there is a tree in which
/// keys that are no plain words could be refused. Contract: a document that passes has no key of more
/// than `limit` aliases, all expanded. One that doesn't may be harmless, if it has dozens of aliases
/// and what looks like a key that is a collection; quoted text and comments count too.
struct YAMLAliases {
  private static let limit = 1e6

  private var anchors = 0
  private var aliases = 0
  private var hasOtherKeys = false

  init(_ bytes: [UInt8]) {
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "&") where Self.beginsName(bytes, at: index): anchors += 1
      case UInt8(ascii: "*") where Self.beginsName(bytes, at: index):
        aliases += 1
        var end = index + 1
        while end < bytes.count, !Self.isBreak(bytes[end]), bytes[end] != UInt8(ascii: ":") {
          end += 1
        }
        if Self.isColon(bytes, after: end) { hasOtherKeys = true }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if Self.isColon(bytes, after: index + 1) { hasOtherKeys = true }
      case UInt8(ascii: "?"):
        if index + 1 == bytes.count || Self.isBreak(bytes[index + 1]) { hasOtherKeys = true }
      default: break
      }
    }
  }

  /// Whether no key can hold more aliases than the limit.
  ///
  /// They grow most where the aliases are spread evenly over anchors that lie in one another: each
  /// of `levels` then multiplies by their number.
  var areHarmless: Bool {
    guard hasOtherKeys, aliases > 0 else { return true }
    let count = Double(aliases)
    let levels = max(1, min(Double(anchors + 1), (count / M_E).rounded(.up)))
    return pow(max(1, count / levels), levels) < Self.limit
  }

  /// Whether an anchor or alias could begin here: names go on at once, and stand after a break.
  private static func beginsName(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + 1 < bytes.count, !isBreak(bytes[index + 1]) else { return false }
    return index == 0 || isBreak(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: ":")
  }

  private static func isColon(_ bytes: [UInt8], after start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: ":")
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), 0x80...:
      true
    default: false
    }
  }
}
