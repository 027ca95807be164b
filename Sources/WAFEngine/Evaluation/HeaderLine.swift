import Behaviour
import Bytes
import WAFProgram
import WAFRequests

/// What a header line is by the default readings, worked out once a record.
struct HeaderLine {
  /// The name without the white space around it.
  var name: ByteRange
  /// Tells most names apart.
  var mark: NameMark
  var hasUppercase: Bool
  var content: Evaluator.HeaderContent
}

/// The length of a name and three of its bytes in lower case.
struct NameMark: Equatable {
  private var bits: UInt32

  init(_ name: Span<UInt8>) {
    let count = name.count
    bits = UInt32(truncatingIfNeeded: count & 0xFF)
    guard count > 0 else { return }
    bits |= UInt32(name[0].asciiLowercased) << 8
    bits |= UInt32(name[count - 1].asciiLowercased) << 16
    bits |= UInt32(name[count / 2].asciiLowercased) << 24
  }
}

extension Evaluator {
  /// Works out what the record's header lines are, if nothing has asked before.
  mutating func readHeaders(_ record: borrowing RequestRecord) {
    guard !areHeadersRead else { return }
    areHeadersRead = true
    headerLines.removeAll(keepingCapacity: true)
    for index in record.headers.indices {
      let header = record.headers[index]
      let name = trimmed(header.name, record)
      headerLines.append(
        HeaderLine(
          name: name, mark: NameMark(record.storage.span.extracting(name.bounds)),
          hasUppercase: hasUppercase(header.name, record),
          content: headerContent(header, flipping: Self.defaultReading, record)))
    }
  }

  /// The content of a header line under a reading.
  func content(
    at index: Int, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> HeaderContent {
    let content = headerLines[index].content
    guard content.isTrimmable, flipping.rawValue == OpenQuestions.headerTrimming.rawValue else {
      return content
    }
    return headerContent(record.headers[index], flipping: flipping, record)
  }

  /// The index of the first line of a name in lower case, from `start` on; nil where there is none.
  func indexOfLine(
    named name: [UInt8], _ mark: NameMark, from start: Int, _ record: borrowing RequestRecord
  ) -> Int? {
    var index = start
    while index < headerLines.count {
      if headerLines[index].mark == mark,
        record.storage.span.extracting(headerLines[index].name.bounds)
          .equalsIgnoringASCIICase(name.span)
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Whether the name of a line has been that of one before it.
  func hasEarlierLine(_ index: Int, _ record: borrowing RequestRecord) -> Bool {
    let line = headerLines[index]
    for other in 0..<index where headerLines[other].mark == line.mark {
      let bytes = record.storage.span
      if bytes.extracting(headerLines[other].name.bounds)
        .equalsIgnoringASCIICase(bytes.extracting(line.name.bounds))
      {
        return true
      }
    }
    return false
  }
}
