import Bytes
import WAFRequests

/// The members of `postData` that are read.
enum HARPostDataKey: String, RecordKey {
  case mimeType, text, params, encoding
}

/// The members of a header, a cookie or a parameter.
enum HARPairKey: String, RecordKey {
  case name, value, fileName, contentType
}

/// A header, a cookie or a parameter of a HAR, in the request's arena.
struct HARPair {
  var name: ByteRange = .empty
  var value: Component?
  var fileName: ByteRange?
  var contentType: ByteRange?
}

/// What a HAR holds of a body.
struct HARPostData {
  var mimeType = ""
  var text: JSONString?
  var isBase64 = false
  var params: [HARPair] = []
}

extension HARDecoder {
  /// Reads pairs: objects, or arrays of name and value, as some producers write them.
  func decodePairs(
    from scanner: inout JSONScanner, of entry: Span<UInt8>, into request: inout RequestRecord
  ) throws -> [HARPair] {
    var pairs: [HARPair] = []
    if try scanner.skipNull() { return pairs }
    try scanner.enterArray()
    var isFirst = true
    while try scanner.nextElement(isFirst: isFirst) {
      isFirst = false
      var pair = HARPair()
      if scanner.peek() == UInt8(ascii: "[") {
        try scanner.enterArray()
        var index = 0
        while try scanner.nextElement(isFirst: index == 0) {
          let component = try scanner.stringIfAny().map { request.appendText($0, of: entry) }
          if index == 0 { pair.name = component?.range ?? .empty }
          if index == 1 { pair.value = component }
          index += 1
        }
      } else {
        try scanner.enterObject()
        var seen: UInt64 = 0
        var isFirstKey = true
        while let key = try scanner.nextKey(isFirst: isFirstKey) {
          isFirstKey = false
          let member = try pairKeys.match(key, in: entry, seen: &seen)
          guard let member, let text = try scanner.stringIfAny() else {
            if member == nil { try scanner.skipValue() }
            continue
          }
          let component = request.appendText(text, of: entry)
          switch member {
          case .name: pair.name = component.range
          case .value: pair.value = component
          case .fileName: pair.fileName = component.range
          case .contentType: pair.contentType = component.range
          }
        }
      }
      pairs.append(pair)
    }
    return pairs
  }

