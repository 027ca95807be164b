import Bytes
import DocumentTree

/// Where in a request a value stands that a detector may be asked about.
package enum ValuePlace: String, CaseIterable, Comparable, Sendable {
  case path
  case query
  /// The value of a query argument.
  case argument
  case cookie
  case header
  case body
  /// A string or a key of a JSON body.
  case json
  /// The value of a form field.
  case form

  package static func < (left: ValuePlace, right: ValuePlace) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Takes a request apart into the values that web ACLs hand to detectors.
///
/// Values that are sent URL-encoded (path, query, arguments, cookies, form fields) are decoded once,
/// as a rule with the text transformation `URL_DECODE` sees them. Empty values are left out.
package struct RequestValues {
  private let request: LabelledRequest

  package init(of request: LabelledRequest) {
    self.request = request
  }

  /// Hands out each value in the order of the request.
  package func each(_ take: (ValuePlace, [UInt8]) -> Void) {
    func offer(_ place: ValuePlace, _ value: [UInt8]) {
      if !value.isEmpty { take(place, value) }
    }
    let target = request.target
    let mark = target.firstIndex(of: UInt8(ascii: "?"))
    offer(.path, PercentEncoding.decoded(target[..<(mark ?? target.endIndex)]))
    if let mark {
      let query = target[(mark + 1)...].prefix { $0 != UInt8(ascii: "#") }
      offer(.query, PercentEncoding.decoded(query))
      Self.eachField(of: query) { offer(.argument, $0) }
    }
    for line in request.headers {
      guard line.name.span.equalsIgnoringASCIICase(Self.cookie.span) else {
        offer(.header, line.value)
        continue
      }
      for pair in line.value.split(separator: UInt8(ascii: ";")) {
        guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
        offer(.cookie, PercentEncoding.decoded(Self.trimmed(pair[(equals + 1)...])))
      }
    }
    guard !request.body.isEmpty else { return }
    offer(.body, request.body)
    let type = request.header("content-type")?.asciiLowercased ?? []
    if type.span.firstIndex(of: Self.json.span) != nil {
      if let tree = try? JSONParser.parse(request.body, file: "", depthLimit: 512) {
        Self.eachText(of: tree) { offer(.json, $0) }
      }
    } else if type.span.firstIndex(of: Self.urlEncoded.span) != nil {
      Self.eachField(of: request.body[...]) { offer(.form, $0) }
    }
  }

  /// The values of `name=value` fields that are joined by `&`.
  private static func eachField(of text: ArraySlice<UInt8>, _ take: ([UInt8]) -> Void) {
    for field in text.split(separator: UInt8(ascii: "&")) {
      guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
      take(PercentEncoding.decoded(field[(equals + 1)...], plusIsBlank: true))
    }
  }

  /// The strings and keys of a JSON value, in the order of its text.
  private static func eachText(of node: Node, _ take: ([UInt8]) -> Void) {
    switch node.kind {
    case .object(let members):
      for member in members {
        take(Array(member.key.utf8))
        eachText(of: member.value, take)
      }
    case .array(let elements):
      for element in elements { eachText(of: element, take) }
    case .string(let text): take(Array(text.utf8))
    case .number, .bool, .null: break
    }
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = text.drop { $0 == 0x20 || $0 == 0x09 }
    guard let last = start.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return [] }
    return start[...last]
  }

  private static let cookie = Array("cookie".utf8)
  private static let json = Array("json".utf8)
  private static let urlEncoded = Array("urlencoded".utf8)
}

/// URL decoding as servers do it: what is no escape stays as it is.
enum PercentEncoding {
  static func decoded(_ text: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "%"), text.endIndex - index > 2,
        let high = text[index + 1].hexDigitValue, let low = text[index + 2].hexDigitValue
      {
        bytes.append(high << 4 | low)
        index += 3
        continue
      }
      bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
      index += 1
    }
    return bytes
  }
}
