package import Bytes

extension JSONScanner {
  /// Reads a string; nil for a value of any other type, which is skipped.
  mutating func stringIfAny() throws(JSONScanError) -> JSONString? {
    if peek() == UInt8(ascii: "\"") { return try string() }
    try skipValue()
    return nil
  }

  /// Reads a size in bytes; nil for a negative number and for a value of any other type.
  mutating func sizeIfAny(in record: Span<UInt8>) throws(JSONScanError) -> Int? {
    let size = JSONNumber.integer(record.extracting(try skipValue().bounds))
    return size.flatMap { $0 >= 0 ? Int($0) : nil }
  }

  /// Goes to the value of a member of the object that comes next; false where there is none.
  package mutating func seek(_ name: StaticString, in record: Span<UInt8>) -> Bool {
    do {
      try enterObject()
      var isFirst = true
      while let key = try nextKey(isFirst: isFirst) {
        isFirst = false
        if !key.hasEscapes, JSONText.equals(name, in: record, key.range) { return true }
        try skipValue()
      }
    } catch {
      // What cannot be read is for the decoder to refuse.
    }
    return false
  }

  /// Reads a size in bytes: a number, or text that is one; nil for `null`.
  mutating func sizeOrNull(in record: Span<UInt8>) throws -> Int? {
    if try skipNull() { return nil }
    let start = position
    let isText = peek() == UInt8(ascii: "\"")
    let range = isText ? try string().range : try number()
    guard let size = JSONNumber.integer(record.extracting(range.bounds)), size >= 0 else {
      throw RecordFault(.invalidValue, "expected a number of bytes", offset: start)
    }
    return Int(size)
  }
}

/// Converts the text of numbers.
enum JSONNumber {
  /// The value of a number's text, a fraction dropped; nil for text that is no number or too large.
  static func integer(_ text: Span<UInt8>) -> Int64? {
    guard !text.isEmpty else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in (isNegative ? 1 : 0)..<text.count {
      guard text[index].isASCIIDigit else { return real(text) }
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(Int64(text[index] - 0x30))
      if overflows || overflowsToo { return nil }
      value = sum
    }
    guard text.count > (isNegative ? 1 : 0) else { return nil }
    return isNegative ? -value : value
  }

  /// Some writers spell large integers as `1.762E12`.
  private static func real(_ text: Span<UInt8>) -> Int64? {
    var scanner = JSONScanner(text)
    guard (try? scanner.number()) != nil, (try? scanner.expectEnd()) != nil else { return nil }
    guard let value = Double(String(lossy: text)), value.magnitude < 9e18 else { return nil }
    return Int64(value)
  }
}
