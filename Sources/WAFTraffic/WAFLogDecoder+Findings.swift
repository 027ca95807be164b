import Bytes
import WAFRequests

/// The members of `captchaResponse` and `challengeResponse`.
enum TokenResponseKey: String, RecordKey {
  case responseCode, solveTimestamp, failureReason
}

/// The members of an entry of `nonTerminatingMatchingRules` that are evidence.
enum RuleEntryKey: String, RecordKey {
  case captchaResponse, challengeResponse
}

/// The member of `monetizeVerifyResponse` that is evidence.
enum PaymentKey: String, RecordKey {
  case verificationStatus
}

extension WAFLogDecoder {
  // MARK: Tokens

  /// Reads what the service found of a token.
  ///
  /// A reason says what was wrong; a code of 0 and the time of a solution say that nothing was. Any
  /// other combination says nothing. (Source: log fields for web ACL traffic, documented.)
  func tokenResponse(
    from scanner: inout JSONScanner, of record: Span<UInt8>
  ) throws -> TokenEvidence {
    if try scanner.skipNull() { return TokenEvidence() }
    try scanner.enterObject()
    var code: Int64 = 0
    var solveTimestamp: Int64?
    var finding = TokenEvidence.Finding.notRecorded
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try responseKeys.match(key, in: record, seen: &seen) {
      case .responseCode: code = try scanner.integerOrNull(in: record) ?? 0
      case .solveTimestamp:
        solveTimestamp = try scanner.integerOrNull(in: record).flatMap(Self.seconds)
      case .failureReason:
        if let reason = try scanner.stringOrNull() { finding = failure(reason, in: record) }
      case nil: try scanner.skipValue()
      }
    }
    if finding == .notRecorded, code == 0, solveTimestamp != nil { finding = .valid }
    return TokenEvidence(
      finding: finding, solveTimestamp: finding == .notRecorded ? nil : solveTimestamp)
  }

  /// A reason that is not known is one all the same.
  private func failure(
    _ reason: JSONString, in record: Span<UInt8>
  ) -> TokenEvidence.Finding {
    if reason.range.isEmpty { return .notRecorded }
    if JSONText.equals("TOKEN_MISSING", in: record, reason.range) { return .missing }
    if JSONText.equals("TOKEN_EXPIRED", in: record, reason.range) { return .expired }
    if JSONText.equals("TOKEN_DOMAIN_MISMATCH", in: record, reason.range) {
      return .domainMismatch
    }
    return .invalid
  }

  /// The time of a solution in seconds; 0 stands for none.
  ///
  /// The unit is not documented: numbers that would lie beyond the year 5138 are milliseconds
  /// (assumed).
  private static func seconds(_ timestamp: Int64) -> Int64? {
    let limit: Int64 = 100_000_000_000
    let seconds = timestamp < limit ? timestamp : timestamp / 1000
    return seconds > 0 && seconds < limit ? seconds : nil
  }

  /// Reads `nonTerminatingMatchingRules` for rules that a token let pass.
  ///
  /// Nothing else in there is read, so what is not of the usual shape is passed over.
  func decodeRuleEntries(
    from scanner: inout JSONScanner, of record: Span<UInt8>, parts: inout RecordParts
  ) throws {
    guard scanner.peek() == UInt8(ascii: "[") else {
      try scanner.skipValue()
      return
    }
    try scanner.enterArray()
    var isFirst = true
    while try scanner.nextElement(isFirst: isFirst) {
      isFirst = false
      guard scanner.peek() == UInt8(ascii: "{") else {
        try scanner.skipValue()
        continue
      }
      try scanner.enterObject()
      var isFirstKey = true
      while let key = try scanner.nextKey(isFirst: isFirstKey) {
        isFirstKey = false
        switch entryKeys.match(key, in: record)?.key {
        case .captchaResponse:
          parts.captcha.noteEntry(try tokenResponse(from: &scanner, of: record))
        case .challengeResponse:
          parts.challenge.noteEntry(try tokenResponse(from: &scanner, of: record))
        case nil: try scanner.skipValue()
        }
      }
    }
  }

  // MARK: Payments and networks

  /// Whether `monetizeVerifyResponse` says that a payment was verified; nil where it does not say.
  func verifiedPayment(
    from scanner: inout JSONScanner, of record: Span<UInt8>
  ) throws -> Bool? {
    if try scanner.skipNull() { return nil }
    try scanner.enterObject()
    var isVerified: Bool?
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      guard try paymentKeys.match(key, in: record, seen: &seen) != nil else {
        try scanner.skipValue()
        continue
      }
      guard let status = try scanner.stringOrNull(), !status.range.isEmpty else { continue }
      isVerified = JSONText.equals("VERIFIED", in: record, status.range)
    }
    return isVerified
  }

  /// Reads the number of an autonomous system: a number, or text that is one; nil for `null`, `""`
  /// and `-`.
  func asn(from scanner: inout JSONScanner, of record: Span<UInt8>) throws -> UInt32? {
    if try scanner.skipNull() { return nil }
    let start = scanner.position
    let isText = scanner.peek() == UInt8(ascii: "\"")
    let range = isText ? try scanner.string().range : try scanner.number()
    if isText, range.isEmpty || JSONText.equals("-", in: record, range) { return nil }
    guard let value = JSONNumber.integer(record.extracting(range.bounds)),
      let number = UInt32(exactly: value)
    else {
      throw RecordFault(
        .invalidValue, "expected the number of an autonomous system", offset: start)
    }
    return number
  }
}

extension TokenSources {
  /// Takes in the response of an entry; the last one that says something counts.
  mutating func noteEntry(_ evidence: TokenEvidence) {
    if evidence.finding != .notRecorded { entry = evidence }
  }
}

extension JSONScanner {
  /// Reads a whole number, or text that is one; nil for `null` and for empty text.
  mutating func integerOrNull(in record: Span<UInt8>) throws -> Int64? {
    if try skipNull() { return nil }
    let start = position
    let isText = peek() == UInt8(ascii: "\"")
    let range = isText ? try string().range : try number()
    if isText, range.isEmpty { return nil }
    guard let value = JSONNumber.integer(record.extracting(range.bounds)) else {
      throw RecordFault(.invalidValue, "expected a whole number", offset: start)
    }
    return value
  }
}
