import Bytes
import IPAddressing
import WAFProgram
import WAFRequests

/// The aggregation key of a request.
struct FoundRateKey {
  /// Whether every part of the key is there: `no` where the request takes no part.
  var presence = Answer(.match)
  /// Nil where some part is not known.
  var key: RateKey?
}

/// One part of an aggregation key, the value of which is written to the encoder where it is known.
private enum RateKeyPart {
  case known(Answer)
  /// It is there, but its value is not known.
  case hidden(Answer)
  case missing(Answer)
  /// It may be there.
  case open(Answer.Reason)
}

extension Evaluator {
  /// The aggregation key of the record for a rate-based rule.
  ///
  /// Source: "Rate-based rule aggregation options" of the developer guide (documented: the values,
  /// that a request without one of them takes no part, what the fallback of an address does;
  /// assumed: the first of repeated headers and arguments (Q7), one value made of several labels
  /// (Q16), fingerprints with the fallback MATCH count together).
  mutating func rateKey(_ index: Int, _ record: borrowing RequestRecord) -> FoundRateKey {
    var found = FoundRateKey()
    var isKnown = true
    rateKeyEncoder.removeAll()
    for key in program.rates[index].keys {
      switch rateKeyPart(key, record) {
      case .known(let answer):
        found.presence = found.presence.and(answer)
      case .hidden(let answer):
        found.presence = found.presence.and(answer)
        isKnown = false
      case .missing(let answer):
        found.presence = found.presence.and(answer)
        isKnown = false
      case .open(let reason):
        found.presence = found.presence.and(.unknown(reason))
        isKnown = false
      }
    }
    if isKnown { found.key = rateKeyEncoder.key }
    return found
  }

  private mutating func rateKeyPart(
    _ key: RateRule.Key, _ record: borrowing RequestRecord
  ) -> RateKeyPart {
    switch key {
    case .address(let source): rateAddress(source, record)
    case .asn(let source): rateASN(source, record)
    case .value(let slot): rateValue(slot, record)
    case .labels(let key): rateLabels(key, record)
    }
  }

  // MARK: Values

  /// The first value of a component, after its transformations.
  private mutating func rateValue(
    _ slot: SlotIndex, _ record: borrowing RequestRecord
  ) -> RateKeyPart {
    let value = slotValue(slot, flipping: [], record)
    var answer = Answer(.match, value.level, value.reason)
    if !value.questions.isEmpty { answer = answer.weakened(to: .approximate, .openQuestion) }
    if value.elsewhere != .theSame { answer = answer.weakened(to: .assumed, .resourceType) }
    switch value.state {
    case .unknown: return .open(value.reason)
    case .missing, .decidedNoMatch:
      answer.value = .no
      return .missing(answer)
    case .decidedMatch:
      rateKeyEncoder.appendFallback()
      return .known(answer)
    case .values: break
    }
    guard value.count > 0 else {
      answer.value = .no
      return .missing(answer)
    }
    let element = elements[value.first]
    switch element.state {
    case .known:
      if element.isInArena {
        rateKeyEncoder.append(arena, element.range)
      } else {
        rateKeyEncoder.append(record.storage, element.range)
      }
      return .known(answer)
    case .prefix: return .hidden(answer)
    // It may belong to another header, argument or cookie.
    case .redacted, .unrecorded, .shortened: return .open(.redacted)
    }
  }

  // MARK: Labels

  /// The labels under a namespace that earlier rules have added: all of them make one value (Q16).
  private mutating func rateLabels(
    _ index: Int, _ record: borrowing RequestRecord
  ) -> RateKeyPart {
    let key = program.labelKeys[index]
    let (texts, geoIsKnown) = rateGeoLabels(key, record)
    var isOpen = !geoIsKnown || labels.opaqueMaybe.intersects(key.opaqueGroups)
    var found: [UInt32] = []
    for label in key.labels.members {
      if labels.present.contains(label) {
        found.append(UInt32(truncatingIfNeeded: label))
      } else if labels.maybe.contains(label) {
        isOpen = true
      }
    }
    let count = found.count + texts.count
    if isOpen { return count > 0 ? .hidden(Answer(.match)) : .open(.maybeLabel) }
    guard count > 0 else { return .missing(Answer(.no)) }
    rateKeyEncoder.append(UInt32(truncatingIfNeeded: count))
    for label in found { rateKeyEncoder.append(label) }
    for text in texts { rateKeyEncoder.append(Array(text.utf8).span) }
    return .known(Answer(.match))
  }

