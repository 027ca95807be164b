import Bytes

// Writing JSON as bytes, all in one line. What is written is valid UTF-8 whatever the input was.

extension [UInt8] {
  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends `text` as a JSON string.
  package mutating func appendJSON(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      _ = appendJSON(buffer.span)
    }
  }

  /// Appends `bytes` as a JSON string; false when some were no UTF-8 and became U+FFFD.
  @discardableResult
  package mutating func appendJSON(_ bytes: Span<UInt8>) -> Bool {
    var isExact = true
    append(UInt8(ascii: "\""))
    var start = 0
    while start < bytes.count {
      var isASCII = true
      let stop = JSONText.stringStop(in: bytes, from: start, isASCII: &isASCII)
      let run = bytes.extracting(start..<stop)
      if isASCII {
        append(contentsOf: run)
      } else if !appendUTF8(run) {
        isExact = false
      }
      if stop < bytes.count { appendEscape(bytes[stop]) }
      start = stop + 1
    }
    append(UInt8(ascii: "\""))
    return isExact
  }

  private mutating func appendEscape(_ byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    default:
      append("u00")
      for digit in [byte >> 4, byte & 15] {
        append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }

  /// Appends bytes; each run that is no UTF-8 becomes U+FFFD.
  ///
  /// Says whether there was none.
  @discardableResult
  package mutating func appendUTF8(_ bytes: Span<UInt8>) -> Bool {
    var rest = bytes
    var isExact = true
    while !rest.isEmpty {
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: rest)
        append(contentsOf: rest)
        return isExact
      } catch {
        isExact = false
        let bad = error.byteOffsets
        append(contentsOf: rest.extracting(0..<bad.lowerBound))
        append(contentsOf: [0xEF, 0xBF, 0xBD])
        // The error covers one byte at least, so this ends.
        let next = Swift.max(bad.upperBound, bad.lowerBound + 1)
        rest = rest.extracting(Swift.min(next, rest.count)..<rest.count)
      }
    }
    return isExact
  }

  /// Appends a JSON value as it stands, without line breaks and made UTF-8.
  package mutating func appendRawJSON(_ value: Span<UInt8>) {
    guard value.firstIndex(of: 0x0A) != nil || value.firstIndex(of: 0x0D) != nil else {
      appendUTF8(value)
      return
    }
    // Inside strings JSON has no raw line breaks, so all white space outside them may go.
    var start = 0
    var inString = false
    var index = 0
    while index < value.count {
      let byte = value[index]
      if byte == UInt8(ascii: "\"") {
        inString.toggle()
      } else if inString, byte == UInt8(ascii: "\\") {
        index += 1
      } else if !inString, byte.isASCIIWhitespace {
        appendUTF8(value.extracting(start..<index))
        start = index + 1
      }
      index += 1
    }
    appendUTF8(value.extracting(start..<value.count))
  }

  /// Whether the bytes are UTF-8.
  package static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes)
      return true
    } catch {
      return false
    }
  }
}
