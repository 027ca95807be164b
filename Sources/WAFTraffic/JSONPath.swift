import Bytes

/// Names the member that an offset of a record is in, as people write it: `httpRequest.headers[3]`.
///
/// Looked up only once there is an error, so that reading needs to keep no path.
enum JSONPath {
  /// The path to the innermost value around an offset; empty for the record itself.
  static func text(of offset: Int, in record: Span<UInt8>) -> String {
    var path = ""
    var start = 0
    for _ in 0..<JSONScanner.maximumDepth {
      guard let step = step(towards: offset, in: record, from: start) else { break }
      path += path.isEmpty || step.name.hasPrefix("[") ? step.name : ".\(step.name)"
      start = step.start
    }
    return path
  }

  /// The member or element of the value at `start` that holds the offset, or that cannot be read.
  private static func step(
    towards offset: Int, in record: Span<UInt8>, from start: Int
  ) -> (name: String, start: Int)? {
    var scanner = JSONScanner(record, at: start)
    let opening = scanner.peek()
    let isObject = opening == UInt8(ascii: "{")
    guard isObject || opening == UInt8(ascii: "[") else { return nil }
    var name = ""
    var index = 0
    do {
      if isObject { try scanner.enterObject() } else { try scanner.enterArray() }
      while true {
        if isObject {
          guard let key = try scanner.nextKey(isFirst: index == 0) else { return nil }
          guard offset >= key.range.end + 1 else { return nil }
          name = String(lossy: record.extracting(key.range.bounds))
        } else {
          guard try scanner.nextElement(isFirst: index == 0) else { return nil }
          name = "[\(index)]"
        }
        _ = scanner.peek()
        let valueStart = scanner.position
        guard offset >= valueStart else { return nil }
        if let end = try? scanner.skipValue().end, end <= offset {
          index += 1
          continue
        }
        return (name, valueStart)
      }
    } catch {
      return nil
    }
  }
}