  func decodePostData(
    from scanner: inout JSONScanner, of entry: Span<UInt8>, into request: inout RequestRecord
  ) throws -> HARPostData {
    var data = HARPostData()
    if try scanner.skipNull() { return data }
    try scanner.enterObject()
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try postDataKeys.match(key, in: entry, seen: &seen) {
      case .mimeType:
        if let text = try scanner.stringIfAny() {
          let type = request.appendText(text, of: entry)
          data.mimeType = request.text(type.range)
        }
      case .text: data.text = try scanner.stringIfAny()
      case .encoding:
        if let text = try scanner.stringIfAny() {
          data.isBase64 = JSONText.equals("base64", in: entry, text.range)
        }
      case .params: data.params = try decodePairs(from: &scanner, of: entry, into: &request)
      case nil: try scanner.skipValue()
      }
    }
    return data
  }

  /// Sets the body: the text, else what the parameters are put together to, else what size and
  /// headers say.
  ///
  /// A size that differs from the text's makes it lossy: parts of a form may be missing, characters
  /// may stand for other bytes. `content-length` counts for more than `bodySize`, and a `bodySize` of
  /// 0 beside a body for nothing: producers that do not know it write that. Without a body it proves
  /// that there is none, but not with the methods whose body a browser may leave out of the file.
  func settleBody(
    _ data: HARPostData, statedSize: Int?, of entry: Span<UInt8>, in request: inout RequestRecord
  ) throws {
    let declaredSize = BodyFraming(of: request).declaredSize
    let size = declaredSize ?? statedSize
    if let text = data.text, !text.range.isEmpty {
      var body = try bodyText(text, data, of: entry, in: &request)
      let isStated = declaredSize != nil || statedSize != 0
      if let size, isStated, size != Int(body.range.count) { body.state = .lossy }
      // Browsers leave out the contents of files, and take the size from what they write.
      if data.isMultipart, declaredSize == nil, body.state == .known { body.state = .lossy }
      request.body = body
    } else if !data.params.isEmpty {
      let body = data.isMultipart ? multipart(data, &request) : form(data, &request)
      request.body = body
    } else if size == 0, !Self.bodyMethods.contains(request.text(request.method.range)) {
      request.body = .absent
    }
    request.settleBody(infersAbsence: (size ?? 0) == 0)
    if request.body.state == .notRecorded, request.bodySize == .unknown, let size, size > 0 {
      request.bodySize = .recorded(size)
    }
  }

  private static let bodyMethods = ["POST", "PUT", "PATCH"]

  private func bodyText(
    _ text: JSONString, _ data: HARPostData, of entry: Span<UInt8>, in request: inout RequestRecord
  ) throws -> Component {
    let component = request.appendText(text, of: entry)
    if data.isBase64 {
      let encoded = Array(request.bytes(component.range))
      guard let bytes = Base64.decodeCanonical(encoded.span) else {
        throw RecordFault(
          .invalidValue, "expected base64", offset: Int(text.range.start) - 1)
      }
      return Component(exactly: request.append(bytes))
    }
    let bytes = request.bytes(component.range)
    if bytes.allSatisfy({ $0 < 0x80 }) && !data.charset.hasPrefix("utf-16") { return component }
    switch data.charset {
    case "", "utf-8", "utf8", "us-ascii", "ascii": return component
    case "iso-8859-1", "latin1":
      let scalars = request.text(component.range).unicodeScalars
      let encoded = scalars.compactMap { UInt8(exactly: $0.value) }
      guard encoded.count == scalars.count else { fallthrough }
      return Component(component.state, request.append(encoded))
    default: return Component(.lossy, component.range)
    }
  }

  // MARK: Parameters

  /// A body of `application/x-www-form-urlencoded`, put together again.
  ///
  /// Producers write the values as sent or decoded: a value with a byte that must be encoded shows
  /// the latter.
  private func form(_ data: HARPostData, _ request: inout RequestRecord) -> Component {
    let parts = data.params.map { pair in
      (Array(request.bytes(pair.name)), Array(request.bytes(pair.value?.range ?? .empty)))
    }
    let isDecoded = parts.contains { name, value in
      (name + value).contains { !($0.isFormByte || Array("+%".utf8).contains($0)) }
    }
    let pairs = parts.map { name, value in
      isDecoded
        ? name.formEncoded + "=".utf8 + value.formEncoded : name + "=".utf8 + value
    }
    return Component(.lossy, request.append(pairs.joined(separator: "&".utf8)))
  }

  /// A body of `multipart/form-data`, put together again; not recorded where a file's content is
  /// missing, because nothing of such a body can be relied on.
  private func multipart(_ data: HARPostData, _ request: inout RequestRecord) -> Component {
    let boundary = "--" + (data.parameter("boundary") ?? "wafcast-boundary")
    var body: [UInt8] = []
    for pair in data.params {
      guard let value = pair.value else { return .notRecorded }
      body += "\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8
      body += request.bytes(pair.name)
      if let fileName = pair.fileName {
        body += "\"; filename=\"".utf8
        body += request.bytes(fileName)
      }
      body += "\"\r\n".utf8
      if let contentType = pair.contentType {
        body += "Content-Type: ".utf8 + request.bytes(contentType) + "\r\n".utf8
      }
      body += "\r\n".utf8 + request.bytes(value.range) + "\r\n".utf8
    }
    body += "\(boundary)--\r\n".utf8
    return Component(.lossy, request.append(body))
  }
}

extension HARPostData {
  fileprivate var isMultipart: Bool { mimeType.lowercased().hasPrefix("multipart/") }

  fileprivate var charset: String { parameter("charset")?.lowercased() ?? "" }

  /// A parameter of the media type.
  fileprivate func parameter(_ name: String) -> String? {
    for part in mimeType.split(separator: ";").dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1)
      let key = sides[0].filter { $0 != " " }.lowercased()
      if sides.count == 2, key == name { return sides[1].filter { $0 != "\"" && $0 != " " } }
    }
    return nil
  }
}

extension RequestRecord {
  /// Appends the value of a string: known, lossy where U+FFFD tells of bytes that somebody on the
  /// way could not write, or empty.
  mutating func appendText(_ string: JSONString, of record: Span<UInt8>) -> Component {
    let start = storage.count
    let isExact = JSONText.unescape(string, in: record, into: &storage)
    let range = ByteRange(start: start, count: storage.count - start)
    guard !range.isEmpty else { return Component(.empty) }
    let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    let isWhole = !storage.span.extracting(range.bounds).contains(replacement.span)
    return Component(isExact && isWhole ? .known : .lossy, range)
  }
}

extension UInt8 {
  /// Whether a form's encoding leaves the byte as it is (URL standard, 5.2).
  fileprivate var isFormByte: Bool {
    isASCIIAlphanumeric || Array("*-._".utf8).contains(self)
  }
}

extension [UInt8] {
  /// The bytes as a form encodes them.
  fileprivate var formEncoded: [UInt8] {
    flatMap { byte -> [UInt8] in
      if byte.isFormByte { return [byte] }
      if byte == 0x20 { return Array("+".utf8) }
      let digits = Array("0123456789ABCDEF".utf8)
      return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
