/// The open questions of AWS WAF's behaviour that a computed value can depend on.
///
/// AWS does not document every detail. Where it is silent wafcast has a default reading, computes
/// the other one too, and calls an answer *approximate* when the two disagree.
/// `docs/behaviour/open-questions.md` lists them with both readings and their sources.
///
/// The members are computed and inlinable: other rooms ask for them in their hot loops, and a
/// stored constant of another module is reached through a call.
@frozen public struct OpenQuestions: OptionSet, Hashable, Sendable {
  /// One bit a question.
  public let rawValue: UInt32

  /// The questions in `rawValue`.
  @inlinable public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  @inlinable init(bit: UInt32) {
    self.init(rawValue: 1 << bit)
  }

  /// Q1: a size constraint on an oversize body sees the truncated body (default) or the true size.
  @inlinable public static var truncatedBodySize: Self { Self(bit: 0) }
  /// Q2: a size constraint on several elements looks at each (default) or at their total.
  @inlinable public static var elementSizes: Self { Self(bit: 1) }
  /// Q3: an absent component fails every statement (default) or counts as an empty value.
  @inlinable public static var absentAsEmpty: Self { Self(bit: 2) }
  /// Q5: query argument names are compared as sent (default) or percent-decoded.
  @inlinable public static var argumentNames: Self { Self(bit: 3) }
  /// Q7: a repeated header gives separate elements (default) or one joined value.
  @inlinable public static var repeatedHeaders: Self { Self(bit: 4) }
  /// Q8: how the 8,192-byte and 200-item limits of cookies and headers are counted.
  @inlinable public static var componentLimits: Self { Self(bit: 5) }
  /// Q15: a NAMESPACE key without a trailing colon gets one (default) or is a plain prefix.
  @inlinable public static var namespaceColon: Self { Self(bit: 6) }
  /// Q17: HTML entities: `&apos;`, values above 255, missing semicolons.
  @inlinable public static var htmlEntities: Self { Self(bit: 7) }
  /// Q23: input that BASE64_DECODE, HEX_DECODE or ESCAPE_SEQ_DECODE may take for invalid.
  @inlinable public static var invalidEncoding: Self { Self(bit: 8) }
  /// Q24: `+` in URL_DECODE and URL_DECODE_UNI becomes a space (default) or stays.
  @inlinable public static var plusAsSpace: Self { Self(bit: 9) }
  /// Q25: a cookie without `=` is a key with an empty value (default) or a value with an empty key.
  @inlinable public static var bareCookies: Self { Self(bit: 10) }
  /// Gap: white space around a header value is trimmed (default) or kept.
  @inlinable public static var headerTrimming: Self { Self(bit: 11) }
  /// Gap: empty segments of a query are ignored (default) or are empty arguments.
  @inlinable public static var emptyArguments: Self { Self(bit: 12) }
  /// Gap: NORMALIZE_PATH of a relative path that resolves to nothing is empty (default) or `/`.
  @inlinable public static var emptyRelativePath: Self { Self(bit: 13) }
  /// Gap: an IPv4-mapped IPv6 address compares as IPv4 (default) or as IPv6 only.
  @inlinable public static var mappedAddresses: Self { Self(bit: 14) }

  /// Q6: header names under KEY scope and in HeaderOrder are as received (default) or lower-cased.
  @inlinable public static var headerNameCase: Self { Self(bit: 15) }
  /// Q9: forwarded addresses with a port, in brackets or in a mixed list: invalid (default) or read
  /// as the address.
  @inlinable public static var forwardedAddresses: Self { Self(bit: 16) }
  /// Q12: JSON strings, keys among them, are unescaped (default) or raw.
  @inlinable public static var jsonEscapes: Self { Self(bit: 17) }
  /// Q12: a duplicate key ends the parse before it (default) or behind it, as an element still.
  @inlinable public static var jsonDuplicateKeys: Self { Self(bit: 18) }
  /// Gap: a lone surrogate escape in JSON is U+FFFD (default) or a failure of the parse.
  @inlinable public static var jsonSurrogates: Self { Self(bit: 19) }
  /// Q13: the URI fragment is inspected without its `#` (default) or with it.
  @inlinable public static var fragmentSign: Self { Self(bit: 20) }
  /// Q18: the command line transformations: order of steps, tabs and line breaks, UNC paths.
  @inlinable public static var commandLine: Self { Self(bit: 21) }
  /// Gap: REMOVE_WHITESPACE keeps the byte A0 (default) or removes it.
  @inlinable public static var nonBreakingSpace: Self { Self(bit: 22) }
  /// Gap: COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA compares keys exactly (default) or without case.
  @inlinable public static var argumentKeyCase: Self { Self(bit: 23) }
  /// Gap: a forwarded header that is absent is no match, so that NOT matches (default), or the rule
  /// is not applied.
  @inlinable public static var absentForwardedHeader: Self { Self(bit: 24) }

  /// Q12: a key is a duplicate of one in its own object (default) or of any before it.
  @inlinable public static var jsonDuplicateScope: Self { Self(bit: 25) }
  /// Gap: keys are compared as they are meant (default) or as they are written.
  @inlinable public static var jsonKeySpelling: Self { Self(bit: 26) }

  /// How many questions there are.
  @inlinable public static var count: Int { 27 }

  /// The questions in the set, one at a time, in the order of their bits.
  public var each: [OpenQuestions] {
    (0..<Self.count).map { OpenQuestions(rawValue: 1 << UInt32($0)) }.filter(contains)
  }
}
