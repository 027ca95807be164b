import Bytes
import WAFRequests

/// The members of `wafcast` that are read.
///
/// A prediction has more; those are not evidence.
enum WafcastKey: String, RecordKey {
  case expect, source, state, certainty, masked, bodySize
}

/// The members of `wafcast.expect`.
enum ExpectKey: String, RecordKey {
  case action, rule
}

extension WAFLogDecoder {
  // MARK: What the service found

  /// Whether `oversizeFields`, which some exports write as text, names the body.
  func findsOversizeBody(from scanner: inout JSONScanner, of record: Span<UInt8>) throws -> Bool {
    if scanner.peek() == UInt8(ascii: "\"") {
      return namesBody(try scanner.string(), in: record)
    }
    if try scanner.skipNull() { return false }
    try scanner.enterArray()
    var found = false
    var isFirst = true
    while try scanner.nextElement(isFirst: isFirst) {
      isFirst = false
      if namesBody(try scanner.string(), in: record) { found = true }
    }
    return found
  }

  private func namesBody(_ string: JSONString, in record: Span<UInt8>) -> Bool {
    let text = record.extracting(string.range.bounds)
    return text.contains(Self.requestBody.span) || text.contains(Self.requestJSONBody.span)
  }

  private static let requestBody = Array("REQUEST_BODY".utf8)
  private static let requestJSONBody = Array("REQUEST_JSON_BODY".utf8)

  /// Drops the response side of a prediction: it says what the service would find and do, and
  /// taken for what it found, an assumption would come back as an observation.
  ///
  /// What belongs to the request itself stays: its fragment, scheme and fingerprints.
  func dropPredicted(_ parts: inout RecordParts, from request: inout RequestRecord) {
    parts.observedBodySize = nil
    parts.captcha = TokenSources()
    parts.challenge = TokenSources()
    request.inspectedBodySize = nil
    request.serviceFoundOversizeBody = false
    request.recordedRegion = nil
    request.forwardedCountry = .notRecorded
    request.forwardedRegion = nil
    request.clientASN = nil
    request.forwardedASN = nil
    request.paymentVerified = nil
    request.sourceName = .empty
    request.recorded.action = .empty
    request.recorded.terminatingRuleID = .empty
  }

  // MARK: wafcast

  func decodeWafcast(
    from scanner: inout JSONScanner, of record: Span<UInt8>, parts: inout RecordParts,
    into request: inout RequestRecord
  ) throws {
    if try scanner.skipNull() { return }
    try scanner.enterObject()
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      switch try wafcastKeys.match(key, in: record, seen: &seen) {
      case .expect: try decodeExpectation(from: &scanner, of: record, into: &request)
      case .source:
        request.provenance = try text(try scanner.stringOrNull(), of: record, into: &request)
      case .bodySize: parts.recordedBodySize = try scanner.sizeOrNull(in: record)
      case .state: parts.states = try scanner.skipNull() ? nil : try scanner.skipValue()
      case .masked: parts.masked = try scanner.skipNull() ? nil : try scanner.skipValue()
      case .certainty:
        if try !scanner.skipNull() {
          try scanner.skipValue()
          request.recorded.isPrediction = true
        }
      case nil: try scanner.skipValue()
      }
    }
  }

  /// Reads an expectation.
  ///
  /// A member that is not known refuses the record: a misspelt expectation would otherwise be one
  /// that always holds.
  private func decodeExpectation(
    from scanner: inout JSONScanner, of record: Span<UInt8>, into request: inout RequestRecord
  ) throws {
    if try scanner.skipNull() { return }
    try scanner.enterObject()
    var seen: UInt64 = 0
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      let start = Int(key.range.start) - 1
      guard let member = try expectKeys.match(key, in: record, seen: &seen) else {
        let name = String(lossy: record.extracting(key.range.bounds))
        throw RecordFault(
          .invalidValue, "'\(name)' is no expectation (action, rule)", offset: start)
      }
      let range = try text(try scanner.stringOrNull(), of: record, into: &request)
      switch member {
      case .action: request.recorded.expectedAction = range
      case .rule: request.recorded.expectedRule = range
      }
    }
  }

  /// Applies `wafcast.state` and `wafcast.masked`; says whether the state of the body is stated.
  func applyStates(
    _ record: Span<UInt8>, parts: RecordParts, into request: inout RequestRecord
  ) throws -> Bool {
    var statesBody = false
    if let states = parts.states {
      var scanner = JSONScanner(record, at: Int(states.start))
      try scanner.enterObject()
      var isFirst = true
      while let key = try scanner.nextKey(isFirst: isFirst) {
        isFirst = false
        let keyOffset = Int(key.range.start) - 1
        let name = plain(key, in: record)
        _ = scanner.peek()
        let valueOffset = scanner.position
        let value = plain(try scanner.string(), in: record)
        guard let state = ComponentState(name: value.span) else {
          throw RecordFault(
            .invalidState, "'\(String(lossy: value.span))' is no state", offset: valueOffset)
        }
        do {
          try request.setState(state, ofComponentNamed: name.span)
        } catch {
          throw fault(error, name: name, state: state, at: keyOffset)
        }
        if JSONText.equals("body", in: record, key.range) { statesBody = true }
      }
    }
    if let masked = parts.masked {
      var scanner = JSONScanner(record, at: Int(masked.start))
      try scanner.enterArray()
      var isFirst = true
      while try scanner.nextElement(isFirst: isFirst) {
        isFirst = false
        _ = scanner.peek()
        let offset = scanner.position
        let name = plain(try scanner.string(), in: record)
        do {
          try request.redact(componentNamed: name.span)
        } catch {
          throw fault(error, name: name, state: .redacted, at: offset)
        }
      }
    }
    return statesBody
  }

  private func plain(_ string: JSONString, in record: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    JSONText.unescape(string, in: record, into: &text)
    return text
  }

  private func fault(
    _ error: ComponentStateError, name: [UInt8], state: ComponentState, at offset: Int
  ) -> RecordFault {
    let name = String(lossy: name.span)
    let problem =
      switch error {
      case .unknownComponent: "'\(name)' is no component"
      case .noBytes: "'\(name)' is not in the record, so it cannot be '\(state.name)'"
      case .hasBytes: "'\(name)' is in the record, so it cannot be '\(state.name)'"
      }
    return RecordFault(.invalidState, problem, offset: offset)
  }
}
