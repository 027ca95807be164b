extension TextTransformation {
  /// The name in the wafv2 API.
  package var wireName: String {
    switch self {
    case .none: "NONE"
    case .lowercase: "LOWERCASE"
    case .urlDecode: "URL_DECODE"
    case .urlDecodeUni: "URL_DECODE_UNI"
    case .htmlEntityDecode: "HTML_ENTITY_DECODE"
    case .compressWhiteSpace: "COMPRESS_WHITE_SPACE"
    case .normalizePath: "NORMALIZE_PATH"
    case .base64Decode: "BASE64_DECODE"
    case .removeNulls: "REMOVE_NULLS"
    case .md5: "MD5"
    case .sha256: "SHA256"
    case .hexDecode: "HEX_DECODE"
    case .sqlHexDecode: "SQL_HEX_DECODE"
    case .base64DecodeExt: "BASE64_DECODE_EXT"
    case .escapeSeqDecode: "ESCAPE_SEQ_DECODE"
    case .jsDecode: "JS_DECODE"
    case .jsDecodeExt: "JS_DECODE_EXT"
    case .cssDecode: "CSS_DECODE"
    case .utf8ToUnicode: "UTF8_TO_UNICODE"
    case .normalizePathWin: "NORMALIZE_PATH_WIN"
    case .replaceNulls: "REPLACE_NULLS"
    case .replaceComments: "REPLACE_COMMENTS"
    case .removeCommentsChar: "REMOVE_COMMENTS_CHAR"
    case .removeWhitespace: "REMOVE_WHITESPACE"
    case .trim: "TRIM"
    case .trimLeft: "TRIM_LEFT"
    case .trimRight: "TRIM_RIGHT"
    case .uppercase: "UPPERCASE"
    case .cmdLine: "CMD_LINE"
    case .cmdLineUnix: "CMD_LINE_UNIX"
    case .cmdLineWin: "CMD_LINE_WIN"
    }
  }

  /// The transformation of this name in the wafv2 API, nil where there is none.
  package init?(wireName: String) {
    guard let found = Self.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = found
  }
}
