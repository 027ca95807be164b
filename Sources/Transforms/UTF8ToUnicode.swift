import Bytes

/// UTF8_TO_UNICODE: every character outside ASCII becomes `%u` and its code point.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for the purpose only. *Assumed*,
/// after ModSecurity's `utf8toUnicode`: the notation, with four lower-case hexadecimal digits or
/// more; bytes that are no UTF-8 (overlong forms and surrogates among them) are copied.
func applyUTF8ToUnicode(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  var copied = 0
  var index = 0
  while let lead = firstLead(in: input, from: index) {
    guard let character = UTF8Character(in: input, at: lead) else {
      index = lead + 1
      continue
    }
    index = lead
    if copied == 0 {
      output.removeAll(keepingCapacity: true)
      // Two bytes become six, three six and four seven at most.
      output.reserveCapacity(input.count * 3)
    }
    output.append(contentsOf: input.extracting(copied..<index))
    output.append(UInt8(ascii: "%"))
    output.append(UInt8(ascii: "u"))
    appendHex(character.value, to: &output)
    index += character.length
    copied = index
  }
  guard copied > 0 else { return .unchanged }
  output.append(contentsOf: input.extracting(copied..<input.count))
  return TransformEffect(changed: true)
}

/// The position of the first byte at or after `start` that can begin a character of several bytes.
private func firstLead(in input: Span<UInt8>, from start: Int) -> Int? {
  // Text in another script has them one after the other.
  if start < input.count, input[start] >= 0xc2 { return start }
  return input.firstIndex(from: start) { $0.isByte(from: 0xc2, count: 0xf5 - 0xc2) }
}

/// Appends a code point as at least four digits.
private func appendHex(_ value: UInt32, to output: inout [UInt8]) {
  var shift: UInt32 = value > 0xf_ffff ? 20 : value > 0xffff ? 16 : 12
  while true {
    let digit = UInt8(truncatingIfNeeded: value >> shift & 0xf)
    output.append(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
    guard shift > 0 else { return }
    shift -= 4
  }
}

/// A character of two bytes or more.
private struct UTF8Character {
  var value: UInt32
  var length: Int

  /// Nil where the byte at `index` begins none.
  init?(in input: Span<UInt8>, at index: Int) {
    let lead = input[index]
    guard let length = utf8Length(lead: lead), index + length <= input.count else { return nil }
    value = UInt32(lead) & (0x7f >> UInt32(length))
    for offset in 1..<length {
      let byte = input[index + offset]
      guard byte & 0xc0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    // The smallest value that needs so many bytes.
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= smallest, Unicode.Scalar(value) != nil else { return nil }
    self.length = length
  }
}

/// How many bytes a character with this first byte has; nil for ASCII and where there is none.
private func utf8Length(lead: UInt8) -> Int? {
  switch lead {
  case 0xc2...0xdf: 2
  case 0xe0...0xef: 3
  case 0xf0...0xf4: 4
  default: nil
  }
}

/// Where a character begins that the end of the input cuts; the end where it cuts none.
func startOfOpenUTF8(_ input: Span<UInt8>) -> Int {
  for index in stride(from: input.count - 1, through: max(0, input.count - 3), by: -1) {
    if let length = utf8Length(lead: input[index]) {
      return index + length > input.count ? index : input.count
    }
    guard input[index] & 0xc0 == 0x80 else { break }
  }
  return input.count
}
