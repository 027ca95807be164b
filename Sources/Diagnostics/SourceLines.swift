/// The lines of a document.
struct SourceLines: Sendable {
  let bytes: [UInt8]
  /// The offset at which each line starts.
  private let starts: [Int]

  init(bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no part of the first line.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A {
      starts.append(offset + 1)
    }
    self.starts = starts
  }

  /// The bytes of a line (counted from 1) without its end.
  func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
    let start = min(starts[line - 1], bytes.count)
    var end = line < starts.count ? starts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<max(start, end)
  }

  /// The line (counted from 1) that holds a byte.
  func line(ofByte offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  func location(ofByte offset: Int) -> SourceMap.Location {
    let offset = min(max(0, offset), bytes.count)
    let line = line(ofByte: offset)
    let start = range(ofLine: line).lowerBound
    guard offset > start else { return SourceMap.Location(line: line, column: 1) }
    return SourceMap.Location(
      line: line, column: SourceCells(bytes[start..<offset]).scalarCount + 1)
  }
}
