import Behaviour
import WAFModel

/// The text transformations, written a second time from the semantics file: byte arrays, no haste.
enum NaiveTransformations {
  static func apply(
    _ type: TextTransformationType, to input: [UInt8], flipping flip: OpenQuestions
  ) -> [UInt8] {
    switch type {
    case .lowercase: input.map { isUpper($0) ? $0 + 0x20 : $0 }
    case .removeNulls: input.filter { $0 != 0 }
    case .compressWhiteSpace: compressed(input)
    case .urlDecode: urlDecoded(input, unicode: false, keepsPlus: flip.contains(.plusAsSpace))
    case .urlDecodeUni: urlDecoded(input, unicode: true, keepsPlus: flip.contains(.plusAsSpace))
    case .htmlEntityDecode: NaiveEntities.decode(input, flipped: flip.contains(.htmlEntities))
    case .base64Decode: base64Decoded(input, keepsInvalid: flip.contains(.invalidEncoding))
    case .normalizePath: normalized(input, flipped: flip.contains(.emptyRelativePath))
    default: input
    }
  }

  /// The part of the output that is certain when only the first bytes of the input are known;
  /// nil where nothing is.
  static func applyToPrefix(
    _ type: TextTransformationType, of input: [UInt8], flipping flip: OpenQuestions
  ) -> [UInt8]? {
    switch type {
    case .lowercase, .removeNulls, .compressWhiteSpace:
      return apply(type, to: input, flipping: flip)
    case .urlDecode, .urlDecodeUni:
      // An escape at the end may not be complete.
      let tail = input.suffix(type == .urlDecode ? 2 : 5)
      let cut = tail.lastIndex(of: UInt8(ascii: "%")) ?? input.endIndex
      return apply(type, to: Array(input[..<cut]), flipping: flip)
    case .htmlEntityDecode:
      let cut = input.lastIndex(of: UInt8(ascii: "&")) ?? input.endIndex
      return apply(type, to: Array(input[..<cut]), flipping: flip)
    case .base64Decode:
      // The other reading looks at the end of the input.
      return flip.contains(.invalidEncoding) ? nil : apply(type, to: input, flipping: flip)
    default:
      return nil
    }
  }

  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5a }

  static func hexValue(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }

  private static func compressed(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for byte in input {
      let isSpace = [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0].contains(byte)
      if !isSpace {
        output.append(byte)
      } else if output.last != 0x20 {
        output.append(0x20)
      }
    }
    return output
  }

  static func urlDecoded(_ input: [UInt8], unicode: Bool, keepsPlus: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    func digits(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= input.count else { return nil }
      var value = 0
      for byte in input[start..<start + count] {
        guard let digit = hexValue(byte) else { return nil }
        value = value * 16 + digit
      }
      return value
    }
    while index < input.count {
      let byte = input[index]
      if byte == UInt8(ascii: "+"), !keepsPlus {
        output.append(0x20)
        index += 1
      } else if byte == UInt8(ascii: "%"), let value = digits(index + 1, 2) {
        output.append(UInt8(value))
        index += 3
      } else if unicode, byte == UInt8(ascii: "%"), index + 1 < input.count,
        input[index + 1] == UInt8(ascii: "u") || input[index + 1] == UInt8(ascii: "U"),
        let value = digits(index + 2, 4)
      {
        let low = value % 256
        let isFullWidth = value / 256 == 0xff && low >= 1 && low <= 0x5e
        output.append(UInt8(isFullWidth ? low + 0x20 : low))
        index += 6
      } else {
        output.append(byte)
        index += 1
      }
    }
    return output
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func base64Decoded(_ input: [UInt8], keepsInvalid: Bool) -> [UInt8] {
    let sextets = input.prefix { alphabet.contains($0) }.compactMap { alphabet.firstIndex(of: $0) }
    let padding = Array(input[sextets.count...])
    let wanted = (4 - sextets.count % 4) % 4
    let isWellFormed =
      wanted < 3 && padding == [UInt8](repeating: UInt8(ascii: "="), count: wanted)
    if keepsInvalid, !isWellFormed { return input }
    var bits: [Int] = []
    for sextet in sextets {
      for shift in (0..<6).reversed() { bits.append(sextet >> shift & 1) }
    }
    return (0..<bits.count / 8).map { byte in
      UInt8(bits[byte * 8..<byte * 8 + 8].reduce(0) { $0 * 2 + $1 })
    }
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

/// HTML_ENTITY_DECODE, with both readings of Q17.
enum NaiveEntities {
  private static let names: [String: UInt8] = [
    "quot": 0x22, "amp": 0x26, "lt": 0x3c, "gt": 0x3e, "nbsp": 0xa0, "nonbreakingspace": 0xa0,
    "newline": 0x0a, "tab": 0x09, "lcub": 0x7b, "lbrace": 0x7b, "verbar": 0x7c, "vert": 0x7c,
    "verticalline": 0x7c, "rcub": 0x7d, "rbrace": 0x7d, "excl": 0x21, "num": 0x23,
    "dollar": 0x24, "percent": 0x25, "percnt": 0x25, "apos": 0x27, "lpar": 0x28, "rpar": 0x29,
    "ast": 0x2a, "midast": 0x2a, "plus": 0x2b, "comma": 0x2c, "period": 0x2e, "sol": 0x2f,
    "colon": 0x3a, "semi": 0x3b, "equals": 0x3d, "quest": 0x3f, "tilde": 0x7e,
    "diacriticaltilde": 0x7e, "minus": 0x2d, "lsqb": 0x5b, "lbrack": 0x5b, "bsol": 0x5c,
    "rsqb": 0x5d, "rbrack": 0x5d, "hat": 0x5e, "lowbar": 0x5f, "underbar": 0x5f, "grave": 0x60,
    "diacriticalgrave": 0x60,
  ]

  static func decode(_ input: [UInt8], flipped: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      if input[index] == UInt8(ascii: "&"),
        let (bytes, end) = entity(in: input, after: index + 1, flipped: flipped)
      {
        output += bytes
        index = end
      } else {
        output.append(input[index])
        index += 1
      }
    }
    return output
  }

  private static func entity(
    in input: [UInt8], after start: Int, flipped: Bool
  ) -> ([UInt8], Int)? {
    guard start < input.count else { return nil }
    return input[start] == UInt8(ascii: "#")
      ? numeric(in: input, after: start + 1, flipped: flipped)
      : named(in: input, from: start, flipped: flipped)
  }

  private static func numeric(
    in input: [UInt8], after start: Int, flipped: Bool
  ) -> ([UInt8], Int)? {
    let isHex =
      start < input.count && [UInt8(ascii: "x"), UInt8(ascii: "X")].contains(input[start])
    let radix = isHex ? 16 : 10
    var end = isHex ? start + 1 : start
    var value = 0
    var digits = 0
    while end < input.count, let digit = NaiveTransformations.hexValue(input[end]), digit < radix {
      value = min(value * radix + digit, 0x200_0000)
      digits += 1
      end += 1
    }
    guard digits > 0 else { return nil }
    let hasSemicolon = end < input.count && input[end] == UInt8(ascii: ";")
    if hasSemicolon { end += 1 }
    if flipped {
      guard hasSemicolon else { return nil }
      return ([UInt8(value % 256)], end)
    }
    if value < 256 { return ([UInt8(value)], end) }
    guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
    return (Array(String(Character(scalar)).utf8), end)
  }

  private static func named(
    in input: [UInt8], from start: Int, flipped: Bool
  ) -> ([UInt8], Int)? {
    var end = start
    while end < input.count, isAlphanumeric(input[end]) { end += 1 }
    let name = String(decoding: input[start..<end], as: UTF8.self).lowercased()
    guard var byte = names[name] else { return nil }
    let hasSemicolon = end < input.count && input[end] == UInt8(ascii: ";")
    guard hasSemicolon || flipped else { return nil }
    if flipped, name == "apos" { byte = 0x5c }
    return ([byte], hasSemicolon ? end + 1 : end)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }
}
