/// The decoders of backslash escapes.
enum NaiveEscapes {
  private static let backslash = UInt8(ascii: "\\")

  private static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0c,
    UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "v"): 0x0b,
  ]

  /// The octal digits at `start`, at most `count`.
  private static func octal(_ input: [UInt8], _ start: Int, most count: Int) -> [Int] {
    input[min(start, input.count)...].prefix(count).prefix { (0x30...0x37).contains($0) }
      .map { Int($0) - 0x30 }
  }

  private static func number(_ digits: some Sequence<Int>) -> Int {
    digits.reduce(0) { $0 * 8 + $1 }
  }

  /// JS_DECODE, and JS_DECODE_EXT, which leaves escapes that it does not know as they are.
  static func jsDecoded(_ input: [UInt8], keepsOthers: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      guard input[index] == backslash, index + 1 < input.count else {
        output.append(input[index])
        index += 1
        continue
      }
      let next = input[index + 1]
      var digits = octal(input, index + 1, most: 3)
      if number(digits) > 0o377 { digits.removeLast() }
      if next == UInt8(ascii: "u"), let value = NaiveTransformations.hexNumber(input, index + 2, 4)
      {
        output.append(NaiveTransformations.narrowed(value))
        index += 6
      } else if next == UInt8(ascii: "x"),
        let value = NaiveTransformations.hexNumber(input, index + 2, 2)
      {
        output.append(UInt8(value))
        index += 4
      } else if !digits.isEmpty {
        output.append(UInt8(number(digits)))
        index += 1 + digits.count
      } else if !keepsOthers {
        output.append(controls[next] ?? next)
        index += 2
      } else if Array("\\/'\"".utf8).contains(next) {
        output.append(next)
        index += 2
      } else {
        output += [backslash, next]
        index += 2
      }
    }
    return output
  }

  /// ESCAPE_SEQ_DECODE; `flipped` takes octal escapes as the page writes them: `\0OOO`.
  static func cDecoded(_ input: [UInt8], flipped: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      guard input[index] == backslash, index + 1 < input.count else {
        output.append(input[index])
        index += 1
        continue
      }
      let next = input[index + 1]
      var digits = octal(input, index + 1, most: flipped ? 4 : 3)
      if flipped, digits.first != 0 { digits = [] }
      if let control = controls[next] {
        output.append(control)
        index += 2
      } else if Array("\\?'\"".utf8).contains(next) {
        output.append(next)
        index += 2
      } else if next == UInt8(ascii: "x"),
        let value = NaiveTransformations.hexNumber(input, index + 2, 2)
      {
        output.append(UInt8(value))
        index += 4
      } else if !digits.isEmpty {
        output.append(UInt8(number(digits) % 256))
        index += 1 + digits.count
      } else {
        output.append(backslash)
        index += 1
      }
    }
    return output
  }

  static func cssDecoded(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < input.count {
      guard input[index] == backslash else {
        output.append(input[index])
        index += 1
        continue
      }
      index += 1
      guard index < input.count else { break }
      let digits = input[index...].prefix(6).compactMap { NaiveTransformations.hexValue($0) }
      let count = input[index...].prefix(6).prefix {
        NaiveTransformations.hexValue($0) != nil
      }.count
      guard count > 0 else {
        if input[index] != 0x0a { output.append(input[index]) }
        index += 1
        continue
      }
      output.append(cssByte(Array(digits[..<count])))
      index += count
      if index < input.count, NaiveTransformations.isSpace(input[index]) { index += 1 }
    }
    return output
  }

  private static func cssByte(_ digits: [Int]) -> UInt8 {
    let low = digits.suffix(2).reduce(0) { $0 * 16 + $1 }
    let lead = digits.dropLast(4)
    let isFullWidth =
      digits.count >= 4 && lead.allSatisfy { $0 == 0 }
      && Array(digits.suffix(4).prefix(2)) == [15, 15] && low >= 1 && low <= 0x5e
    return UInt8(isFullWidth ? low + 0x20 : low)
  }
}

/// The transformations that undo what hides commands.
enum NaiveCommandLines {
  private static let space: UInt8 = 0x20

  static func plain(_ input: [UInt8], flipped: Bool) -> [UInt8] {
    var bytes = input.filter { !Array("\\\"'^".utf8).contains($0) }
    func separated(_ byte: UInt8) -> UInt8 { Array(",;".utf8).contains(byte) ? space : byte }
    if flipped {
      // In the order of the page, and with the characters that it names.
      bytes = withoutSpaceBeforeSigns(bytes)
      bytes = NaiveTransformations.withoutRuns(bytes.map(separated), of: space)
    } else {
      bytes = bytes.map { [0x09, 0x0a, 0x0d].contains($0) ? space : separated($0) }
      bytes = withoutSpaceBeforeSigns(NaiveTransformations.withoutRuns(bytes, of: space))
    }
    return NaiveTransformations.lowered(bytes)
  }

  private static func withoutSpaceBeforeSigns(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for byte in input {
      if Array("/(".utf8).contains(byte) {
        while output.last == space { output.removeLast() }
      }
      output.append(byte)
    }
    return output
  }

  static func unix(_ input: [UInt8]) -> [UInt8] {
    NaiveTransformations.lowered(
      tidied(input.filter { !Array("\\\"'".utf8).contains($0) }))
  }

  /// White space as single spaces, none at the ends.
  private static func tidied(_ input: [UInt8]) -> [UInt8] {
    let spaced = NaiveTransformations.withoutRuns(
      input.map { NaiveTransformations.isSpace($0) ? space : $0 }, of: space)
    return Array(spaced.drop { $0 == space }.reversed().drop { $0 == space }.reversed())
  }

  static func windows(_ input: [UInt8], flipped: Bool) -> [UInt8] {
    var kept: [UInt8] = []
    var index = 0
    while index < input.count {
      if input[index] == UInt8(ascii: "^") {
        index += 1
        if input[index...].first == 0x0a {
          index += 1
        } else if input[index...].starts(with: [0x0d, 0x0a]) {
          index += 2
        }
        continue
      }
      if !Array("\"'`".utf8).contains(input[index]) { kept.append(input[index]) }
      index += 1
    }
    let bytes = NaiveTransformations.lowered(tidied(kept))
    let backslash = UInt8(ascii: "\\")
    guard flipped else { return NaiveTransformations.withoutRuns(bytes, of: backslash) }
    // In the other reading the two backslashes of a UNC path stay.
    var output: [UInt8] = []
    index = 0
    while index < bytes.count {
      let run = bytes[index...].prefix { $0 == backslash }.count
      if run == 0 {
        output.append(bytes[index])
        index += 1
      } else {
        let opensPath = run == 2 && (index == 0 || bytes[index - 1] == space)
        output += Array(repeating: backslash, count: opensPath ? 2 : 1)
        index += run
      }
    }
    return output
  }
}
