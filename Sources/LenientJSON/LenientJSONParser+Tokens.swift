import Behaviour
import Bytes

/// A string between its quotes.
struct ScannedString {
  var range: ByteRange
  var hasEscapes: Bool
}

enum StringScan {
  case string(ScannedString)
  case failed
  case unfinished
}

enum ScalarScan {
  case scalar(ByteRange)
  case failed
  case unfinished
}

extension LenientJSONParser {
  /// Reads the string whose quote comes next.
  mutating func scanString(_ text: Span<UInt8>) -> StringScan {
    let start = position + 1
    var next = start
    var hasEscapes = false
    while true {
      var isASCII = true
      let stop = JSONText.stringStop(in: text, from: next, isASCII: &isASCII)
      if !isASCII {
        switch UTF8Run(text.extracting(next..<stop)) {
        case .valid: break
        case .cut where stop == text.count: return .unfinished
        case .cut, .invalid: return .failed
        }
      }
      guard stop < text.count else { return .unfinished }
      switch text[stop] {
      case UInt8(ascii: "\""):
        position = stop + 1
        return .string(
          ScannedString(
            range: ByteRange(start: start, count: stop - start), hasEscapes: hasEscapes))
      case UInt8(ascii: "\\"):
        hasEscapes = true
        switch JSONEscapes.scan(text, at: stop) {
        case .escape(let end): next = end
        case .loneSurrogate(let end):
          questions.insert(.jsonSurrogates)
          if flipping.contains(.jsonSurrogates) { return .failed }
          next = end
        case .failed: return .failed
        case .unfinished: return .unfinished
        }
      default:
        // A control character.
        return .failed
      }
    }
  }

  /// Reads the number or literal that comes next: all bytes that could belong to one.
  mutating func scanScalar(_ text: Span<UInt8>) -> ScalarScan {
    let start = position
    while position < text.count, Self.isScalarByte(text[position]) { position += 1 }
    let token = text.extracting(start..<position)
    let isAtEnd = position == text.count
    let range = ByteRange(start: start, count: position - start)
    if token.isEmpty { return .failed }
    if let literal = Self.literal(beginningWith: token[0]), literal.starts(with: token) {
      guard token.count == literal.count else { return isAtEnd ? .unfinished : .failed }
      // What follows the start of a text may make another word of it.
      return isAtEnd && isStart ? .unfinished : .scalar(range)
    }
    switch JSONNumber(token) {
    case .invalid: return .failed
    case .open: return isAtEnd ? .unfinished : .failed
    // The next byte could have been a digit.
    case .complete: return isAtEnd ? .unfinished : .scalar(range)
    }
  }

  private static func isScalarByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }

  /// The only literal that begins with the byte, if there is one.
  private static func literal(beginningWith byte: UInt8) -> Literal? {
    switch byte {
    case UInt8(ascii: "t"): Literal(text: "true")
    case UInt8(ascii: "f"): Literal(text: "false")
    case UInt8(ascii: "n"): Literal(text: "null")
    default: nil
    }
  }

  private struct Literal {
    var text: StaticString

    var count: Int { text.utf8CodeUnitCount }

    /// Whether the first bytes are those of `token`.
    func starts(with token: Span<UInt8>) -> Bool {
      // Sound: the bytes of a static string last for ever, and the buffer has its count.
      text.withUTF8Buffer { buffer in unsafe buffer.span.starts(with: token) }
    }
  }
}

/// Whether bytes are a number of RFC 8259.
enum JSONNumber {
  case complete
  /// The start of a number that needs more.
  case open
  case invalid

  init(_ token: Span<UInt8>) {
    var index = 0
    func isDigit() -> Bool { index < token.count && token[index].isASCIIDigit }
    if index < token.count, token[index] == UInt8(ascii: "-") { index += 1 }
    guard index < token.count else {
      self = .open
      return
    }
    guard isDigit() else {
      self = .invalid
      return
    }
    if token[index] == UInt8(ascii: "0") {
      index += 1
    } else {
      while isDigit() { index += 1 }
    }
    if index < token.count, token[index] == UInt8(ascii: ".") {
      index += 1
      guard index < token.count else {
        self = .open
        return
      }
      guard isDigit() else {
        self = .invalid
        return
      }
      while isDigit() { index += 1 }
    }
    if index < token.count, token[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < token.count, token[index] == 0x2B || token[index] == 0x2D { index += 1 }
      guard index < token.count else {
        self = .open
        return
      }
      guard isDigit() else {
        self = .invalid
        return
      }
      while isDigit() { index += 1 }
    }
    self = index == token.count ? .complete : .invalid
  }
}

/// Whether bytes are UTF-8.
enum UTF8Run {
  case valid
  /// They end inside a sequence that is valid so far.
  case cut
  case invalid

  init(_ bytes: Span<UInt8>) {
    var position = 0
    while position < bytes.count {
      let first = bytes[position]
      if first < 0x80 {
        position += 1
        continue
      }
      let length: Int
      switch first {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default:
        self = .invalid
        return
      }
      // The second byte's range keeps out overlong forms, surrogates and what is past U+10FFFF.
      let second: ClosedRange<UInt8> =
        switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
      for offset in 1..<length {
        guard position + offset < bytes.count else {
          self = .cut
          return
        }
        let byte = bytes[position + offset]
        guard offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80 else {
          self = .invalid
          return
        }
      }
      position += length
    }
    self = .valid
  }
}
