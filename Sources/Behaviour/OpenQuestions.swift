/// The open questions of AWS WAF's behaviour that a computed value can depend on.
///
/// AWS does not document every detail. Where it is silent wafcast has a default reading, computes
/// the other one too, and calls an answer *approximate* when the two disagree.
/// `docs/behaviour/open-questions.md` lists them with both readings and their sources.
public struct OpenQuestions: OptionSet, Hashable, Sendable {
  /// One bit a question.
  public let rawValue: UInt32

  /// The questions in `rawValue`.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Q1: a size constraint on an oversize body sees the truncated body (default) or the true size.
  public static let truncatedBodySize = OpenQuestions(rawValue: 1 << 0)
  /// Q2: a size constraint on several elements looks at each (default) or at their total.
  public static let elementSizes = OpenQuestions(rawValue: 1 << 1)
  /// Q3: an absent component fails every statement (default) or counts as an empty value.
  public static let absentAsEmpty = OpenQuestions(rawValue: 1 << 2)
  /// Q5: query argument names are compared as sent (default) or percent-decoded.
  public static let argumentNames = OpenQuestions(rawValue: 1 << 3)
  /// Q7: a repeated header gives separate elements (default) or one joined value.
  public static let repeatedHeaders = OpenQuestions(rawValue: 1 << 4)
  /// Q8: how the 8,192-byte and 200-item limits of cookies and headers are counted.
  public static let componentLimits = OpenQuestions(rawValue: 1 << 5)
  /// Q15: a NAMESPACE key without a trailing colon gets one (default) or is a plain prefix.
  public static let namespaceColon = OpenQuestions(rawValue: 1 << 6)
  /// Q17: HTML entities: `&apos;`, values above 255, missing semicolons.
  public static let htmlEntities = OpenQuestions(rawValue: 1 << 7)
  /// Q23: input that BASE64_DECODE, HEX_DECODE or ESCAPE_SEQ_DECODE may take for invalid.
  public static let invalidEncoding = OpenQuestions(rawValue: 1 << 8)
  /// Q24: `+` in URL_DECODE and URL_DECODE_UNI becomes a space (default) or stays.
  public static let plusAsSpace = OpenQuestions(rawValue: 1 << 9)
  /// Q25: a cookie without `=` is a key with an empty value (default) or a value with an empty key.
  public static let bareCookies = OpenQuestions(rawValue: 1 << 10)
  /// Gap: white space around a header value is trimmed (default) or kept.
  public static let headerTrimming = OpenQuestions(rawValue: 1 << 11)
  /// Gap: empty segments of a query are ignored (default) or are empty arguments.
  public static let emptyArguments = OpenQuestions(rawValue: 1 << 12)
  /// Gap: NORMALIZE_PATH of a relative path that resolves to nothing is empty (default) or `/`.
  public static let emptyRelativePath = OpenQuestions(rawValue: 1 << 13)
  /// Gap: an IPv4-mapped IPv6 address compares as IPv4 (default) or as IPv6 only.
  public static let mappedAddresses = OpenQuestions(rawValue: 1 << 14)

  /// Q6: header names under KEY scope and in HeaderOrder are as received (default) or lower-cased.
  public static let headerNameCase = OpenQuestions(rawValue: 1 << 15)
  /// Q9: forwarded addresses with a port, in brackets or in a mixed list: invalid (default) or read
  /// as the address.
  public static let forwardedAddresses = OpenQuestions(rawValue: 1 << 16)
  /// Q12: JSON strings, keys among them, are unescaped (default) or raw.
  public static let jsonEscapes = OpenQuestions(rawValue: 1 << 17)
  /// Q12: a duplicate key ends the parse before it (default) or behind it, as an element still.
  public static let jsonDuplicateKeys = OpenQuestions(rawValue: 1 << 18)
  /// Gap: a lone surrogate escape in JSON is U+FFFD (default) or a failure of the parse.
  public static let jsonSurrogates = OpenQuestions(rawValue: 1 << 19)
  /// Q13: the URI fragment is inspected without its `#` (default) or with it.
  public static let fragmentSign = OpenQuestions(rawValue: 1 << 20)
  /// Q18: the command line transformations: order of steps, tabs and line breaks, UNC paths.
  public static let commandLine = OpenQuestions(rawValue: 1 << 21)
  /// Gap: REMOVE_WHITESPACE keeps the byte A0 (default) or removes it.
  public static let nonBreakingSpace = OpenQuestions(rawValue: 1 << 22)
  /// Gap: COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA compares keys exactly (default) or without case.
  public static let argumentKeyCase = OpenQuestions(rawValue: 1 << 23)
  /// Gap: a forwarded header that is absent is no match, so that NOT matches (default), or the rule
  /// is not applied.
  public static let absentForwardedHeader = OpenQuestions(rawValue: 1 << 24)

  /// Q12: a key is a duplicate of one in its own object (default) or of any before it.
  public static let jsonDuplicateScope = OpenQuestions(rawValue: 1 << 25)
  /// Gap: keys are compared as they are meant (default) or as they are written.
  public static let jsonKeySpelling = OpenQuestions(rawValue: 1 << 26)

  /// How many questions there are.
  public static let count = 27

  /// The questions in the set, one at a time, in the order of their bits.
  public var each: [OpenQuestions] {
    (0..<Self.count).map { OpenQuestions(rawValue: 1 << UInt32($0)) }.filter(contains)
  }
}
