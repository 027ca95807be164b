import Bytes
import Diagnostics
import DocumentTree

/// What a byte match statement looks for: bytes, and how the document spells them.
public struct SearchString: Hashable, Sendable {
  /// Which member holds the string.
  public enum Spelling: String, Hashable, Sendable {
    /// `SearchString`: base64 in what the API and the command line tool print, plain elsewhere.
    case searchString = "SearchString"
    /// `SearchStringBase64`, a spelling of CloudFormation.
    case searchStringBase64 = "SearchStringBase64"
  }

  /// The bytes to look for, 200 at most.
  public var bytes: [UInt8]

  /// The text of the member as the document has it.
  public var wire: String

  /// The member that holds the text.
  public var spelling: Spelling

  /// Creates a search string whose spelling is known.
  public init(bytes: [UInt8], wire: String, spelling: Spelling = .searchString) {
    self.bytes = bytes
    self.wire = wire
    self.spelling = spelling
  }

  /// Creates a search string that is written as the API writes it: in base64.
  public init(bytes: [UInt8]) {
    self.init(bytes: bytes, wire: Base64.encodeToString(bytes.span))
  }
}

extension SearchString {
  /// How the text of a `SearchString` member can be understood.
  enum Understanding: Hashable {
    /// Only the text itself makes sense.
    case plain
    /// Both the text and these bytes do.
    case ambiguous([UInt8])
    /// The bytes of both readings are the same.
    case same
  }

  /// How a text can be understood when nothing is known about where it comes from.
  ///
  /// Printable means Latin-1 or UTF-8 without control characters other than white space.
  static func understanding(of text: String) -> Understanding {
    guard !text.isEmpty else { return .same }
    guard let decoded = Base64.decodeCanonical(Array(text.utf8).span) else { return .plain }
    if isPrintable(Array(text.utf8)), !isPrintable(decoded) { return .plain }
    return .ambiguous(decoded)
  }

  private static func isPrintable(_ bytes: [UInt8]) -> Bool {
    let isPrintableLatin = bytes.allSatisfy { byte in
      switch byte {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0xFF: true
      default: false
      }
    }
    if isPrintableLatin { return true }
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar == "\t" || scalar == "\n" || scalar == "\r"
        || scalar.properties.generalCategory != .control
    }
  }

  /// Reads the search string of a byte match statement.
  init?(from object: inout ObjectReader, in context: ReadingContext) {
    if object.has("SearchStringBase64") {
      if object.has("SearchString"), let other = object.value("SearchString") {
        context.warning(
          "repeated-search-string",
          "'SearchString' is ignored because 'SearchStringBase64' is there too",
          at: other.pointer, focus: .key)
      } else {
        _ = object.value("SearchString")
      }
      guard let text = object.required("SearchStringBase64", as: String.self) else { return nil }
      guard let bytes = Base64.decodeCanonical(Array(text.utf8).span) else {
        context.error(
          "invalid-search-string", "'SearchStringBase64' is not base64",
          at: object.cursor.pointer.appending("SearchStringBase64"))
        return nil
      }
      self.init(bytes: bytes, wire: text, spelling: .searchStringBase64)
      return
    }
    guard let text = object.required("SearchString", as: String.self),
      let bytes = Self.bytes(
        of: text, at: object.cursor.pointer.appending("SearchString"), in: context)
    else { return nil }
    self.init(bytes: bytes, wire: text)
  }

  private static func bytes(
    of text: String, at pointer: JSONPointer, in context: ReadingContext
  ) -> [UInt8]? {
    if context.features.contains(.plainSearchStrings) { return Array(text.utf8) }
    if context.features.contains(.base64SearchStrings) {
      guard let bytes = Base64.decodeCanonical(Array(text.utf8).span) else {
        context.error(
          "invalid-search-string", "'SearchString' is not base64", at: pointer,
          notes: ["--search-string=plain reads it as it is"])
        return nil
      }
      return bytes
    }
    if context.features.contains(.serviceDocument) {
      if let bytes = Base64.decodeCanonical(Array(text.utf8).span) { return bytes }
      context.warning(
        "invalid-search-string",
        "'SearchString' is not base64, though the document comes from the service; "
          + "it is read as plain text",
        at: pointer, notes: ["--search-string=plain reads all of them so"])
      return Array(text.utf8)
    }
    switch understanding(of: text) {
    case .same, .plain:
      return Array(text.utf8)
    case .ambiguous(let decoded):
      context.warning(
        "ambiguous-search-string",
        "'SearchString' reads as base64 for '\(String(decoding: decoded, as: UTF8.self))' and "
          + "as plain text; it is taken as base64",
        at: pointer, notes: ["--search-string=base64|plain says which it is"])
      return decoded
    }
  }

  func write(to members: inout MemberList) {
    members.add(spelling.rawValue, wire)
  }
}
