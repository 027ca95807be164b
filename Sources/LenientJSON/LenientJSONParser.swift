package import Behaviour
import Bytes

/// Takes JSON apart as AWS WAF is documented to: not fully validating, in one pass.
///
/// Contract: commas and colons are optional between tokens, strings and brackets must be balanced,
/// strings are UTF-8 with valid escapes, in an object keys and values alternate. A key that its
/// object has already ends the parse (two names are one where they are decoded to the same bytes).
/// The elements found before a failure stay. Nothing recurses, nothing that the bytes hold can
/// trap, and the memory is kept from text to text.
///
/// Source: "JSON body" under "Request components" of the developer guide (documented: what ends a
/// parse, what does not; open, Q12: escapes, the scope of duplicate keys; assumed: control
/// characters in strings, numbers that RFC 8259 has not, and scalars that run together are not
/// valid).
package struct LenientJSONParser: Sendable {
  /// The keys and scalar values at or below the paths asked for, in the order of the text.
  package private(set) var elements: ContiguousArray<JSONElement> = []
  /// The bytes of elements that are not written as they are meant.
  package private(set) var decoded: [UInt8] = []

  var flipping: OpenQuestions = []
  var questions: OpenQuestions = []
  /// Whether more text may follow.
  var isStart = false
  var position = 0
  private var frames: ContiguousArray<JSONFrame> = []
  private var paths = PathTracker()
  private var keys = KeyTable()
  /// The keys of all objects as those of one.
  private var keysAnywhere = KeyTable()

  package init() {}

  /// Parses a text.
  ///
  /// - Parameters:
  ///   - text: the bytes.
  ///   - paths: the JSON pointers of the elements asked for; nil for all.
  ///   - isStart: whether the text is only the start of a longer one. Then every element is one
  ///     that the whole text has, too.
  ///   - flipping: the open questions to be answered with the other reading.
  /// - Returns: how the parse ended, and which questions that or the elements hang on. Those of the
  ///   default reading name every question whose flip changes the result; a reading that ends the
  ///   parse earlier does not see the questions behind.
  package mutating func parse(
    _ text: Span<UInt8>, paths pointers: [[[UInt8]]]? = nil, isStart: Bool = false,
    flipping: OpenQuestions = []
  ) -> JSONOutcome {
    elements.removeAll(keepingCapacity: true)
    decoded.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    keys.removeAll()
    keysAnywhere.removeAll()
    position = 0
    questions = []
    self.flipping = flipping
    self.isStart = isStart
    paths.begin(pointers)
    let end = run(text)
    return JSONOutcome(end: end, questions: questions)
  }

  private mutating func run(_ text: Span<UInt8>) -> JSONOutcome.End {
    skip(in: text, separators: false)
    guard position < text.count else { return .unfinished }
    let root = text[position]
    guard root == UInt8(ascii: "{") || root == UInt8(ascii: "[") else { return .failed }
    position += 1
    open(root, paths.root)
    while !frames.isEmpty {
      skip(in: text, separators: true)
      guard position < text.count else { return .unfinished }
      if let end = step(text) { return end }
    }
    skip(in: text, separators: false)
    return position == text.count ? .complete : .failed
  }

  private mutating func skip(in text: Span<UInt8>, separators: Bool) {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard separators else { return }
        position += 1
      default: return
      }
    }
  }

  /// One token; how the parse ends, where it does.
  private mutating func step(_ text: Span<UInt8>) -> JSONOutcome.End? {
    let byte = text[position]
    // Single fields are read: a copy of the frame would wait for what the last token wrote.
    let last = frames.count - 1
    let isObject = frames[last].isObject
    let isWaiting = frames[last].isWaiting
    switch byte {
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      // A key that waits for its value fails here.
      guard (byte == UInt8(ascii: "}")) == isObject, !isWaiting else { return .failed }
      position += 1
      paths.leave(frames[last].scope)
      frames.removeLast()
      return nil
    case UInt8(ascii: "\"") where isObject && !isWaiting:
      return key(text, last)
    case _ where isObject && !isWaiting:
      return .failed
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      position += 1
      let scope = takeScope()
      open(byte, scope)
      return nil
    case UInt8(ascii: "\""):
      switch scanString(text) {
      case .failed: return .failed
      case .unfinished: return .unfinished
      case .string(let string):
        let scope = takeScope()
        if scope.isIncluded { append(.value, string, text) }
        paths.leave(scope)
        return nil
      }
    default:
      switch scanScalar(text) {
      case .failed: return .failed
      case .unfinished: return .unfinished
      case .scalar(let range):
        let scope = takeScope()
        if scope.isIncluded {
          elements.append(JSONElement(kind: .value, range: range, isDecoded: false))
        }
        paths.leave(scope)
        return nil
      }
    }
  }

  private mutating func key(_ text: Span<UInt8>, _ last: Int) -> JSONOutcome.End? {
    switch scanString(text) {
    case .failed: return .failed
    case .unfinished: return .unfinished
    case .string(let string):
      let name = decodedName(string, text)
      let isDuplicate = isDuplicate(
        name, string.range, of: Int(frames[last].identity), text)
      if isDuplicate && !flipping.contains(.jsonDuplicateKeys) { return .failed }
      let parent = frames[last].scope
      if parent.isIncluded {
        if name.isDecoded && !flipping.contains(.jsonEscapes) {
          questions.insert(.jsonEscapes)
          elements.append(JSONElement(kind: .key, range: name.range, isDecoded: true))
        } else {
          append(.key, string, text)
        }
      }
      if isDuplicate { return .failed }
      frames[last].pending = paths.enter(parent, key: name, text: text, decoded: decoded)
      frames[last].isWaiting = true
      return nil
    }
  }

  /// Whether a key ends the parse; notes the questions that this hangs on.
  private mutating func isDuplicate(
    _ name: KeyName, _ spelling: ByteRange, of object: Int, _ text: Span<UInt8>
  ) -> Bool {
    let hash =
      name.isDecoded
      ? KeyTable.hash(decoded.span.extracting(name.range.bounds))
      : KeyTable.hash(text.extracting(name.range.bounds))
    let found = keys.insert(
      name, hash: hash, writtenAt: spelling, of: object, text: text, decoded: decoded)
    // What it is to the keys of all objects is asked until one of them is met again.
    let asksAnywhere =
      flipping.contains(.jsonDuplicateScope) || !questions.contains(.jsonDuplicateScope)
    let foundAnywhere =
      asksAnywhere
      ? keysAnywhere.insert(
        name, hash: hash, writtenAt: spelling, of: 0, text: text, decoded: decoded)
      : .new
    if found != .new { questions.insert(.jsonDuplicateKeys) }
    if found == .respelt { questions.formUnion([.jsonEscapes, .jsonKeySpelling]) }
    if found == .new && foundAnywhere != .new { questions.insert(.jsonDuplicateScope) }
    if flipping.contains(.jsonDuplicateScope) { return foundAnywhere != .new }
    let comparesSpelling =
      flipping.contains(.jsonEscapes) || flipping.contains(.jsonKeySpelling)
    return found == .repeated || (found == .respelt && !comparesSpelling)
  }

  private mutating func open(_ byte: UInt8, _ scope: PathScope) {
    frames.append(
      JSONFrame(
        isObject: byte == UInt8(ascii: "{"), identity: Int32(truncatingIfNeeded: position),
        scope: scope))
  }

  /// Where the value that comes next lies, seen from the paths asked for.
  private mutating func takeScope() -> PathScope {
    let last = frames.count - 1
    if frames[last].isWaiting {
      frames[last].isWaiting = false
      return frames[last].pending
    }
    let index = Int(frames[last].nextIndex)
    frames[last].nextIndex &+= 1
    return paths.enter(frames[last].scope, index: index)
  }

  private mutating func append(
    _ kind: JSONElement.Kind, _ string: ScannedString, _ text: Span<UInt8>
  ) {
    guard string.hasEscapes else {
      elements.append(JSONElement(kind: kind, range: string.range, isDecoded: false))
      return
    }
    questions.insert(.jsonEscapes)
    guard !flipping.contains(.jsonEscapes) else {
      elements.append(JSONElement(kind: kind, range: string.range, isDecoded: false))
      return
    }
    let name = decodedName(string, text)
    elements.append(JSONElement(kind: kind, range: name.range, isDecoded: true))
  }

  /// A string's bytes as they are meant, those of one without escapes in the text.
  private mutating func decodedName(_ string: ScannedString, _ text: Span<UInt8>) -> KeyName {
    guard string.hasEscapes else { return KeyName(range: string.range, isDecoded: false) }
    let start = decoded.count
    JSONEscapes.decode(text.extracting(string.range.bounds), into: &decoded)
    return KeyName(
      range: ByteRange(start: start, count: decoded.count - start), isDecoded: true)
  }
}

/// An object or array that is open.
private struct JSONFrame {
  var isObject: Bool
  /// Where it begins: no two objects begin at one place.
  var identity: Int32
  var scope: PathScope
  /// Whether the last key waits for its value, and that value's scope.
  var isWaiting = false
  var pending: PathScope
  /// The index of the next element of an array.
  var nextIndex: Int32 = 0

  init(isObject: Bool, identity: Int32, scope: PathScope) {
    self.isObject = isObject
    self.identity = identity
    self.scope = scope
    pending = scope
  }
}

/// A key's bytes, in the text or among the decoded ones.
struct KeyName {
  var range: ByteRange
  var isDecoded: Bool
}
