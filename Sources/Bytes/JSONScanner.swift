/// Walks JSON text in place: says where values are, decodes only what it is asked for.
///
/// Contract: syntax is checked as RFC 8259 has it (escapes, numbers, literals, control characters
/// in strings), nesting is at most `maximumDepth`, nothing is allocated, and nothing that the bytes
/// hold can trap. Bytes that are not UTF-8 pass through inside strings as they are: a recording may
/// carry what the client sent.
package struct JSONScanner: ~Escapable {
  /// The deepest nesting that is read.
  package static let maximumDepth = 128

  private let bytes: Span<UInt8>
  /// The offset of the next byte, never negative.
  package private(set) var position: Int

  /// A scanner that starts at an offset of the bytes.
  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, at position: Int = 0) {
    self.bytes = bytes
    self.position = max(0, position)
  }

  // MARK: Looking

  /// The first byte that is not white space, which stays unread; nil at the end.
  @inline(__always)
  package mutating func peek() -> UInt8? {
    guard position < bytes.count else { return nil }
    // Sound: the position is below the count, and never negative.
    let byte = unsafe bytes[unchecked: position]
    return byte > 0x20 ? byte : peekBehindSpace()
  }

  @inline(never)
  private mutating func peekBehindSpace() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  /// Fails unless only white space is left.
  package mutating func expectEnd() throws(JSONScanError) {
    if peek() != nil { throw failure(.dataAfterValue) }
  }

  // MARK: Objects and arrays

  /// Enters the object that comes next.
  package mutating func enterObject() throws(JSONScanError) {
    guard peek() == UInt8(ascii: "{") else { throw failure(.expected(.object)) }
    position += 1
  }

  /// Reads the next key of the object entered and its colon; nil after the closing brace.
  ///
  /// The member's value must be read or skipped before the next call.
  package mutating func nextKey(isFirst: Bool) throws(JSONScanError) -> JSONString? {
    // What logs write has no white space.
    var start = position
    if byte(at: start) == UInt8(ascii: "}") {
      position = start &+ 1
      return nil
    }
    if !isFirst, byte(at: start) == UInt8(ascii: ",") { start &+= 1 }
    guard byte(at: start) == UInt8(ascii: "\""), isFirst == (start == position) else {
      return try nextSpacedKey(isFirst: isFirst)
    }
    start &+= 1
    var isASCII = true
    let end = JSONText.stringEnd(in: bytes, from: start, isASCII: &isASCII)
    guard end &+ 1 < bytes.count, bytes[end] == UInt8(ascii: "\""),
      bytes[end &+ 1] == UInt8(ascii: ":")
    else { return try nextSpacedKey(isFirst: isFirst) }
    position = end &+ 2
    return JSONString(start: start, end: end, isASCII: isASCII)
  }

  /// The same, with white space anywhere.
  @inline(never)
  private mutating func nextSpacedKey(isFirst: Bool) throws(JSONScanError) -> JSONString? {
    guard var byte = peek() else { throw failure(.unexpectedEnd) }
    if byte == UInt8(ascii: "}") {
      position += 1
      return nil
    }
    if !isFirst {
      guard byte == UInt8(ascii: ",") else { throw failure(.expectedCommaOrEnd) }
      position += 1
      guard let next = peek() else { throw failure(.unexpectedEnd) }
      byte = next
    }
    guard byte == UInt8(ascii: "\"") else { throw failure(.expectedKey) }
    let key = try restOfString()
    guard peek() == UInt8(ascii: ":") else { throw failure(.expectedColon) }
    position += 1
    return key
  }

  /// Enters the array that comes next.
  package mutating func enterArray() throws(JSONScanError) {
    guard peek() == UInt8(ascii: "[") else { throw failure(.expected(.array)) }
    position += 1
  }

  /// Moves to the next element of the array entered; false after the closing bracket.
  package mutating func nextElement(isFirst: Bool) throws(JSONScanError) -> Bool {
    guard let byte = peek() else { throw failure(.unexpectedEnd) }
    if byte == UInt8(ascii: "]") {
      position += 1
      return false
    }
    if isFirst { return true }
    guard byte == UInt8(ascii: ",") else { throw failure(.expectedCommaOrEnd) }
    position += 1
    return true
  }

  // MARK: Values

  /// Reads the string that comes next, still escaped.
  package mutating func string() throws(JSONScanError) -> JSONString {
    guard peek() == UInt8(ascii: "\"") else { throw failure(.expected(.string)) }
    return try restOfString()
  }

  /// Reads a string from its opening quote on, which is at hand.
  @inline(__always)
  private mutating func restOfString() throws(JSONScanError) -> JSONString {
    let start = position &+ 1
    var isASCII = true
    let end = JSONText.stringEnd(in: bytes, from: start, isASCII: &isASCII)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else {
      return try restOfString(from: start, stoppedAt: end, isASCII: isASCII)
    }
    position = end &+ 1
    return JSONString(start: start, end: end, isASCII: isASCII)
  }

  /// The same for a string with escapes, or one that is broken.
  @inline(never)
  private mutating func restOfString(
    from start: Int, stoppedAt stop: Int, isASCII: Bool
  ) throws(JSONScanError) -> JSONString {
    var next = stop
    var isASCII = isASCII
    while true {
      guard next < bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
      switch bytes[next] {
      case UInt8(ascii: "\""):
        position = next + 1
        return JSONString(
          range: ByteRange(start: start, count: next - start), hasEscapes: true, isASCII: isASCII)
      case UInt8(ascii: "\\"): next = try escapeEnd(at: next)
      default: throw failure(.controlCharacter, at: next)
      }
      next = JSONText.stringEnd(in: bytes, from: next, isASCII: &isASCII)
    }
  }

  /// Reads the number that comes next; its text is for the caller to convert.
  package mutating func number() throws(JSONScanError) -> ByteRange {
    guard let first = peek() else { throw failure(.unexpectedEnd) }
    guard first == UInt8(ascii: "-") || first.isASCIIDigit else {
      throw failure(.expected(.number))
    }
    let start = position
    var next = first == UInt8(ascii: "-") ? start + 1 : start
    let integer = next
    next = digitsEnd(next)
    guard next > integer, next == integer + 1 || bytes[integer] != UInt8(ascii: "0") else {
      throw failure(.badNumber, at: start)
    }
    if next < bytes.count, bytes[next] == UInt8(ascii: ".") {
      let fraction = next + 1
      next = digitsEnd(fraction)
      guard next > fraction else { throw failure(.badNumber, at: start) }
    }
    if next < bytes.count, bytes[next] | 0x20 == UInt8(ascii: "e") {
      next += 1
      if next < bytes.count, bytes[next] == UInt8(ascii: "+") || bytes[next] == UInt8(ascii: "-") {
        next += 1
      }
      let exponent = next
      next = digitsEnd(exponent)
      guard next > exponent else { throw failure(.badNumber, at: start) }
    }
    position = next
    return ByteRange(start: start, count: next - start)
  }

  /// Reads `null` if it comes next; says whether it did.
  package mutating func skipNull() throws(JSONScanError) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try literal("null")
    return true
  }

  /// Reads a string; nil for `null`.
  package mutating func stringOrNull() throws(JSONScanError) -> JSONString? {
    guard peek() == UInt8(ascii: "\"") else { return try skipNull() ? nil : try string() }
    return try restOfString()
  }

  /// Skips the value that comes next, checking its syntax, and says where it is.
  @discardableResult
  package mutating func skipValue() throws(JSONScanError) -> ByteRange {
    guard peek() != nil else { throw failure(.unexpectedEnd) }
    let start = position
    // One bit a level, the innermost one lowest: set for an object. INVARIANT: depth <= 128.
    var objects: UInt128 = 0
    var depth = 0
    var isFirst = false
    repeat {
      if depth > 0 {
        let hasNext =
          if objects & 1 == 1 {
            try nextKey(isFirst: isFirst) != nil
          } else {
            try nextElement(isFirst: isFirst)
          }
        isFirst = false
        guard hasNext else {
          objects >>= 1
          depth -= 1
          continue
        }
      }
      guard let byte = peek() else { throw failure(.unexpectedEnd) }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < Self.maximumDepth else { throw failure(.tooDeep) }
        position += 1
        depth += 1
        objects = objects << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        isFirst = true
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "t"): try literal("true")
      case UInt8(ascii: "f"): try literal("false")
      case UInt8(ascii: "n"): try literal("null")
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
      default: throw failure(.expected(.value))
      }
    } while depth > 0
    return ByteRange(start: start, count: position - start)
  }

  // MARK: Known spellings

  /// Reads an object of two members whose values are strings and whose spelling up to them, eight bytes
  /// each, the first one lowest, is known: `{"name":` and `,"value"`, as a log spells a header.
  ///
  /// Nil for any other, which stays unread.
  package mutating func strings(
    behind first: UInt64, _ second: UInt64
  ) -> (JSONString, JSONString)? {
    guard word(at: position) == first, byte(at: position &+ 8) == UInt8(ascii: "\"") else {
      return nil
    }
    var isFirstASCII = true
    let firstStart = position &+ 9
    let firstEnd = JSONText.stringEnd(in: bytes, from: firstStart, isASCII: &isFirstASCII)
    guard byte(at: firstEnd) == UInt8(ascii: "\""), word(at: firstEnd &+ 1) == second,
      byte(at: firstEnd &+ 9) == UInt8(ascii: ":"),
      byte(at: firstEnd &+ 10) == UInt8(ascii: "\"")
    else { return nil }
    var isSecondASCII = true
    let secondStart = firstEnd &+ 11
    let secondEnd = JSONText.stringEnd(in: bytes, from: secondStart, isASCII: &isSecondASCII)
    guard byte(at: secondEnd) == UInt8(ascii: "\""), byte(at: secondEnd &+ 1) == UInt8(ascii: "}")
    else { return nil }
    position = secondEnd &+ 2
    return (
      JSONString(start: firstStart, end: firstEnd, isASCII: isFirstASCII),
      JSONString(start: secondStart, end: secondEnd, isASCII: isSecondASCII)
    )
  }

  /// The byte at an offset that is not negative; 0 behind the end.
  @inline(__always)
  private func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// The eight bytes from an offset on that is not negative; 0 where there are fewer.
  @inline(__always)
  private func word(at offset: Int) -> UInt64 {
    guard offset &+ 8 <= bytes.count else { return 0 }
    return unsafe bytes.withUnsafeBytes { (buffer) -> UInt64 in
      guard let base = buffer.baseAddress else { return 0 }
      // Sound: the eight bytes are inside of the span.
      return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }
  }

  // MARK: Parts

  private func failure(_ reason: JSONScanError.Reason, at offset: Int? = nil) -> JSONScanError {
    JSONScanError(reason: reason, offset: offset ?? position)
  }

  private func digitsEnd(_ start: Int) -> Int {
    var next = start
    while next < bytes.count, bytes[next].isASCIIDigit { next += 1 }
    return next
  }

  private mutating func literal(_ text: StaticString) throws(JSONScanError) {
    guard JSONText.matches(text, in: bytes, at: position) else {
      throw failure(.expected(.value))
    }
    position += text.utf8CodeUnitCount
  }

  /// The offset after the escape that begins at `start`.
  private func escapeEnd(at start: Int) throws(JSONScanError) -> Int {
    guard start + 1 < bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      guard JSONText.hexUnit(in: bytes, at: start + 2) != nil else {
        throw failure(.badEscape, at: start)
      }
      return start + 6
    default:
      throw failure(.badEscape, at: start)
    }
  }
}

/// A JSON string as it stands in the text.
package struct JSONString: Hashable, Sendable {
  /// The bytes between the quotes.
  package var range: ByteRange
  /// Whether there are escapes among them; if not, the bytes are the value.
  package var hasEscapes: Bool
  /// Whether all of them are ASCII.
  package var isASCII: Bool
}

extension JSONString {
  /// A string without escapes.
  @inline(__always)
  init(start: Int, end: Int, isASCII: Bool) {
    self.init(
      range: ByteRange(start: start, count: end &- start), hasEscapes: false, isASCII: isASCII)
  }
}

/// Why JSON text could not be read, and where.
package struct JSONScanError: Error, Hashable, Sendable {
  /// A kind of value.
  package enum Kind: String, Sendable {
    case object, array, string, number, value
  }

  /// What is wrong.
  package enum Reason: Hashable, Sendable {
    case unexpectedEnd
    case expected(Kind)
    case expectedKey
    case expectedColon
    case expectedCommaOrEnd
    case controlCharacter
    case badEscape
    case badNumber
    case tooDeep
    case dataAfterValue
  }

  package var reason: Reason
  /// The offset of the offending byte.
  package var offset: Int

  package init(reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}
