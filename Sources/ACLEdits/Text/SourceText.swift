/// The text of a document by lines.
struct SourceText {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of bytes of a byte order mark.
  var markLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  subscript(range: Range<Int>) -> String {
    String(decoding: bytes[clamped(range)], as: UTF8.self)
  }

  private func clamped(_ range: Range<Int>) -> Range<Int> { range.clamped(to: bytes.indices) }

  func hasLineBreak(in range: Range<Int>) -> Bool { bytes[clamped(range)].contains(0x0A) }

  /// The first byte of the line that a place is on.
  func lineStart(of place: Int) -> Int {
    var start = min(place, bytes.count)
    while start > markLength, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// The place after the line break of the line that a place is on.
  func lineEnd(of place: Int) -> Int {
    var end = min(place, bytes.count)
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return min(end + 1, bytes.count)
  }

  /// The place after blanks.
  func skippingBlanks(from place: Int) -> Int {
    var place = place
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    return place
  }

  /// The blanks at the start of the line that a place is on.
  func indent(ofLineOf place: Int) -> String {
    let start = lineStart(of: place)
    return self[start..<skippingBlanks(from: start)]
  }

  /// The blanks before a place that is the first thing on its line; nil for any other.
  func ownIndent(before place: Int) -> String? {
    let start = lineStart(of: place)
    return skippingBlanks(from: start) == place ? self[start..<place] : nil
  }

  /// Whether a line has nothing but white space.
  func isBlank(_ line: Range<Int>) -> Bool {
    bytes[clamped(line)].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }
}

/// New bytes in the place of some.
struct TextSplice: Hashable {
  var range: Range<Int>
  var text: String

  init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = text
  }

  /// An insertion.
  init(at place: Int, _ text: String) { self.init(place..<place, text) }
}
