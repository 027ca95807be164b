import Bytes
package import DocumentTree

extension Node {
  /// Whether the document of a web ACL is one of the service's own, whose search strings are base64
  /// without exception.
  package var spellsSearchStringsInBase64: Bool {
    let wrapper = self["WebACL"] == nil ? nil : "WebACL"
    return DocumentShape.isFromService(self, wrapper: wrapper)
  }

  /// The value with its plain search strings written in base64.
  ///
  /// `/new` and `/api` have the letters of base64 too, so the letters don't tell; what does not decode
  /// to UTF-8 is taken as plain (assumed: nobody looks for such bytes in a rule written by hand).
  package func spellingSearchStringsInBase64() -> Node {
    switch kind {
    case .object(let members):
      Node(
        .object(
          members.map { member in
            guard member.key == "SearchString", let text = member.value.text,
              !text.isBase64OfText
            else {
              return Member(key: member.key, value: member.value.spellingSearchStringsInBase64())
            }
            let encoded = Base64.encodeToString(Array(text.utf8).span)
            return Member(key: member.key, value: Node(.string(encoded)))
          }))
    case .array(let elements): Node(.array(elements.map { $0.spellingSearchStringsInBase64() }))
    case .string, .number, .bool, .null: self
    }
  }

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
  /// Whether the text is base64 and decodes to UTF-8.
  fileprivate var isBase64OfText: Bool {
    guard let decoded = Base64.decodeCanonical(Array(utf8).span) else { return false }
    return String(validating: decoded, as: UTF8.self) != nil
  }

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
