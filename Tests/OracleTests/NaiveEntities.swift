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
