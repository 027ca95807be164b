package import Bytes

/// The parts of a request target (RFC 9112, section 3.2), as ranges of its bytes.
package struct RequestTarget: Hashable, Sendable {
  /// Host and port of a target in absolute form (`http://host/path`), without user information.
  package var authority: ByteRange?
  /// The path; empty in an absolute target without one, where `impliesRootPath` is set.
  package var path: ByteRange
  /// What follows the first `?`; nil when there is no `?`.
  package var query: ByteRange?
  /// Whether the target is absolute and has no path, which is sent as `/`.
  package var impliesRootPath = false

  /// Splits a target at its `?`, and before a fragment.
  package init(_ target: Span<UInt8>) {
    let end = target.firstIndex(of: UInt8(ascii: "#")) ?? target.count
    var start = 0
    if let authorityStart = Self.authorityStart(in: target) {
      var authorityEnd = authorityStart
      var hostStart = authorityStart
      while authorityEnd < end, target[authorityEnd] != UInt8(ascii: "/"),
        target[authorityEnd] != UInt8(ascii: "?")
      {
        if target[authorityEnd] == UInt8(ascii: "@") { hostStart = authorityEnd + 1 }
        authorityEnd += 1
      }
      authority = ByteRange(start: hostStart, count: authorityEnd - hostStart)
      start = authorityEnd
      impliesRootPath = start == end || target[start] == UInt8(ascii: "?")
    }
    var pathEnd = start
    while pathEnd < end, target[pathEnd] != UInt8(ascii: "?") { pathEnd += 1 }
    path = ByteRange(start: start, count: pathEnd - start)
    if pathEnd < end {
      query = ByteRange(start: pathEnd + 1, count: end - pathEnd - 1)
    }
  }

  /// The offset after `http://` or `https://`.
  private static func authorityStart(in target: Span<UInt8>) -> Int? {
    for scheme in [Array("http://".utf8), Array("https://".utf8)]
    where target.count > scheme.count
      && target.extracting(first: scheme.count).equalsIgnoringASCIICase(scheme.span)
    {
      return scheme.count
    }
    return nil
  }
}
