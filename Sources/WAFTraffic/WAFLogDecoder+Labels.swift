import Bytes
import WAFRequests

/// The members of a label.
enum LabelKey: String, RecordKey {
  case name
}

extension WAFLogDecoder {
  /// Reads `labels` for those that are evidence: geo labels and the states of tokens.
  func decodeLabels(
    from scanner: inout JSONScanner, of record: Span<UInt8>, parts: inout RecordParts,
    into request: inout RequestRecord
  ) throws {
    if try scanner.skipNull() { return }
    try scanner.enterArray()
    var isFirst = true
    while try scanner.nextElement(isFirst: isFirst) {
      isFirst = false
      try scanner.enterObject()
      var isFirstKey = true
      while let key = try scanner.nextKey(isFirst: isFirstKey) {
        isFirstKey = false
        guard labelKeys.match(key, in: record) != nil else {
          try scanner.skipValue()
          continue
        }
        let range = try text(try scanner.stringOrNull(), of: record, into: &request)
        readLabel(range, parts: &parts, into: &request)
      }
    }
  }

  private func readLabel(
    _ label: ByteRange, parts: inout RecordParts, into request: inout RequestRecord
  ) {
    guard let name = rest(of: label, after: "awswaf:", in: request) else { return }
    if let region = rest(of: name, after: "clientip:geo:region:", in: request) {
      request.recordedRegion = region
    } else if let region = rest(of: name, after: "forwardedip:geo:region:", in: request) {
      request.forwardedRegion = region
    } else if let country = rest(of: name, after: "forwardedip:geo:country:", in: request) {
      // In labels XX is what `-` is in `country`.
      request.forwardedCountry =
        JSONText.equals("XX", in: request.storage.span, country)
        ? .undetermined : Country(request.storage.span.extracting(country.bounds))
    } else if let state = rest(of: name, after: "managed:token:", in: request) {
      readTokenLabel(state, in: request, of: &parts.challenge, beside: &parts.captcha)
    } else if let state = rest(of: name, after: "managed:captcha:", in: request) {
      readTokenLabel(state, in: request, of: &parts.captcha, beside: &parts.challenge)
    }
  }

  /// Reads the end of a token label; a token that is not there is there for neither action.
  private func readTokenLabel(
    _ state: ByteRange, in request: borrowing RequestRecord, of own: inout TokenSources,
    beside other: inout TokenSources
  ) {
    let bytes = request.storage.span
    if JSONText.equals("accepted", in: bytes, state) {
      own.note(.valid, weight: .definite)
    } else if JSONText.equals("absent", in: bytes, state) {
      own.note(.missing, weight: .definite)
      other.note(.missing, weight: .otherKind)
    } else if JSONText.equals("rejected", in: bytes, state) {
      own.note(.invalid, weight: .withoutReason)
    } else if let reason = rest(of: state, after: "rejected:", in: request) {
      if JSONText.equals("expired", in: bytes, reason) {
        own.note(.expired, weight: .definite)
      } else if JSONText.equals("domain_mismatch", in: bytes, reason) {
        own.note(.domainMismatch, weight: .definite)
      } else {
        own.note(.invalid, weight: .definite)
      }
    }
  }

  /// What follows a prefix; nil where the text does not begin with it.
  private func rest(
    of text: ByteRange, after prefix: StaticString, in request: borrowing RequestRecord
  ) -> ByteRange? {
    let count = prefix.utf8CodeUnitCount
    guard Int(text.count) >= count,
      JSONText.matches(prefix, in: request.storage.span, at: Int(text.start))
    else { return nil }
    return ByteRange(start: Int(text.start) + count, count: Int(text.count) - count)
  }
}
