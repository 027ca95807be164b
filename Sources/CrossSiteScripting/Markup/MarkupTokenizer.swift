import Bytes

/// Reads bytes as an HTML parser's tokenizer would, forgivingly, and gives what decisions need.
///
/// The grammar is that of "13.2.5 Tokenization" of the HTML standard with what browsers did besides:
/// NUL is white space inside tags and part of a tag's name, back quotes quote, `<%` opens a comment
/// that `%>` closes, and the content of script and style elements is read as markup like any other.
///
/// INVARIANT: every ``step()`` moves `position` on, at most to the end of the bytes.
struct MarkupTokenizer: ~Escapable {
  /// All that is kept between two steps.
  struct State: Equatable {
    /// The offset of the next byte.
    var position: Int
    /// Whether the next byte lies inside a tag, behind its name or an attribute.
    var isInTag: Bool
  }

  let bytes: Span<UInt8>
  private(set) var state: State

  /// Begins behind the quote that ends the value, where `context` has one.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, startingIn context: MarkupContext) {
    self.bytes = bytes
    state = State(position: 0, isInTag: context != .text)
    if let quote = context.quote {
      state.position = bytes.firstIndex(of: quote).map { $0 + 1 } ?? bytes.count
    }
  }

  var position: Int {
    get { state.position }
    set { state.position = newValue }
  }

  /// Reads on to the end of a construct; gives a token where it is one.
  ///
  /// The position must be below the number of bytes.
  mutating func step() -> MarkupToken? {
    state.isInTag ? nextInTag() : nextInText()
  }

  // MARK: Text

  private mutating func nextInText() -> MarkupToken? {
    var open = position
    if bytes[open] != UInt8(ascii: "<") {
      open = bytes.firstIndex(of: UInt8(ascii: "<"), from: open) ?? bytes.count
    }
    let first = open + 1
    guard first < bytes.count else { return end() }
    switch bytes[first] {
    case UInt8(ascii: "!"): return markupDeclaration(open)
    case UInt8(ascii: "/"): return endTag(open)
    case UInt8(ascii: "?"): return comment(open, from: first + 1, closedBy: UInt8(ascii: ">"))
    case UInt8(ascii: "%"): return percentComment(open)
    case let byte where byte.startsTagName: return tag(open, nameAt: first, isEnd: false)
    default:
      position = first
      return nil
    }
  }

  // MARK: Tags

  private mutating func endTag(_ open: Int) -> MarkupToken? {
    let first = open + 2
    guard first < bytes.count else { return end() }
    if bytes[first] == UInt8(ascii: ">") {
      position = first + 1
      return nil
    }
    // NUL begins the name of a start tag only.
    return bytes[first].isASCIILetter
      ? tag(open, nameAt: first, isEnd: true)
      : comment(open, from: first, closedBy: UInt8(ascii: ">"))
  }

  /// Reads a tag's name and stops behind it.
  private mutating func tag(_ open: Int, nameAt start: Int, isEnd: Bool) -> MarkupToken? {
    let stop = bytes.firstIndex(from: start + 1, inBlocks: \.endsTagName) ?? bytes.count
    position = stop
    state.isInTag = true
    // `</b>` opens nothing. An end tag that goes on may have attributes to some browsers.
    if isEnd, stop < bytes.count, bytes[stop] == UInt8(ascii: ">") { return nil }
    return .tag(opening: open..<start, name: start..<stop)
  }

  // MARK: Attributes

  /// Reads one attribute, or what stands between two, or the end of the tag.
  private mutating func nextInTag() -> MarkupToken? {
    while position < bytes.count, bytes[position].separatesAttributes { position += 1 }
    guard position < bytes.count else { return nil }
    if bytes[position] == UInt8(ascii: ">") { return endOfTag() }
    let start = position
    // The first byte is part of the name whatever it is, `=` and quotes included.
    position = bytes.firstIndex(from: start + 1, inBlocks: \.endsAttributeName) ?? bytes.count
    let name = start..<position
    skipTagWhitespace()
    // No value: the attribute decides nothing, and what ended it is read as usual.
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return nil }
    position += 1
    skipTagWhitespace()
    guard position < bytes.count else { return nil }
    return .attribute(name: name, value: attributeValue())
  }

  private mutating func attributeValue() -> Range<Int> {
    let quote = bytes[position]
    if quote.isQuote {
      let start = position + 1
      let stop = bytes.firstIndex(of: quote, from: start) ?? bytes.count
      position = min(stop + 1, bytes.count)
      return start..<stop
    }
    let start = position
    position = bytes.firstIndex(from: start, inBlocks: \.endsUnquotedValue) ?? bytes.count
    return start..<position
  }

  private mutating func endOfTag() -> MarkupToken? {
    position += 1
    state.isInTag = false
    return nil
  }

  private mutating func skipTagWhitespace() {
    while position < bytes.count, bytes[position].isTagWhitespace { position += 1 }
  }

  /// Ends the reading.
  mutating func end() -> MarkupToken? {
    position = bytes.count
    return nil
  }
}

extension UInt8 {
  /// White space inside a tag; browsers once passed over NUL as well.
  fileprivate var isTagWhitespace: Bool { isIn(Self.tagWhitespace) }

  fileprivate var startsTagName: Bool { self == 0 || isASCIILetter }

  fileprivate var separatesAttributes: Bool { isIn(Self.tagWhitespace | Self.slash) }

  fileprivate var isQuote: Bool {
    self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "`")
  }

  // Sets of bytes below 64, a bit each: the loops above test one in two instructions.
  private static let tagWhitespace: UInt64 = 1 | 0b11_1110 << 8 | 1 << 0x20
  private static let slash: UInt64 = 1 << 0x2F

  private func isIn(_ set: UInt64) -> Bool {
    self < 64 && set &>> UInt64(self) & 1 == 1
  }
}

extension ByteBlock {
  /// NUL is part of a tag's name.
  fileprivate var endsTagName: ByteBlockMask {
    @inline(__always) get {
      isASCIIWhitespace .| isByte(UInt8(ascii: "/")) .| isByte(UInt8(ascii: ">"))
    }
  }

  fileprivate var endsAttributeName: ByteBlockMask {
    @inline(__always) get { endsTagName .| isByte(UInt8(ascii: "=")) .| isByte(0) }
  }

  fileprivate var endsUnquotedValue: ByteBlockMask {
    @inline(__always) get { isASCIIWhitespace .| isByte(UInt8(ascii: ">")) .| isByte(0) }
  }
}
