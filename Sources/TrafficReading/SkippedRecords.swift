import Bytes
import WAFTraffic

/// What stands where records stand and is no recorded request: left out, and counted.
struct SkippedRecords: Sendable {
  private var controlMessages = Tally()
  private var otherEntries = Tally()
  private var cells = Tally()
  private var hasMessageCell = false

  /// Whether a record at an offset is to be left out.
  mutating func skips(
    _ record: Span<UInt8>, at offset: Int, format: TrafficFormat, isControl: Bool
  ) -> Bool {
    if isControl {
      controlMessages.add(offset)
      return true
    }
    switch format {
    case .har:
      guard !Self.isRequest(record) else { return false }
      otherEntries.add(offset)
      return true
    case .wafLog:
      // A row of a query is an array of cells, `{"field": …, "value": …}`. All but the message are
      // left out; the first key tells, so that other records cost nothing.
      var scanner = JSONScanner(record)
      guard (try? scanner.enterObject()) != nil,
        let key = try? scanner.nextKey(isFirst: true),
        JSONText.equals("field", in: record, key.range), let name = try? scanner.string()
      else { return false }
      if JSONText.equals("@message", in: record, name.range) {
        hasMessageCell = true
        return false
      }
      cells.add(offset)
      return true
    case .auto, .rawHTTP: return false
    }
  }

  /// Whether the beginning of a subscription's document says that it is one of CloudWatch Logs about
  /// itself.
  static func isControl(_ beginning: Span<UInt8>) -> Bool {
    var scanner = JSONScanner(beginning)
    guard scanner.seek("messageType", in: beginning), let type = try? scanner.string() else {
      return false
    }
    return JSONText.equals("CONTROL_MESSAGE", in: beginning, type.range)
  }

  /// Whether an entry of a HAR is a request to a server.
  ///
  /// It is not with `data:`, `blob:` and the like, nor is a `CONNECT`, which goes to a proxy. What
  /// cannot be told counts as one, for the decoder to refuse.
  private static func isRequest(_ entry: Span<UInt8>) -> Bool {
    var scanner = JSONScanner(entry)
    guard scanner.seek("request", in: entry) else { return true }
    var other = scanner
    if other.seek("method", in: entry), let method = try? other.string(),
      JSONText.equals("CONNECT", in: entry, method.range)
    {
      return false
    }
    guard scanner.seek("url", in: entry), let url = try? scanner.string() else { return true }
    var text: [UInt8] = []
    JSONText.unescape(url, in: entry, into: &text)
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
      text[..<colon].allSatisfy({ $0.isASCIIAlphanumeric || "+-.".utf8.contains($0) })
    else { return true }
    let scheme = String(decoding: text[..<colon], as: UTF8.self).lowercased()
    return ["http", "https", "ws", "wss"].contains(scheme)
  }

  /// The notices of what was left out.
  func report(to chunk: inout RecordChunk) {
    let kinds: [(InputNotice.Kind, Tally)] = [
      (.controlMessages(controlMessages.count), controlMessages),
      (.otherEntries(otherEntries.count), otherEntries),
      (.noMessageField, hasMessageCell ? Tally() : cells),
    ]
    for (kind, tally) in kinds where tally.count > 0 {
      chunk.notices.append(InputNotice(kind: kind, file: chunk.file, offset: tally.first))
    }
  }

  private struct Tally: Sendable {
    var count = 0
    var first = 0

    mutating func add(_ offset: Int) {
      if count == 0 { first = offset }
      count += 1
    }
  }
}
