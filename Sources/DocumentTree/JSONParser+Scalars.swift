import Diagnostics

extension JSONParser {
  // MARK: Strings

  /// Reads a string from its opening quote to past its closing one.
  mutating func string() throws(Diagnostic) -> String {
    let start = position
    position += 1
    var run = position
    var decoded: [UInt8] = []
    while true {
      guard position < bytes.count else {
        throw failure("the string that starts here has no closing quote", at: start)
      }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let text =
          decoded.isEmpty
          ? String(decoding: bytes[run..<position], as: UTF8.self)
          : String(decoding: decoded + bytes[run..<position], as: UTF8.self)
        position += 1
        return text
      case UInt8(ascii: "\\"):
        decoded += bytes[run..<position]
        try escape(into: &decoded)
        run = position
      case 0x0A, 0x0D:
        throw failure(
          "the string does not end in its line; a line break is written \\n", at: position)
      case 0..<0x20:
        throw failure("a control character in a string must be escaped", at: position)
      default:
        position += 1
      }
    }
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(Diagnostic) {
    let start = position
    guard position + 1 < bytes.count else {
      throw failure("the document ends inside a string", at: start)
    }
    let letter = bytes[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(letter)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      let unit = try codeUnit(escapeAt: start)
      decoded += try Array(String(Character(scalar(unit, escapeAt: start))).utf8)
    default:
      throw failure(
        "no such escape in JSON; a backslash in a string is written \\\\", at: start)
    }
  }

  /// The scalar of a code unit, together with the low surrogate that must follow a high one.
  private mutating func scalar(
    _ unit: UInt16, escapeAt start: Int
  ) throws(Diagnostic) -> Unicode.Scalar {
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let unpaired = "half of a surrogate pair stands alone"
    guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw failure(unpaired, at: start) }
    let second = position
    position += 2
    let low = try codeUnit(escapeAt: second)
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw failure(unpaired, at: start) }
    return scalar
  }

  private mutating func codeUnit(escapeAt start: Int) throws(Diagnostic) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = hexDigit(bytes[position]) else {
        throw failure("\\u is followed by four hexadecimal digits", at: start)
      }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  private func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  // MARK: Numbers

  mutating func number() throws(Diagnostic) -> String {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let integer = position
    try digits("a number needs a digit here")
    if bytes[integer] == UInt8(ascii: "0"), position - integer > 1 {
      throw failure("a number has no leading zero", at: integer)
    }
    if peek() == UInt8(ascii: ".") {
      position += 1
      try digits("a digit must follow the decimal point")
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      position += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
      try digits("a digit must follow the exponent sign")
    }
    if let next = peek(), isWordByte(next) {
      throw failure("a number does not go on like this", at: position)
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits(_ message: String) throws(Diagnostic) {
    let start = position
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      position += 1
    }
    guard position > start else { throw failure(message, at: position) }
  }

  private func peek() -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  // MARK: Literals

  mutating func literal() throws(Diagnostic) -> Node.Kind {
    let start = position
    switch bytes[position] {
    case UInt8(ascii: "'"):
      throw failure("strings are written in double quotes, not in single ones", at: start)
    case UInt8(ascii: ","):
      throw failure("a value is expected here; is there one ',' too many?", at: start)
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"):
      throw failure("a value is expected here", at: start)
    case UInt8(ascii: "+"), UInt8(ascii: "."):
      throw failure("a number starts with a digit or '-'", at: start)
    case 0xE2:
      throw failure("strings are written in plain double quotes", at: start)
    default: break
    }
    while let byte = peek(), isWordByte(byte) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "":
      throw failure("a value is expected here", at: start)
    default:
      let meant =
        ["None": "null", "nil": "null", "undefined": "null"][word]
        ?? didYouMean(word, among: ["true", "false", "null"])
      throw failure(
        meant == nil
          ? "strings are written in double quotes" : "unknown word '\(word.prefix(40))'",
        at: start, suggestion: meant)
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
