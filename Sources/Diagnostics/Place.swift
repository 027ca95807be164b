/// Where in a document a diagnostic points.
///
/// Model values carry no positions: a place names a value by its JSON pointer, and a
/// ``SourceMap`` turns it into line and column when the diagnostic is printed.
public struct Place: Hashable, Sendable {
  /// Which part of an object member is meant.
  public enum Focus: String, Hashable, Sendable {
    /// The value itself.
    case value
    /// The key under which the value stands.
    case key
  }

  /// The document's name, as the user gave it.
  public var file: String

  /// The value that is meant; the root for a place that is only a byte range.
  public var pointer: JSONPointer

  /// Whether the value or its key is meant.
  public var focus: Focus

  /// The bytes that are meant, where the pointer does not tell: in a document that can't be
  /// parsed, or for the second of two members of one name.
  public var byteRange: Range<Int>?

  /// Creates the place of a value or of its key.
  public init(file: String, pointer: JSONPointer = .root, focus: Focus = .value) {
    self.file = file
    self.pointer = pointer
    self.focus = focus
    self.byteRange = nil
  }

  /// Creates the place of some bytes.
  public init(
    file: String, byteRange: Range<Int>, pointer: JSONPointer = .root, focus: Focus = .value
  ) {
    self.file = file
    self.pointer = pointer
    self.focus = focus
    self.byteRange = byteRange
  }

  /// Creates the place of one byte.
  ///
  /// - Parameter byteOffset: counted from 0; a negative one means the first byte.
  public init(file: String, byteOffset: Int) {
    let start = max(0, byteOffset)
    self.init(file: file, byteRange: start..<(start + 1))
  }

  /// The pointer that is printed: that of the object when the focus is one of its keys.
  public var printedPointer: JSONPointer {
    focus == .key ? pointer.parent : pointer
  }
}