  /// The geo labels under the namespace, sorted, and whether there may be others.
  private func rateGeoLabels(
    _ key: LabelKey, _ record: borrowing RequestRecord
  ) -> (texts: [String], isKnown: Bool) {
    var texts: [String] = []
    var isKnown = true
    for source in program.geoHeaders.indices {
      let tests = source == 0 ? key.client : key.forwarded
      guard tests.country != .never || tests.region != .never else { continue }
      let bit = GeoSources(source: source)
      if !labels.openGeo.isDisjoint(with: bit) { isKnown = false }
      guard !labels.geo.isDisjoint(with: bit) else { continue }
      if !areGeoLabelsKnown(bit, record) { isKnown = false }
      texts += geoLabelTexts(source: source).filter { key.pattern.matches($0) }
    }
    return (Array(Set(texts)).sorted(), isKnown)
  }

  // MARK: Addresses

  /// The address of the peer, or the first one of a header.
  private mutating func rateAddress(
    _ source: Int, _ record: borrowing RequestRecord
  ) -> RateKeyPart {
    guard case .forwarded(let header) = program.addressSources[source] else {
      guard case .address(let address) = record.clientIP else { return .open(.notRecorded) }
      rateKeyEncoder.append(address)
      return .known(Answer(.match))
    }
    let first = FirstAddress(record, named: header.name)
    switch first.value {
    case .absent: return .missing(first.presence(.no))
    case .hidden: return .open(first.isPresent ? .redacted : .notRecorded)
    case .malformed: return rateFallback(header, first)
    case .address(let address):
      rateKeyEncoder.append(address)
      return .known(first.presence(.match))
    }
  }

  /// The autonomous system of such an address; 0 where it belongs to none.
  private mutating func rateASN(
    _ source: Int, _ record: borrowing RequestRecord
  ) -> RateKeyPart {
    guard case .forwarded(let header) = program.addressSources[source] else {
      guard let finding = clientASN(record) else { return .open(.notRecorded) }
      rateKeyEncoder.append(finding.number)
      return .known(finding.presence)
    }
    let first = FirstAddress(record, named: header.name)
    switch first.value {
    case .absent: return .missing(first.presence(.no))
    case .malformed: return rateFallback(header, first)
    case .hidden:
      guard let finding = forwardedASN(of: nil, record) else {
        return .open(first.isPresent ? .redacted : .notRecorded)
      }
      rateKeyEncoder.append(finding.number)
      return .known(finding.presence)
    case .address(let address):
      guard let finding = forwardedASN(of: address, record) else {
        return .hidden(first.presence(.match))
      }
      rateKeyEncoder.append(finding.number)
      return .known(finding.presence.and(first.presence(.match)))
    }
  }

  /// All requests whose header has no valid address there count together, or take no part.
  private mutating func rateFallback(
    _ header: ForwardedHeader, _ first: FirstAddress
  ) -> RateKeyPart {
    switch header.fallback {
    case .match:
      rateKeyEncoder.appendFallback()
      return .known(first.presence(.match))
    case .noMatch: return .missing(first.presence(.no))
    }
  }
}

extension FirstAddress {
  /// That the address takes part, or not, with what it rests on.
  fileprivate func presence(_ value: Ternary) -> Answer {
    let answer = Answer(value)
    if !others.isEmpty { return answer.weakened(to: .approximate, .openQuestion) }
    return isLossy ? answer.weakened(to: .approximate, .lossy) : answer
  }
}

extension ASNFinding {
  fileprivate var presence: Answer {
    switch level {
    case .exact: Answer(.match)
    case .observed: Answer(.match, level, .serviceFinding)
    case .approximate, .assumed: Answer(.match, level, .geoDatabase)
    }
  }
}

extension RateKeyEncoder {
  /// A run of an arena: takes the array, not a span of it, which would borrow the evaluator.
  mutating func append(_ arena: [UInt8], _ range: ByteRange) {
    append(arena.span.extracting(range.bounds))
  }

  /// The address; one in IPv6 form that holds an IPv4 address counts as that.
  mutating func append(_ address: IPAddress) {
    switch address.mappedIPv4 ?? address {
    case .v4(let bits): append(bits)
    case .v6(let bits):
      var bytes: [UInt8] = []
      for shift in stride(from: UInt128(120), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
      append(bytes.span)
    }
  }
}
