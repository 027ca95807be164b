import DocumentTree

extension Node {
  /// Whether a `SearchString` within can't be base64, by its length or its characters.
  var hasPlainSearchStrings: Bool {
    var rest = [self]
    while let node = rest.popLast() {
      switch node.kind {
      case .object(let members):
        for member in members {
          if member.key == "SearchString", let text = member.value.text {
            if !text.canBeBase64 { return true }
          } else {
            rest.append(member.value)
          }
        }
      case .array(let elements): rest += elements
      default: break
      }
    }
    return false
  }
}

extension String {
  /// Whether the text has the length and the characters of base64 with its padding.
  fileprivate var canBeBase64: Bool {
    guard utf8.count.isMultiple(of: 4) else { return false }
    let padding = utf8.suffix(2).filter { $0 == UInt8(ascii: "=") }.count
    return utf8.dropLast(padding).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
        true
      default: false
      }
    }
  }
}
