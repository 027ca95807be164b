import Bytes
import WAFRequests

extension PredictedRecordWriter {
  /// Writes `httpRequest`: that of a JSON record member by member as it stands, secrets aside.
  mutating func appendHTTPRequest(
    _ record: borrowing RequestRecord, to line: inout [UInt8]
  ) {
    if let range = record.raw[.httpRequest] {
      let start = line.count
      do {
        try appendMembers(of: record, range, to: &line)
        return
      } catch {
        // The decoder has read this JSON, so it is sound; were it not, the components still are.
        line.removeSubrange(start...)
        masked.removeAll()
      }
    }
    appendComponents(of: record, to: &line)
  }

  private mutating func appendMembers(
    of record: borrowing RequestRecord, _ range: ByteRange, to line: inout [UInt8]
  ) throws(JSONScanError) {
    let bytes = record.storage.span
    let members = try RequestMembers(bytes, range)
    var pending = try rewrites(members, record)
    var scanner = JSONScanner(bytes, at: Int(range.start))
    try scanner.enterObject()
    line.append("{")
    var isFirst = true
    var separator = Separator()
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      _ = scanner.peek()
      let value = try scanner.skipValue()
      switch RequestMembers.name(of: key, bytes) {
      case .headers where !record.headers.isEmpty:
        separator.append(to: &line)
        appendHeaders(record, to: &line)
        continue
      case .body, .bodyBase64:
        // `null` and `""` say something about the request and hide nothing.
        let isNothing = value.count <= 2 || bytes[Int(value.start)] == UInt8(ascii: "n")
        if masksSecrets, !isNothing {
          noteMasked("body")
          continue
        }
      case .uri, .uriBase64:
        if let rewrite = pending.uri {
          if rewrite.isDue {
            separator.append(to: &line)
            appendURI(record, rewrite, to: &line)
            pending.uri?.isDue = false
          }
          continue
        }
      case .args, .argsBase64:
        if let rewrite = pending.args {
          if rewrite.isDue {
            separator.append(to: &line)
            appendQuery(rewrite.value.span, to: &line)
            pending.args?.isDue = false
          }
          continue
        }
      case .headers, .other: break
      }
      separator.append(to: &line)
      line.append("\"")
      line.appendUTF8(bytes.extracting(key.range.bounds))
      line.append("\":")
      line.appendRawJSON(bytes.extracting(value.bounds))
    }
    line.append("}")
  }

  // MARK: URI and query

  /// What has to be written anew, because it holds secrets or is no UTF-8.
  private func rewrites(
    _ members: RequestMembers, _ record: borrowing RequestRecord
  ) throws(JSONScanError) -> (uri: Rewrite?, args: Rewrite?) {
    let bytes = record.storage.span
    let uri = value(of: record.path, members.uri, bytes)
    var uriRewrite: Rewrite?
    if let mark = uri.firstIndex(of: UInt8(ascii: "?")), hasSecret(uri.span, after: mark) {
      uriRewrite = Rewrite(value: uri, queryStart: mark + 1)
    } else if isBroken(members.uri, bytes) {
      uriRewrite = Rewrite(value: uri)
    }
    if !members.hasArgs, record.query.state.hasBytes {
      // The decoder took the query out of the URI: so does the prediction, if one must be masked.
      let query = [UInt8](bytes.extracting(record.query.range.bounds))
      if hasSecret(query.span, after: -1) {
        return (Rewrite(value: uri, query: query), nil)
      }
      return (uriRewrite.map { _ in Rewrite(value: uri, query: query) }, nil)
    }
    let query = value(of: record.query, members.args, bytes)
    let isDue = isBroken(members.args, bytes) || hasSecret(query.span, after: -1)
    return (uriRewrite, isDue ? Rewrite(value: query) : nil)
  }

  private func isBroken(_ string: JSONString?, _ bytes: Span<UInt8>) -> Bool {
    guard let string, !string.isASCII else { return false }
    return ![UInt8].isUTF8(bytes.extracting(string.range.bounds))
  }

  private func hasSecret(_ text: Span<UInt8>, after mark: Int) -> Bool {
    masksSecrets && SecretMask.hasSecret(query: text.extracting(mark + 1..<text.count))
  }

  /// The bytes of a component: also where the record states that they are not to be relied on.
  private func value(
    of component: Component, _ raw: JSONString?, _ bytes: Span<UInt8>
  ) -> [UInt8] {
    if component.state.hasBytes { return [UInt8](bytes.extracting(component.range.bounds)) }
    var value: [UInt8] = []
    if let raw { JSONText.unescape(raw, in: bytes, into: &value) }
    return value
  }

  private mutating func appendURI(
    _ record: borrowing RequestRecord, _ rewrite: Rewrite, to line: inout [UInt8]
  ) {
    if let start = rewrite.queryStart {
      var value = Array(rewrite.value[..<start])
      let query = rewrite.value.span.extracting(start..<rewrite.value.count)
      SecretMask.appendMasked(query: query, to: &value) { _ in }
      noteMasked("uri")
      appendText("uri", value.span, to: &line)
      return
    }
    appendText("uri", rewrite.value.span, to: &line)
    if let query = rewrite.query {
      line.append(",")
      appendQuery(query.span, to: &line)
    }
  }

  /// Appends a query member, secrets masked.
  mutating func appendQuery(_ query: Span<UInt8>, to line: inout [UInt8]) {
    guard masksSecrets else { return appendText("args", query, to: &line) }
    var masked: [UInt8] = []
    var names: [[UInt8]] = []
    SecretMask.appendMasked(query: query, to: &masked) { names.append($0) }
    for name in names { noteMasked("args.", name.span) }
    appendText("args", masked.span, to: &line)
  }

  /// Appends a member, with its twin in base64 where the bytes are no UTF-8.
  func appendText(_ name: StaticString, _ value: Span<UInt8>, to line: inout [UInt8]) {
    line.append("\"")
    line.append(name)
    line.append("\":")
    guard !line.appendJSON(value) else { return }
    line.append(",\"")
    line.append(name)
    line.append("Base64\":\"")
    line.append(contentsOf: Base64.encode(value))
    line.append("\"")
  }

  // MARK: Headers

  mutating func appendHeaders(_ record: borrowing RequestRecord, to line: inout [UInt8]) {
    let bytes = record.storage.span
    line.append("\"headers\":[")
    var separator = Separator()
    for header in record.headers {
      separator.append(to: &line)
      line.append("{")
      let name = bytes.extracting(header.name.bounds)
      appendText("name", name, to: &line)
      line.append(",")
      let value = bytes.extracting(header.value.range.bounds)
      if header.value.state == .redacted {
        line.append("\"value\":\"REDACTED\"")
      } else if masksSecrets, !value.isEmpty, SecretMask.isSecret(headerName: name) {
        noteMasked("headers.", name)
        line.append("\"value\":\"REDACTED\"")
      } else if masksSecrets, let mark = secretQuery(in: value, ofHeader: name) {
        var copy = [UInt8](value.extracting(0..<mark))
        SecretMask.appendMasked(query: value.extracting(mark..<value.count), to: &copy) { _ in }
        noteMasked("headers.", name)
        appendText("value", copy.span, to: &line)
      } else {
        appendText("value", value, to: &line)
      }
      line.append("}")
    }
    line.append("]")
  }

  /// Where a query with secrets starts in the value of a `referer` header.
  private func secretQuery(in value: Span<UInt8>, ofHeader name: Span<UInt8>) -> Int? {
    guard name.count == Self.referer.count, name.equalsIgnoringASCIICase(Self.referer.span),
      let mark = value.firstIndex(of: UInt8(ascii: "?")),
      SecretMask.hasSecret(query: value.extracting(mark + 1..<value.count))
    else { return nil }
    return mark + 1
  }

  private static let referer = Array("referer".utf8)

  // MARK: Notes

  /// Notes that a whole component was masked.
  mutating func noteMasked(_ name: StaticString) {
    let nothing: [UInt8] = []
    noteMasked(name, nothing.span)
  }

  /// Notes that a component was masked.
  ///
  /// A name that is no UTF-8 has no place in the list; the text `REDACTED` in its value says the
  /// same.
  private mutating func noteMasked(_ prefix: StaticString, _ name: Span<UInt8>) {
    guard [UInt8].isUTF8(name) else { return }
    var text: [UInt8] = []
    text.append(prefix)
    text.append(contentsOf: name)
    if prefix.utf8CodeUnitCount == 8 { text = text.asciiLowercased }
    if !masked.contains(text) { masked.append(text) }
  }
}

/// A member of a recorded request that is written anew.
private struct Rewrite {
  var value: [UInt8]
  /// Where a query starts in `value` that belongs to the path.
  var queryStart: Int?
  /// The query that the decoder took out of the URI.
  var query: [UInt8]?
  /// Whether it is not written yet.
  var isDue = true

  init(value: [UInt8], queryStart: Int? = nil, query: [UInt8]? = nil) {
    self.value = value
    self.queryStart = queryStart
    self.query = query
  }
}

/// Puts a comma before every item but the first.
struct Separator {
  private(set) var isFirst = true

  mutating func append(to line: inout [UInt8]) {
    if !isFirst { line.append(UInt8(ascii: ",")) }
    isFirst = false
  }
}
