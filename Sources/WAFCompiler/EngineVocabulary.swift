import Bytes
import Transforms
import WAFModel
import WAFProgram

// wafv2's words in the engine's. The switches are exhaustive: a case that the model gains does not
// compile until it has a meaning here.

typealias EngineTransformation = Transforms.TextTransformation

extension PositionalConstraint {
  var enginePosition: Position {
    switch self {
    case .exactly: .exactly
    case .startsWith: .startsWith
    case .endsWith: .endsWith
    case .contains: .contains
    case .containsWord: .containsWord
    }
  }
}

extension ComparisonOperator {
  var engineComparison: Comparison {
    switch self {
    case .eq: .equal
    case .ne: .notEqual
    case .le: .lessOrEqual
    case .lt: .less
    case .ge: .greaterOrEqual
    case .gt: .greater
    }
  }
}

extension TextTransformationType {
  /// Nil for transformations that are not built yet.
  var engineTransformation: EngineTransformation? {
    switch self {
    case .none: EngineTransformation.none
    case .lowercase: .lowercase
    case .urlDecode: .urlDecode
    case .urlDecodeUni: .urlDecodeUni
    case .htmlEntityDecode: .htmlEntityDecode
    case .compressWhiteSpace: .compressWhiteSpace
    case .normalizePath: .normalizePath
    case .base64Decode: .base64Decode
    case .removeNulls: .removeNulls
    case .cmdLine, .hexDecode, .md5, .replaceComments, .escapeSeqDecode, .sqlHexDecode,
      .cssDecode, .jsDecode, .normalizePathWin, .replaceNulls, .base64DecodeExt, .utf8ToUnicode,
      .removeWhitespace, .trim, .trimLeft, .trimRight, .removeCommentsChar, .uppercase,
      .cmdLineWin, .cmdLineUnix, .jsDecodeExt, .sha256, .opaque:
      nil
    }
  }
}

extension FieldToMatch {
  /// Nil for fields that are not built yet.
  var engineField: Field? {
    switch self {
    case .method: .method
    case .uriPath: .uriPath
    case .queryString: .queryString
    case .singleHeader(let name): .singleHeader(name: Self.headerName(name))
    case .singleQueryArgument(let name):
      .singleQueryArgument(name: Array(name.utf8).asciiLowercased)
    case .allQueryArguments: .allQueryArguments
    case .cookies(let cookies):
      .cookies(
        CookieSelection(
          pattern: cookies.matchPattern.enginePattern, scope: cookies.matchScope.engineScope))
    case .body: .body
    case .opaque: nil
    }
  }

  /// Header names are compared without case and without spaces around them (documented).
  private static func headerName(_ name: String) -> [UInt8] {
    var bytes = Array(name.utf8).asciiLowercased[...]
    while let first = bytes.first, first == 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 { bytes.removeLast() }
    return Array(bytes)
  }

  /// What is done above the inspection limit; without a word, the part within it is inspected.
  var oversize: Oversize {
    switch self {
    case .body(let body): (body.oversizeHandling ?? .continue).engineOversize
    case .cookies(let cookies): cookies.oversizeHandling.engineOversize
    case .method, .uriPath, .queryString, .singleHeader, .singleQueryArgument,
      .allQueryArguments, .opaque:
      .inspectStart
    }
  }

  var wireName: String {
    if case .opaque(let kind, _) = self { return kind }
    return kind?.rawValue ?? "?"
  }
}

extension CookieMatchPattern {
  fileprivate var enginePattern: CookieSelection.Pattern {
    switch self {
    case .all: .all
    case .includedCookies(let names): .included(names.map { Array($0.utf8) })
    case .excludedCookies(let names): .excluded(names.map { Array($0.utf8) })
    }
  }
}

extension MatchScope {
  fileprivate var engineScope: CookieSelection.Scope {
    switch self {
    case .all: .all
    case .key: .key
    case .value: .value
    }
  }
}

extension OversizeHandling {
  fileprivate var engineOversize: Oversize {
    switch self {
    case .continue: .inspectStart
    case .match: .match
    case .noMatch: .noMatch
    }
  }
}
