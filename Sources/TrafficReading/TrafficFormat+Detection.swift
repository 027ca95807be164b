import Bytes
import WAFTraffic

extension TrafficFormat {
  /// The format that the first bytes of an input show.
  enum Detection: Hashable {
    case json, rawHTTP
    /// Bytes that begin neither.
    case unknown
    /// It takes more bytes to tell.
    case undecided
  }

  /// The number of first bytes that are looked at, at most: a request line may be long.
  static let probeBytes = 64 * 1024

  /// What the first bytes of an input, decompressed, show; `isAll` says that no more will come.
  static func detect(_ allBytes: Span<UInt8>, isAll: Bool) -> Detection {
    let bytes = allBytes.extracting(first: probeBytes)
    let isFinal = isAll || bytes.count >= probeBytes
    var start = 0
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: mark.span) { start = mark.count }
    while start < bytes.count, bytes[start].isASCIIWhitespace { start += 1 }
    // Nothing but white space holds no record in any format.
    guard start < bytes.count else { return isFinal ? .json : .undecided }
    if bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") {
      return detectJSON(bytes, from: start, isFinal: isFinal)
    }
    if bytes.count - start < mark.count, bytes[start] == mark[0], !isFinal { return .undecided }
    guard let end = bytes.firstIndex(of: 0x0A, from: start) ?? (isFinal ? bytes.count : nil) else {
      return (0x21...0x7E).contains(bytes[start]) ? .undecided : .unknown
    }
    let line = bytes.extracting(start..<end)
    return RawHTTPRequest.isRequestLine(line) ? .rawHTTP : .unknown
  }

  /// Prose may begin with a bracket too: what follows it tells.
  private static func detectJSON(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Detection
  {
    var next = start + 1
    while next < bytes.count, bytes[next].isASCIIWhitespace { next += 1 }
    guard next < bytes.count else { return isFinal ? .json : .undecided }
    let expected: [UInt8] =
      bytes[start] == UInt8(ascii: "{") ? Array("\"}".utf8) : Array("{[]".utf8)
    return expected.contains(bytes[next]) ? .json : .unknown
  }
}
