import Bytes
package import WAFRequests

extension HTTPRequestWriter {
  /// Writes `httpRequest`: that of a JSON record member by member as it stands, secrets aside.
  package mutating func appendHTTPRequest(
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
        begin()
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
            appendQuery(rewrite.value.span, record.query.state, to: &line)
            pending.args?.isDue = false
          }
          continue
        }
        // `null` beside the query that was taken out of the URI.
        if pending.uri?.query != nil { continue }
      case .fragment, .fragmentBase64:
        if let rewrite = pending.fragment {
          if rewrite.isDue {
            separator.append(to: &line)
            appendFragment(rewrite.value.span, record.fragment.state, to: &line)
            pending.fragment?.isDue = false
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

  // MARK: URI, query and fragment

  /// What has to be written anew, because it holds secrets or is no UTF-8.
  private func rewrites(
    _ members: RequestMembers, _ record: borrowing RequestRecord
  ) throws(JSONScanError) -> Rewrites {
    let bytes = record.storage.span
    let fragment = value(of: record.fragment, members.fragment, bytes)
    var rewrites = Rewrites()
    if isBroken(members.fragment, bytes) || hasSecret(query: fragment.span) {
      rewrites.fragment = Rewrite(value: fragment)
    }
    let uri = value(of: record.path, members.uri, bytes)
    let hasSecretPath = masksSecrets && SecretMask.hasSecret(path: uri.span)
    if hasSecretPath || isBroken(members.uri, bytes) { rewrites.uri = Rewrite(value: uri) }
    if !members.hasArgs, record.query.state.hasBytes {
      // The decoder took the query out of the URI: so does the prediction, if one must be masked.
      let query = [UInt8](bytes.extracting(record.query.range.bounds))
      if rewrites.uri != nil || hasSecret(query: query.span) {
        rewrites.uri = Rewrite(value: uri, query: query)
      }
      return rewrites
    }
    let query = value(of: record.query, members.args, bytes)
    if isBroken(members.args, bytes) || hasSecret(query: query.span) {
      rewrites.args = Rewrite(value: query)
    }
    return rewrites
  }

  private func isBroken(_ string: JSONString?, _ bytes: Span<UInt8>) -> Bool {
    guard let string, !string.isASCII else { return false }
    return ![UInt8].isUTF8(bytes.extracting(string.range.bounds))
  }

  private func hasSecret(query: Span<UInt8>) -> Bool {
    masksSecrets && SecretMask.hasSecret(query: query)
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
    appendPath(rewrite.value.span, record.path.state, to: &line)
    if let query = rewrite.query {
      line.append(",")
      appendQuery(query.span, record.query.state, to: &line)
    }
  }
}

/// The members of a recorded request that are written anew.
private struct Rewrites {
  var uri: Rewrite?
  var args: Rewrite?
  var fragment: Rewrite?
}

/// A member that is written anew.
private struct Rewrite {
  var value: [UInt8]
  /// The query that the decoder took out of the URI.
  var query: [UInt8]?
  /// Whether it is not written yet.
  var isDue = true

  init(value: [UInt8], query: [UInt8]? = nil) {
    self.value = value
    self.query = query
  }
}
