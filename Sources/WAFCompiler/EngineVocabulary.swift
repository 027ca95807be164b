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
  /// Nil for a transformation that nobody knows.
  var engineTransformation: EngineTransformation? {
    switch self {
    case .none: EngineTransformation.none
    case .compressWhiteSpace: .compressWhiteSpace
    case .htmlEntityDecode: .htmlEntityDecode
    case .lowercase: .lowercase
    case .cmdLine: .cmdLine
    case .urlDecode: .urlDecode
    case .base64Decode: .base64Decode
    case .hexDecode: .hexDecode
    case .md5: .md5
    case .replaceComments: .replaceComments
    case .escapeSeqDecode: .escapeSeqDecode
    case .sqlHexDecode: .sqlHexDecode
    case .cssDecode: .cssDecode
    case .jsDecode: .jsDecode
    case .normalizePath: .normalizePath
    case .normalizePathWin: .normalizePathWin
    case .removeNulls: .removeNulls
    case .replaceNulls: .replaceNulls
    case .base64DecodeExt: .base64DecodeExt
    case .urlDecodeUni: .urlDecodeUni
    case .utf8ToUnicode: .utf8ToUnicode
    case .removeWhitespace: .removeWhitespace
    case .trim: .trim
    case .trimLeft: .trimLeft
    case .trimRight: .trimRight
    case .removeCommentsChar: .removeCommentsChar
    case .uppercase: .uppercase
    case .cmdLineWin: .cmdLineWin
    case .cmdLineUnix: .cmdLineUnix
    case .jsDecodeExt: .jsDecodeExt
    case .sha256: .sha256
    case .opaque: nil
    }
  }
}

extension PreParseTextTransformationType {
  var engineTransformation: PreParseTransformation {
    switch self {
    case .none: PreParseTransformation.none
    case .urlDecode: .urlDecode
    case .urlDecodeUni: .urlDecodeUni
    case .combineDuplicateQueryArgsByComma: .combineDuplicateQueryArgsByComma
    case .replaceSemicolonsWithAmpersands: .replaceSemicolonsWithAmpersands
    }
  }
}

extension FallbackBehavior {
  var engineFallback: FieldFallback {
    switch self {
    case .match: .match
    case .noMatch: .noMatch
    }
  }
}

extension ForwardedIPPosition {
  var enginePosition: ForwardedHeader.Position {
    switch self {
    case .first: .first
    case .last: .last
    case .any: .any
    }
  }
}

extension FieldToMatch {
  /// The field, its arguments split after `preParse`; nil for a field that nobody knows.
  func engineField(preParse: [PreParseTextTransformation] = []) -> Field? {
    switch self {
    case .method: .method
    case .uriPath: .uriPath
    case .queryString: .queryString
    case .uriFragment(let fragment):
      // The API leaves the behaviour optional; its own default is not documented.
      .uriFragment((fragment.fallbackBehavior ?? .noMatch).engineFallback)
    case .singleHeader(let name): .singleHeader(name: Self.headerName(name))
    case .headers(let headers):
      .headers(
        PartSelection(
          pattern: headers.matchPattern.enginePattern, scope: headers.matchScope.engineScope))
    case .headerOrder: .headerOrder
    case .singleQueryArgument(let name):
      .singleQueryArgument(
        name: Array(name.utf8).asciiLowercased, preParse: Self.chain(preParse))
    case .allQueryArguments: .allQueryArguments(preParse: Self.chain(preParse))
    case .cookies(let cookies):
      .cookies(
        PartSelection(
          pattern: cookies.matchPattern.enginePattern, scope: cookies.matchScope.engineScope))
    case .body: .body
    case .jsonBody(let body):
      .jsonBody(
        JSONSelection(
          paths: body.matchPattern.enginePaths, scope: body.matchScope.engineScope,
          fallback: body.invalidFallbackBehavior?.engineFallback ?? .elementsBefore))
    case .ja3Fingerprint(let fingerprint):
      .ja3Fingerprint(fingerprint.fallbackBehavior.engineFallback)
    case .ja4Fingerprint(let fingerprint):
      .ja4Fingerprint(fingerprint.fallbackBehavior.engineFallback)
    case .opaque: nil
    }
  }

  private static func chain(
    _ preParse: [PreParseTextTransformation]
  ) -> [PreParseTransformation] {
    preParse.sorted { $0.priority < $1.priority }.map(\.type.engineTransformation)
      .filter { $0 != .none }
  }

  /// Header names are compared without case and without spaces around them (documented).
  static func headerName(_ name: String) -> [UInt8] {
    var bytes = Array(name.utf8).asciiLowercased[...]
    while let first = bytes.first, first == 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 { bytes.removeLast() }
    return Array(bytes)
  }

  /// What is done above the inspection limit; without a word, the part within it is inspected.
  var oversize: Oversize {
    switch self {
    case .body(let body): (body.oversizeHandling ?? .continue).engineOversize
    case .jsonBody(let body): (body.oversizeHandling ?? .continue).engineOversize
    case .cookies(let cookies): cookies.oversizeHandling.engineOversize
    case .headers(let headers): headers.oversizeHandling.engineOversize
    case .headerOrder(let order): order.oversizeHandling.engineOversize
    case .method, .uriPath, .queryString, .uriFragment, .singleHeader, .singleQueryArgument,
      .allQueryArguments, .ja3Fingerprint, .ja4Fingerprint, .opaque:
      .inspectStart
    }
  }

  var wireName: String {
    if case .opaque(let kind, _) = self { return kind }
    return kind?.rawValue ?? "?"
  }
}

extension HeaderMatchPattern {
  fileprivate var enginePattern: PartSelection.Pattern {
    switch self {
    case .all: .all
    case .includedHeaders(let names): .included(names.map(FieldToMatch.headerName))
    case .excludedHeaders(let names): .excluded(names.map(FieldToMatch.headerName))
    }
  }
}

extension CookieMatchPattern {
  fileprivate var enginePattern: PartSelection.Pattern {
    switch self {
    case .all: .all
    case .includedCookies(let names): .included(names.map { Array($0.utf8) })
    case .excludedCookies(let names): .excluded(names.map { Array($0.utf8) })
    }
  }
}

extension JsonMatchPattern {
  /// The reference tokens of each pointer (RFC 6901); nil for the whole document.
  fileprivate var enginePaths: [[[UInt8]]]? {
    switch self {
    case .all: nil
    case .includedPaths(let pointers): pointers.map(Self.tokens)
    }
  }

  private static func tokens(_ pointer: String) -> [[UInt8]] {
    pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { token in
      Array(token.replacing("~1", with: "/").replacing("~0", with: "~").utf8)
    }
  }
}

extension BodyParsingFallbackBehavior {
  fileprivate var engineFallback: JSONSelection.Fallback {
    switch self {
    case .match: .match
    case .noMatch: .noMatch
    case .evaluateAsString: .plainText
    }
  }
}

extension WAFModel.MatchScope {
  fileprivate var engineScope: WAFProgram.MatchScope {
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
