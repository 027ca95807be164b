import Diagnostics
package import DocumentTree

/// What a text transformation does (developer guide, "Using text transformations").
public enum TextTransformationType: Hashable, Sendable {
  /// Leaves the value as it is.
  case none
  /// Runs of white space become one space.
  case compressWhiteSpace
  /// HTML entities become characters.
  case htmlEntityDecode
  /// ASCII letters become lower-case.
  case lowercase
  /// Undoes ways of hiding operating system commands.
  case cmdLine
  /// Percent encoding is decoded.
  case urlDecode
  /// Base64 is decoded.
  case base64Decode
  /// Hexadecimal digits are decoded.
  case hexDecode
  /// The MD5 digest, 16 bytes.
  case md5
  /// C comments become one space.
  case replaceComments
  /// ANSI C escape sequences are decoded.
  case escapeSeqDecode
  /// SQL hexadecimal literals are decoded.
  case sqlHexDecode
  /// CSS escapes are decoded.
  case cssDecode
  /// JavaScript escapes are decoded.
  case jsDecode
  /// Repeated slashes and dot segments of a path are resolved.
  case normalizePath
  /// As `normalizePath`, backslashes taken as slashes.
  case normalizePathWin
  /// NUL bytes are removed.
  case removeNulls
  /// NUL bytes become spaces.
  case replaceNulls
  /// Base64 is decoded, foreign characters passed over.
  case base64DecodeExt
  /// Percent encoding and `%u` escapes are decoded.
  case urlDecodeUni
  /// Multi-byte UTF-8 becomes `%u` escapes.
  case utf8ToUnicode
  /// White space is removed.
  case removeWhitespace
  /// White space at both ends is removed.
  case trim
  /// White space at the start is removed.
  case trimLeft
  /// White space at the end is removed.
  case trimRight
  /// Comment marks are removed.
  case removeCommentsChar
  /// ASCII letters become upper-case.
  case uppercase
  /// Undoes ways of hiding Windows commands.
  case cmdLineWin
  /// Undoes ways of hiding Unix commands.
  case cmdLineUnix
  /// JavaScript escapes are decoded, unknown ones kept.
  case jsDecodeExt
  /// The SHA-256 digest, 32 bytes.
  case sha256
  /// A transformation that nobody knows, by its name in the document.
  case opaque(String)

  /// The known transformations, in the order of the API reference.
  public static let known: [TextTransformationType] = table.map(\.type)

  /// The transformation of a name in documents, such as `URL_DECODE`.
  public init(wireName: String) {
    self = Self.byName[wireName] ?? .opaque(wireName)
  }

  /// The name in documents.
  public var wireName: String {
    if case .opaque(let name) = self { return name }
    return Self.names[self] ?? ""
  }

  private static let byName = Dictionary(uniqueKeysWithValues: table)
  private static let names = Dictionary(uniqueKeysWithValues: table.map { ($0.type, $0.name) })

  private static let table: [(name: String, type: TextTransformationType)] = [
    ("NONE", .none),
    ("COMPRESS_WHITE_SPACE", .compressWhiteSpace),
    ("HTML_ENTITY_DECODE", .htmlEntityDecode),
    ("LOWERCASE", .lowercase),
    ("CMD_LINE", .cmdLine),
    ("URL_DECODE", .urlDecode),
    ("BASE64_DECODE", .base64Decode),
    ("HEX_DECODE", .hexDecode),
    ("MD5", .md5),
    ("REPLACE_COMMENTS", .replaceComments),
    ("ESCAPE_SEQ_DECODE", .escapeSeqDecode),
    ("SQL_HEX_DECODE", .sqlHexDecode),
    ("CSS_DECODE", .cssDecode),
    ("JS_DECODE", .jsDecode),
    ("NORMALIZE_PATH", .normalizePath),
    ("NORMALIZE_PATH_WIN", .normalizePathWin),
    ("REMOVE_NULLS", .removeNulls),
    ("REPLACE_NULLS", .replaceNulls),
    ("BASE64_DECODE_EXT", .base64DecodeExt),
    ("URL_DECODE_UNI", .urlDecodeUni),
    ("UTF8_TO_UNICODE", .utf8ToUnicode),
    ("REMOVE_WHITESPACE", .removeWhitespace),
    ("TRIM", .trim),
    ("TRIM_LEFT", .trimLeft),
    ("TRIM_RIGHT", .trimRight),
    ("REMOVE_COMMENTS_CHAR", .removeCommentsChar),
    ("UPPERCASE", .uppercase),
    ("CMD_LINE_WIN", .cmdLineWin),
    ("CMD_LINE_UNIX", .cmdLineUnix),
    ("JS_DECODE_EXT", .jsDecodeExt),
    ("SHA256", .sha256),
  ]
}

extension TextTransformationType: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let name = String(reading: cursor, in: context) else { return nil }
    self.init(wireName: name)
    if case .opaque = self {
      let names = Self.known.map(\.wireName)
      context.unknownName(
        "unknown-transformation", "unknown text transformation '\(name)'",
        at: cursor.pointer, focus: .value, suggestion: didYouMean(name, among: names))
    }
  }

  package func node() -> Node { wireName.node() }
}
