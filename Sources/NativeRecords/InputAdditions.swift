package import Bytes
package import WAFRequests

/// What the `wafcast` object of the input says that is passed on.
package struct InputAdditions {
  package var expect: ByteRange?
  package var source: ByteRange?
  package var recorded: ByteRange?
  package var certainty: ByteRange?
  package var masked: [[UInt8]] = []
  package var states: [(name: [UInt8], state: [UInt8])] = []

  package init(_ record: borrowing RequestRecord) {
    guard let range = record.raw[.wafcast] else { return }
    // The decoder has read this object; where it is `null` there is nothing to pass on.
    do { try read(record.storage.span, range) } catch {}
  }

  private mutating func read(
    _ bytes: Span<UInt8>, _ range: ByteRange
  ) throws(JSONScanError) {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    try scanner.enterObject()
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      _ = scanner.peek()
      let value = try scanner.skipValue()
      let isNull = bytes[Int(value.start)] == UInt8(ascii: "n")
      switch Self.plain(key, bytes) {
      case _ where isNull: break
      case "expect": expect = value
      case "source": source = value
      case "recorded": recorded = value
      case "certainty": certainty = value
      case "masked": masked = try Self.strings(bytes, value)
      case "state": states = try Self.pairs(bytes, value)
      default: break
      }
    }
  }

  private static func plain(_ string: JSONString, _ bytes: Span<UInt8>) -> String {
    var text: [UInt8] = []
    JSONText.unescape(string, in: bytes, into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func strings(
    _ bytes: Span<UInt8>, _ range: ByteRange
  ) throws(JSONScanError) -> [[UInt8]] {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    var strings: [[UInt8]] = []
    try scanner.enterArray()
    while try scanner.nextElement(isFirst: strings.isEmpty) {
      var text: [UInt8] = []
      JSONText.unescape(try scanner.string(), in: bytes, into: &text)
      strings.append(text)
    }
    return strings
  }

  private static func pairs(
    _ bytes: Span<UInt8>, _ range: ByteRange
  ) throws(JSONScanError) -> [(name: [UInt8], state: [UInt8])] {
    var scanner = JSONScanner(bytes, at: Int(range.start))
    var pairs: [(name: [UInt8], state: [UInt8])] = []
    try scanner.enterObject()
    while let key = try scanner.nextKey(isFirst: pairs.isEmpty) {
      var name: [UInt8] = []
      var state: [UInt8] = []
      JSONText.unescape(key, in: bytes, into: &name)
      JSONText.unescape(try scanner.string(), in: bytes, into: &state)
      pairs.append((name, state))
    }
    return pairs
  }
}
