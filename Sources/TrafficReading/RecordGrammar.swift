import Bytes

/// Finds the end of one JSON object in bytes that come in pieces.
///
/// It follows the order of braces, keys, colons and commas, and leaves what is inside strings and
/// scalars to the decoder. So a record that is cut off shows at once, at the brace of the next one
/// or at the line break that no string may hold, and does not swallow what follows it.
struct RecordGrammar: Sendable {
  /// How far a piece got.
  enum Outcome {
    /// All bytes are used, the object goes on.
    case unfinished
    /// The object ends before this index.
    case complete(Int)
    /// Before this index begins the array of a document that holds records.
    case opens(Int, RecordContainer)
    /// The byte at this index does not fit.
    case broken(Int, Problem)
  }

  /// Why a byte does not fit.
  enum Problem {
    case lineBreakInString, missingColon, missingComma, unexpectedByte

    /// The problem in words.
    func message(for byte: UInt8) -> String {
      switch self {
      case .lineBreakInString: "line break inside a string"
      case .missingColon: "a colon is missing"
      case .missingComma: "a comma is missing"
      case .unexpectedByte:
        (0x21...0x7E).contains(byte)
          ? "unexpected '\(Character(UnicodeScalar(byte)))'" : "unexpected byte \(byte)"
      }
    }
  }

  private enum Expectation {
    case key, keyOrEnd, colon, value, valueOrEnd, commaOrEnd
  }

  // One bit a level, the innermost one lowest: set for an object. INVARIANT: depth <= 128.
  private var objects: UInt128 = 0
  private var depth = 0
  /// The levels beyond the deepest that is followed: in there only brackets are counted.
  private var uncheckedDepth = 0
  private var expectation = Expectation.value
  private var isInString = false
  private var isInKey = false
  // The keys that lead to the member at hand, as far as containers are told by them.
  private var outerKey = KeyName.none
  private var innerKey = KeyName.none
  private var container: RecordContainer?
  private var isEscaped = false
  private var isInScalar = false

  /// Whether the object is nested deeper than is read.
  private(set) var isTooDeep = false
  /// Whether a line ended inside the object.
  private(set) var sawLineBreak = false

  /// Goes on with the bytes from `start`; `base` is the input's offset of the first one.
  mutating func advance(
    _ bytes: Span<UInt8>, from start: Int, base: Int, line: inout LinePosition
  ) -> Outcome {
    var index = start
    while index < bytes.count {
      if isInString {
        if isEscaped {
          isEscaped = false
          if bytes[index] == 0x0A { return .broken(index, .lineBreakInString) }
          index += 1
        }
        var isASCII = true
        let start = index
        index = JSONText.stringStop(in: bytes, from: start, isASCII: &isASCII)
        if isInKey { appendToKey(bytes, from: start, to: index) }
        guard index < bytes.count else { break }
        switch bytes[index] {
        case UInt8(ascii: "\""):
          isInString = false
          isInKey = false
        case UInt8(ascii: "\\"):
          isEscaped = true
          // No key that is known has an escape, so one with an escape becomes unknown.
          if isInKey { appendToKey(bytes, from: index, to: index + 1) }
        case 0x0A: return .broken(index, .lineBreakInString)
        default: break  // Other control characters are for the decoder to refuse.
        }
        index += 1
        continue
      }
      let byte = bytes[index]
      if let problem = accept(byte, at: base + index, line: &line) {
        return .broken(index, problem)
      }
      index += 1
      if depth == 0 { return .complete(index) }
      if let found = container {
        container = nil
        return .opens(index, found)
      }
    }
    return .unfinished
  }

  private mutating func appendToKey(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    if depth == 1 {
      outerKey.append(bytes, from: start, to: end)
    } else {
      innerKey.append(bytes, from: start, to: end)
    }
  }

  /// Takes one byte outside of strings; returns what is wrong with it.
  @inline(__always)
  private mutating func accept(
    _ byte: UInt8, at offset: Int, line: inout LinePosition
  ) -> Problem? {
    switch byte {
    case 0x20, 0x09, 0x0D:
      line.passSpace(at: offset)
    case 0x0A:
      line.begin(at: offset + 1)
      sawLineBreak = true
    case UInt8(ascii: "\""):
      if uncheckedDepth == 0 {
        switch expectation {
        case .key, .keyOrEnd:
          expectation = .colon
          beginKey()
        case .value, .valueOrEnd: expectation = .commaOrEnd
        case .colon: return .missingColon
        case .commaOrEnd: return .missingComma
        }
      }
      isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): return open(byte)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return close(byte)
    case UInt8(ascii: ":"):
      guard uncheckedDepth == 0 else { break }
      guard expectation == .colon else { return .unexpectedByte }
      expectation = .value
    case UInt8(ascii: ","):
      guard uncheckedDepth == 0 else { break }
      guard expectation == .commaOrEnd else { return .unexpectedByte }
      expectation = objects & 1 == 1 ? .key : .value
    default:
      guard uncheckedDepth == 0 else { break }
      if !isInScalar {
        guard expectation == .value || expectation == .valueOrEnd else {
          return .unexpectedByte
        }
        expectation = .commaOrEnd
        isInScalar = true
      }
      return nil
    }
    isInScalar = false
    return nil
  }

  private mutating func beginKey() {
    guard depth <= 2 else { return }
    isInKey = true
    if depth == 1 { outerKey = .none } else { innerKey = .none }
  }

  private mutating func open(_ byte: UInt8) -> Problem? {
    isInScalar = false
    guard uncheckedDepth == 0 else {
      uncheckedDepth += 1
      return nil
    }
    guard expectation == .value || expectation == .valueOrEnd else {
      return .unexpectedByte
    }
    guard depth < JSONScanner.maximumDepth else {
      isTooDeep = true
      uncheckedDepth = 1
      return nil
    }
    let isObject = byte == UInt8(ascii: "{")
    if !isObject, depth <= 2, objects & 3 == (depth == 1 ? 1 : 3) {
      container = RecordContainer(outerKey, depth == 1 ? .none : innerKey)
    }
    depth += 1
    objects = objects << 1 | (isObject ? 1 : 0)
    expectation = isObject ? .keyOrEnd : .valueOrEnd
    return nil
  }

  private mutating func close(_ byte: UInt8) -> Problem? {
    isInScalar = false
    guard uncheckedDepth == 0 else {
      uncheckedDepth -= 1
      if uncheckedDepth == 0 { expectation = .commaOrEnd }
      return nil
    }
    let isObject = byte == UInt8(ascii: "}")
    guard depth > 0, (objects & 1 == 1) == isObject,
      expectation == .commaOrEnd || expectation == (isObject ? .keyOrEnd : .valueOrEnd)
    else { return .unexpectedByte }
    depth -= 1
    objects >>= 1
    expectation = .commaOrEnd
    return nil
  }
}

/// Where the current line of the input begins, and how far it is indented.
struct LinePosition: Sendable {
  private(set) var start = 0
  private(set) var indentation = 0

  /// The offset of the first byte after the indentation.
  var contentStart: Int { start + indentation }

  mutating func begin(at offset: Int) {
    start = offset
    indentation = 0
  }

  mutating func passSpace(at offset: Int) {
    if offset == contentStart { indentation += 1 }
  }
}
