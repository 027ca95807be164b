/// The documents that were read: what a ``Place`` needs to become a line and a column.
public struct SourceMap: Sendable {
  /// The bytes of a value and of the key under which it stands.
  public struct Span: Hashable, Sendable {
    /// The value's bytes.
    public var value: Range<Int>
    /// The key's bytes, quotes included; `nil` for elements and for the root.
    public var key: Range<Int>?

    /// Creates a span.
    public init(value: Range<Int>, key: Range<Int>? = nil) {
      self.value = value
      self.key = key
    }
  }

  /// A line and a column, both counted from 1.
  public struct Location: Hashable, Sendable {
    /// The line, counted from 1.
    public var line: Int
    /// The column in Unicode scalars, counted from 1; a broken byte counts as one.
    public var column: Int

    /// Creates a location.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// Finds the bytes of the value that a pointer leads to.
  public typealias Locator = @Sendable (JSONPointer) -> Span?

  private struct Document: Sendable {
    var lines: SourceLines
    var locate: Locator
  }

  private var documents: [String: Document] = [:]

  /// Creates a map without documents.
  public init() {}

  /// The names of the documents, sorted.
  public var files: [String] { documents.keys.sorted() }

  /// Adds a document, or replaces the one of the same name.
  ///
  /// - Parameters:
  ///   - file: the name that places use, as the user gave it.
  ///   - bytes: the document as it was read.
  ///   - locate: finds the bytes of a value; `nil` for a document that can't be parsed.
  public mutating func add(
    file: String, bytes: [UInt8], locate: @escaping Locator = { _ in nil }
  ) {
    documents[file] = Document(lines: SourceLines(bytes: bytes), locate: locate)
  }

  /// The bytes of a document.
  public func bytes(of file: String) -> [UInt8]? {
    documents[file]?.lines.bytes
  }

  /// The line and column where a place starts.
  ///
  /// - Returns: `nil` where the document is not in the map, or has no such value.
  public func location(of place: Place) -> Location? {
    guard let (lines, range) = resolve(place) else { return nil }
    return lines.location(ofByte: range.lowerBound)
  }

  /// The lines of the document that a place is in, and the place's bytes.
  ///
  /// A pointer to a value that is not there (a missing member) falls back to what contains it.
  func resolve(_ place: Place) -> (lines: SourceLines, range: Range<Int>)? {
    guard let document = documents[place.file] else { return nil }
    if let range = place.byteRange { return (document.lines, range) }
    if let span = document.locate(place.pointer) {
      return (document.lines, place.focus == .key ? span.key ?? span.value : span.value)
    }
    var pointer = place.pointer
    while !pointer.isRoot {
      pointer = pointer.parent
      if let span = document.locate(pointer) { return (document.lines, span.value) }
    }
    return nil
  }
}
