package import Bytes

extension RequestRecord {
  /// The index of the first header line from `start` whose name is `name`, in ASCII lower or upper
  /// case, white space at both ends of the recorded name aside; nil when there is none.
  package func indexOfHeader(named name: Span<UInt8>, from start: Int = 0) -> Int? {
    let bytes = storage.span
    var index = max(0, start)
    while index < headers.count {
      let range = Self.trimmed(headers[index].name, in: bytes)
      if Int(range.count) == name.count,
        bytes.extracting(range.bounds).equalsIgnoringASCIICase(name)
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// The header lines of a name given in lower case, in the order received; allocates nothing.
  package func headers(named name: [UInt8]) -> HeaderLines {
    HeaderLines(record: self, name: name)
  }

  /// Whether a header of a name given in lower case, of which there is no line, may have been there.
  package func mayMissHeader(named name: [UInt8]) -> Bool {
    guard headersAreComplete else { return true }
    return hiddenHeaders.rawValue != 0
      && HiddenHeaders.names.contains { $0.name == name && hiddenHeaders.contains($0.header) }
  }

  /// Whether any header may have been there of which there is no line.
  package var mayMissHeaders: Bool { !headersAreComplete || hiddenHeaders.rawValue != 0 }

  /// A run of bytes without the spaces and tabs at both its ends.
  package static func trimmed(_ range: ByteRange, in bytes: Span<UInt8>) -> ByteRange {
    var start = Int(range.start)
    var end = range.end
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return ByteRange(start: start, count: end - start)
  }
}

/// Headers with credentials, which browsers leave out of what they save.
package struct HiddenHeaders: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let cookie = HiddenHeaders(rawValue: 1 << 0)
  package static let authorization = HiddenHeaders(rawValue: 1 << 1)

  /// The headers by their names in lower case.
  package static let names: [(name: [UInt8], header: HiddenHeaders)] = [
    (Array("cookie".utf8), .cookie), (Array("authorization".utf8), .authorization),
  ]

  /// The header of a name, in any case; nil where it is none of these.
  package init?(name: [UInt8]) {
    let name = name.asciiLowercased
    guard let found = Self.names.first(where: { $0.name == name }) else { return nil }
    self = found.header
  }
}

/// The header lines of one name.
package struct HeaderLines: Sequence, IteratorProtocol {
  fileprivate let record: RequestRecord
  fileprivate let name: [UInt8]
  private var position = 0

  fileprivate init(record: RequestRecord, name: [UInt8]) {
    self.record = record
    self.name = name
  }

  /// The next line.
  package mutating func next() -> Header? {
    guard let index = record.indexOfHeader(named: name.span, from: position) else { return nil }
    position = index + 1
    return record.headers[index]
  }
}
