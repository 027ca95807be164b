import Bytes

/// Where the log record stands in an object of another kind: an event of CloudWatch Logs, a row of
/// a query, a document of Elasticsearch or OpenSearch.
struct WrappedRecord {
  /// The member that holds it, as people write paths.
  private(set) var path = ""
  /// Whether it stands in a string.
  private(set) var isText = false
  /// Where the value of the member stands.
  private(set) var range: ByteRange

  /// The members that hold records, those first that leave least doubt.
  private static let members: [StaticString] = [
    "@message", "event.original", "original", "_source", "message", "event", "value",
  ]

  /// The record in an object; nil where no member may hold one.
  init?(in object: Span<UInt8>) {
    range = ByteRange(start: 0, count: object.count)
    // `_source.event.original` is the deepest.
    for _ in 0..<3 where !isText {
      guard let member = try? Self.bestMember(of: object, in: range) else { break }
      path += (path.isEmpty ? "" : ".") + "\(Self.members[member.rank % Self.members.count])"
      range = member.value
      isText = object[Int(range.start)] == UInt8(ascii: "\"")
    }
    if path.isEmpty { return nil }
  }

  /// The member of the object at `range` that most likely holds a record; nil where there is none,
  /// and in a record itself.
  private static func bestMember(
    of record: Span<UInt8>, in range: ByteRange
  ) throws(JSONScanError) -> (rank: Int, value: ByteRange)? {
    var best: (rank: Int, value: ByteRange)?
    var scanner = JSONScanner(record, at: Int(range.start))
    try scanner.enterObject()
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      let value = try scanner.skipValue()
      if JSONText.equals("httpRequest", in: record, key.range) { return nil }
      guard
        var rank = members.firstIndex(where: { JSONText.equals($0, in: record, key.range) })
      else { continue }
      let first = record[Int(value.start)]
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "\"") else { continue }
      // Text that is no object is the last resort, for the sake of the error's words.
      if first != UInt8(ascii: "{"), !JSONText.matches("\"{", in: record, at: Int(value.start)) {
        rank += members.count
      }
      if rank < best?.rank ?? .max { best = (rank, value) }
    }
    return best
  }
}
