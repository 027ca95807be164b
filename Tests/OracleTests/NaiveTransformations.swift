import Behaviour
import WAFModel

/// The text transformations, written a second time from the semantics file: byte arrays, no haste.
enum NaiveTransformations {
  static func apply(
    _ type: TextTransformationType, to input: [UInt8], flipping flip: OpenQuestions
  ) -> [UInt8] {
    switch type {
    case .none, .opaque: input
    case .lowercase: lowered(input)
    case .uppercase: input.map { (0x61...0x7a).contains($0) ? $0 - 0x20 : $0 }
    case .removeNulls: input.filter { $0 != 0 }
    case .replaceNulls: input.map { $0 == 0 ? 0x20 : $0 }
    case .compressWhiteSpace:
      withoutRuns(input.map { isSpace($0) || $0 == 0xa0 ? 0x20 : $0 }, of: 0x20)
    case .removeWhitespace:
      input.filter { !isSpace($0) && !(flip.contains(.nonBreakingSpace) && $0 == 0xa0) }
    case .trim: trimmed(trimmed(input, left: true), left: false)
    case .trimLeft: trimmed(input, left: true)
    case .trimRight: trimmed(input, left: false)
    case .urlDecode: urlDecoded(input, unicode: false, keepsPlus: flip.contains(.plusAsSpace))
    case .urlDecodeUni: urlDecoded(input, unicode: true, keepsPlus: flip.contains(.plusAsSpace))
    case .htmlEntityDecode: NaiveEntities.decode(input, flipped: flip.contains(.htmlEntities))
    case .base64Decode: base64Decoded(input, keepsInvalid: flip.contains(.invalidEncoding))
    case .base64DecodeExt: fromSextets(input.compactMap { sextet($0) })
    case .hexDecode: hexDecoded(input, flipped: flip.contains(.invalidEncoding))
    case .sqlHexDecode: sqlHexDecoded(input)
    case .normalizePath: normalized(input, flipped: flip.contains(.emptyRelativePath))
    case .normalizePathWin:
      normalized(
        input.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 },
        flipped: flip.contains(.emptyRelativePath))
    case .replaceComments: commentsReplaced(input)
    case .removeCommentsChar: commentSignsRemoved(input)
    case .jsDecode: NaiveEscapes.jsDecoded(input, keepsOthers: false)
    case .jsDecodeExt: NaiveEscapes.jsDecoded(input, keepsOthers: true)
    case .cssDecode: NaiveEscapes.cssDecoded(input)
    case .escapeSeqDecode: NaiveEscapes.cDecoded(input, flipped: false)
    case .cmdLine: NaiveCommandLines.plain(input, flipped: flip.contains(.commandLine))
    case .cmdLineUnix: NaiveCommandLines.unix(input)
    case .cmdLineWin: NaiveCommandLines.windows(input, flipped: flip.contains(.commandLine))
    case .utf8ToUnicode: unicodeWritten(input)
    case .md5: NaiveDigests.md5(input)
    case .sha256: NaiveDigests.sha256(input)
    }
  }

  // MARK: Bytes

  static func isSpace(_ byte: UInt8) -> Bool { (0x09...0x0d).contains(byte) || byte == 0x20 }

  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5a }

  static func lowered(_ input: [UInt8]) -> [UInt8] {
    input.map { isUpper($0) ? $0 + 0x20 : $0 }
  }

  static func hexValue(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }

  /// The value of `count` hexadecimal digits that start at `start`.
  static func hexNumber(_ input: [UInt8], _ start: Int, _ count: Int) -> Int? {
    guard start + count <= input.count else { return nil }
    var value = 0
    for byte in input[start..<start + count] {
      guard let digit = hexValue(byte) else { return nil }
      value = value * 16 + digit
    }
    return value
  }

  /// The byte of a 16-bit escape: the low one, of full-width characters the ASCII one.
  static func narrowed(_ value: Int) -> UInt8 {
    let low = value % 256
    let isFullWidth = value / 256 == 0xff && low >= 1 && low <= 0x5e
    return UInt8(isFullWidth ? low + 0x20 : low)
  }

  /// Every run of `byte` as one.
  static func withoutRuns(_ input: [UInt8], of byte: UInt8) -> [UInt8] {
    var output: [UInt8] = []
    for next in input where next != byte || output.last != byte { output.append(next) }
    return output
  }

  private static func trimmed(_ input: [UInt8], left: Bool) -> [UInt8] {
    var rest = input[...]
    if left {
      while let first = rest.first, isSpace(first) { rest.removeFirst() }
    } else {
      while let last = rest.last, isSpace(last) { rest.removeLast() }
    }
    return Array(rest)
  }

  // MARK: Encodings

  static func urlDecoded(_ input: [UInt8], unicode: Bool, keepsPlus: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      let byte = input[index]
      if byte == UInt8(ascii: "+"), !keepsPlus {
        output.append(0x20)
        index += 1
      } else if byte == UInt8(ascii: "%"), let value = hexNumber(input, index + 1, 2) {
        output.append(UInt8(value))
        index += 3
      } else if unicode, byte == UInt8(ascii: "%"), index + 1 < input.count,
        input[index + 1] == UInt8(ascii: "u") || input[index + 1] == UInt8(ascii: "U"),
        let value = hexNumber(input, index + 2, 4)
      {
        output.append(narrowed(value))
        index += 6
      } else {
        output.append(byte)
        index += 1
      }
    }
    return output
  }

  private static func sextet(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x41...0x5a: Int(byte) - 0x41
    case 0x61...0x7a: Int(byte) - 0x61 + 26
    case 0x30...0x39: Int(byte) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  private static func base64Decoded(_ input: [UInt8], keepsInvalid: Bool) -> [UInt8] {
    let sextets = input.prefix { sextet($0) != nil }.compactMap { sextet($0) }
    let padding = Array(input[sextets.count...])
    let wanted = (4 - sextets.count % 4) % 4
    let isWellFormed =
      wanted < 3 && padding == [UInt8](repeating: UInt8(ascii: "="), count: wanted)
    if keepsInvalid, !isWellFormed { return input }
    return fromSextets(sextets)
  }

  private static func fromSextets(_ sextets: [Int]) -> [UInt8] {
    var output: [UInt8] = []
    var bits = 0
    var count = 0
    for sextet in sextets {
      bits = (bits * 64 + sextet) % 65536
      count += 6
      if count >= 8 {
        count -= 8
        output.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return output
  }

  private static func hexDecoded(_ input: [UInt8], flipped: Bool) -> [UInt8] {
    let digits = input.prefix { hexValue($0) != nil }
    let isAllDigits = digits.count == input.count
    if isAllDigits ? flipped && digits.count % 2 == 1 : !flipped { return input }
    return pairs(Array(digits))
  }

  private static func pairs(_ digits: [UInt8]) -> [UInt8] {
    (0..<digits.count / 2).compactMap { hexNumber(digits, $0 * 2, 2).map { UInt8($0) } }
  }

  private static func sqlHexDecoded(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      let isNumber =
        input[index] == UInt8(ascii: "0") && index + 1 < input.count
        && (input[index + 1] == UInt8(ascii: "x") || input[index + 1] == UInt8(ascii: "X"))
      var digits = index + 2
      while isNumber, hexNumber(input, digits, 2) != nil { digits += 2 }
      if isNumber, digits > index + 2 {
        output += pairs(Array(input[index + 2..<digits]))
        index = digits
      } else {
        output.append(input[index])
        index += 1
      }
    }
    return output
  }

  /// Multi-byte UTF-8 sequences as `%u` and hexadecimal digits; all else stays.
  private static func unicodeWritten(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      let length = [0xc2...0xdf, 0xe0...0xef, 0xf0...0xf4].firstIndex {
        $0.contains(Int(input[index]))
      }
      if let length, index + length + 2 <= input.count,
        let text = String(validating: input[index..<index + length + 2], as: UTF8.self),
        let scalar = text.unicodeScalars.first
      {
        let digits = String(scalar.value, radix: 16)
        output += Array("%u".utf8)
        output += Array(String(repeating: "0", count: max(0, 4 - digits.utf8.count)).utf8)
        output += Array(digits.utf8)
        index += length + 2
      } else {
        output.append(input[index])
        index += 1
      }
    }
    return output
  }

  // MARK: Comments and paths

  private static func starts(_ input: [UInt8], _ index: Int, _ text: String) -> Bool {
    input[index...].starts(with: text.utf8)
  }

  private static func commentsReplaced(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      guard starts(input, index, "/*") else {
        output.append(input[index])
        index += 1
        continue
      }
      output.append(0x20)
      index += 2
      while index < input.count, !starts(input, index, "*/") { index += 1 }
      index += 2
    }
    return output
  }

  private static func commentSignsRemoved(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      if starts(input, index, "/*") || starts(input, index, "*/") || starts(input, index, "--") {
        index += 2
      } else if input[index] == UInt8(ascii: "#") {
        index += 1
      } else {
        output.append(input[index])
        index += 1
      }
    }
    return output
  }

  private static func normalized(_ input: [UInt8], flipped: Bool) -> [UInt8] {
    guard let first = input.first, let last = input.last else { return [] }
    let slash = UInt8(ascii: "/")
    let isAbsolute = first == slash
    var kept: [[UInt8]] = []
    for part in input.split(separator: slash).map(Array.init) where part != Array(".".utf8) {
      if part != Array("..".utf8) {
        kept.append(part)
      } else if let top = kept.last, top != Array("..".utf8) {
        kept.removeLast()
      } else if !isAbsolute {
        kept.append(part)
      }
    }
    var output = isAbsolute ? [slash] : []
    output += kept.joined(separator: [slash])
    if last == slash, !kept.isEmpty { output.append(slash) }
    if output.isEmpty, flipped { return [slash] }
    return output
  }
}
