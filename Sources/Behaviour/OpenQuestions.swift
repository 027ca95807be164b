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
  /// Q23: invalid input of BASE64_DECODE: the decodable start (default) or unchanged.
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

  /// How many questions there are.
  public static let count = 15

  /// The questions in the set, one at a time, in the order of their bits.
  public var each: [OpenQuestions] {
    (0..<Self.count).map { OpenQuestions(rawValue: 1 << UInt32($0)) }.filter(contains)
  }
}
