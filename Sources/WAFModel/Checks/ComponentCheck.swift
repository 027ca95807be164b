import Diagnostics
import DocumentTree

/// Statements that inspect a component: the component, its preparation and what is looked for.
enum ComponentCheck {
  static func check(
    _ statement: ByteMatchStatement, at body: JSONPointer, in context: ReadingContext
  ) {
    field(statement.fieldToMatch, statement.textTransformations, at: body, in: context)
    let bytes = statement.searchString.bytes
    let pointer = body.appending(statement.searchString.spelling.rawValue)
    let limit = 200
    if bytes.count > limit {
      context.error(
        "search-string-too-long",
        "the search string has \(bytes.count) bytes; AWS WAF allows \(limit)", at: pointer)
    }
    if bytes.isEmpty {
      context.warning(
        "empty-search-string",
        "the search string is empty; what AWS WAF does then is not documented", at: pointer)
    }
    if statement.positionalConstraint == .containsWord,
      !bytes.allSatisfy(NameCheck.isWordByte)
    {
      context.error(
        "invalid-word",
        "under CONTAINS_WORD the search string must be of letters, digits and '_'", at: pointer)
    }
    if bytes.contains(where: isUpper), leavesLowerCase(statement.textTransformations) {
      context.warning(
        "search-string-never-matches",
        "the search string has capital letters, but LOWERCASE leaves none in the component",
        at: pointer, notes: ["write the search string in lower case"])
    }
  }

  static func check(
    _ statement: RegexMatchStatement, at body: JSONPointer, in context: ReadingContext
  ) {
    field(statement.fieldToMatch, statement.textTransformations, at: body, in: context)
    regex(statement.regexString, at: body.appending("RegexString"), in: context)
  }

  static func check(
    _ statement: SizeConstraintStatement, at body: JSONPointer, in context: ReadingContext
  ) {
    field(statement.fieldToMatch, statement.textTransformations, at: body, in: context)
    let limit = 21_474_836_480
    if !(0...limit).contains(statement.size) {
      context.error(
        "invalid-size", "a size is from 0 to \(limit), not \(statement.size)",
        at: body.appending("Size"))
    }
  }

  /// The length of an expression; its syntax is checked where it is compiled.
  static func regex(_ pattern: String, at pointer: JSONPointer, in context: ReadingContext) {
    let length = pattern.unicodeScalars.count
    if length == 0 {
      context.error("invalid-regex", "the expression is empty", at: pointer)
    } else if length > 512 {
      context.error(
        "regex-too-long", "the expression has \(length) characters; AWS WAF allows 512",
        at: pointer)
    } else if length > 200 {
      context.warning(
        "regex-too-long",
        "the expression has \(length) characters; the quota of AWS WAF is 200", at: pointer)
    }
  }

  static func field(
    _ field: FieldToMatch, _ transformations: [TextTransformation], at body: JSONPointer,
    in context: ReadingContext
  ) {
    let pointer = body.appending("FieldToMatch")
    switch field {
    case .singleHeader(let name):
      NameCheck.component(
        name, "header", at: pointer.appending("SingleHeader").appending("Name"), in: context)
    case .singleQueryArgument(let name):
      NameCheck.component(
        name, "query argument",
        at: pointer.appending("SingleQueryArgument").appending("Name"), in: context)
    case .cookies(let cookies):
      check(
        cookies.matchPattern,
        at: pointer.appending("Cookies").appending("MatchPattern"), in: context)
    case .method, .uriPath, .queryString, .allQueryArguments, .body, .opaque:
      break
    }
    check(transformations, at: body.appending("TextTransformations"), in: context)
  }

  private static func check(
    _ pattern: CookieMatchPattern, at pointer: JSONPointer, in context: ReadingContext
  ) {
    let names: [String]
    switch pattern {
    case .all: return
    case .includedCookies(let included): names = included
    case .excludedCookies(let excluded): names = excluded
    }
    let list = pointer.appending(pattern.kind.rawValue)
    if !(1...199).contains(names.count) {
      context.error(
        "invalid-cookie-list", "\(names.count) cookie names; AWS WAF takes 1 to 199", at: list)
    }
    for (index, name) in names.enumerated() {
      NameCheck.component(name, "cookie", at: list.appending(index), in: context)
    }
  }

  private static func check(
    _ transformations: [TextTransformation], at list: JSONPointer, in context: ReadingContext
  ) {
    if transformations.isEmpty {
      context.error(
        "missing-transformation",
        "AWS WAF wants at least one text transformation; NONE leaves the component as it is",
        at: list)
    }
    if transformations.count > 10 {
      context.error(
        "too-many-transformations",
        "\(transformations.count) text transformations; AWS WAF allows 10 in a statement",
        at: list)
    }
    var priorities: Set<Int> = []
    for (index, transformation) in transformations.enumerated() {
      let pointer = list.appending(index).appending("Priority")
      if !priorities.insert(transformation.priority).inserted {
        context.error(
          "duplicate-priority",
          "two text transformations have the priority \(transformation.priority)", at: pointer)
      }
      if transformation.priority < 0 {
        context.error(
          "invalid-priority", "a priority is 0 or more, not \(transformation.priority)",
          at: pointer)
      }
    }
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// Whether the transformations end without capital letters: after LOWERCASE comes none that
  /// could bring them back, as a decoding does.
  private static func leavesLowerCase(_ transformations: [TextTransformation]) -> Bool {
    let types = transformations.sorted { $0.priority < $1.priority }.map(\.type)
    guard let last = types.lastIndex(of: .lowercase) else { return false }
    return types[(last + 1)...].allSatisfy { type in
      switch type {
      case .none, .compressWhiteSpace, .normalizePath, .removeNulls: true
      default: false
      }
    }
  }
}
