import IPAddressing
import WAFProgram
import WAFRequests

// Conditions on an address: in an IP set, of a country, of an autonomous system.

extension Evaluator {
  // MARK: IP sets

  /// Source: "IP set match rule statement" of the developer guide (documented); IPv4-mapped IPv6
  /// addresses are compared as IPv4 (assumed, the other reading is computed).
  mutating func ipSetAnswer(
    _ set: Int, source: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    switch program.addressSources[source] {
    case .client: clientSetAnswer(set, record)
    case .forwarded(let header): forwardedSetAnswer(set, header, record)
    }
  }

  private mutating func clientSetAnswer(
    _ set: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    guard let sets = clientSets(record) else {
      return program.ipSets[set].isEmpty ? Answer(.no) : .unknown(.notRecorded)
    }
    let isIn = program.addressIndex.contains(set, in: sets.members)
    let answer = Answer(Ternary(isIn))
    guard let written = sets.membersAsWritten,
      program.addressIndex.contains(set, in: written) != isIn
    else { return answer }
    return answer.weakened(to: .approximate, .openQuestion)
  }

  /// The sets that the peer's address lies in, looked up once a record; nil where it is not known.
  private mutating func clientSets(_ record: borrowing RequestRecord) -> ClientSets? {
    if let clientSets { return clientSets }
    guard case .address(let address) = record.clientIP else { return nil }
    let mapped = address.mappedIPv4
    let written = program.addressIndex.memberships(of: address)
    let sets =
      if let mapped {
        ClientSets(
          members: program.addressIndex.memberships(of: mapped), membersAsWritten: written)
      } else { ClientSets(members: written) }
    clientSets = sets
    return sets
  }

  private func forwardedSetAnswer(
    _ index: Int, _ header: ForwardedHeader, _ record: borrowing RequestRecord
  ) -> Answer {
    let set = program.ipSets[index]
    let position = header.position
    let fallback = Ternary(header.fallback)
    let plain = ForwardedAddresses(record, named: header.name)
    let value = plain.isIn(set, position, fallback: fallback, .designated)
    guard value != .unknown else {
      return .unknown(plain.presence == .match ? .redacted : .notRecorded)
    }
    var answer = Answer(value)
    if plain.isLossy { answer = answer.weakened(to: .approximate, .lossy) }
    guard plain.presence == .match else {
      // Without the header the rule may not be applied at all, under a NOT either.
      return header.isNegated ? answer.weakened(to: .approximate, .openQuestion) : answer
    }
    var agrees = true
    if plain.hasMapped {
      agrees =
        plain.isIn(set, position, fallback: fallback, .designated, mapsToIPv4: false) == value
    }
    if agrees, plain.hasInvalid || plain.hasHidden {
      agrees =
        plain.isIn(set, position, fallback: fallback, .whole) == value
        && plain.isIn(set, position, fallback: fallback, .passedOver) == value
    }
    if agrees, plain.hasInvalid {
      let decorated = ForwardedAddresses(record, named: header.name, .decorated)
      for reading in ForwardedAddresses.ListReading.allCases where agrees {
        agrees = decorated.isIn(set, position, fallback: fallback, reading) == value
      }
    }
    if agrees, plain.hasTabs {
      let withTabs = ForwardedAddresses(record, named: header.name, .withTabs)
      for reading in ForwardedAddresses.ListReading.allCases where agrees {
        agrees = withTabs.isIn(set, position, fallback: fallback, reading) == value
      }
    }
    if agrees, plain.lineCount > 1 {
      let first = ForwardedAddresses(record, named: header.name, .firstLine)
      agrees = first.isIn(set, position, fallback: fallback, .designated) == value
    }
    if agrees, !plain.hasText { agrees = value == .no }
    return agrees ? answer : answer.weakened(to: .approximate, .openQuestion)
  }

  // MARK: Countries and autonomous systems

  /// The answer of a condition on the country or the autonomous system of an address.
  ///
  /// Source: "Geographic match rule statement", "ASN match rule statement" of the developer guide
  /// (documented): the first address of a header, the fallback where it is invalid, system 0 where an
  /// address belongs to none.
  mutating func placeAnswer(
    _ condition: Condition, source: Int, _ record: borrowing RequestRecord
  ) -> Answer {
    guard case .forwarded(let header) = program.addressSources[source] else {
      return clientAnswer(condition, record)
    }
    let first = FirstAddress(record, named: header.name)
    let plain = answer(condition, first.value, header, first, record)
    guard plain.value.isKnown, first.value != .hidden else { return plain }
    var answer = first.isLossy ? plain.weakened(to: .approximate, .lossy) : plain
    for other in first.others {
      let otherValue = self.answer(condition, other, header, first, record).value
      if otherValue != plain.value { answer = answer.weakened(to: .approximate, .openQuestion) }
    }
    if first.value == .absent, case .asn = condition, header.fallback == .match {
      // One page has the fallback of this statement for a missing address too (Q9).
      answer = answer.weakened(to: .approximate, .openQuestion)
    }
    return answer
  }

  private mutating func answer(
    _ condition: Condition, _ value: FirstAddress.Value, _ header: ForwardedHeader,
    _ first: FirstAddress, _ record: borrowing RequestRecord
  ) -> Answer {
    switch value {
    case .absent:
      let answer = Answer(.no)
      return header.isNegated ? answer.weakened(to: .approximate, .openQuestion) : answer
    case .malformed: return Answer(Ternary(header.fallback))
    case .address(let address): return forwardedAnswer(condition, address, record)
    case .hidden:
      let answer = forwardedAnswer(condition, nil, record)
      if answer.value.isKnown { return answer }
      return .unknown(first.isPresent ? .redacted : .notRecorded)
    }
  }

  private mutating func clientAnswer(
    _ condition: Condition, _ record: borrowing RequestRecord
  ) -> Answer {
    switch condition {
    case .country(let set, _): return answer(clientCountry(record), isIn: set)
    case .asn(let set, _): return answer(clientASN(record), isIn: set)
    default: return .unknown(.unknowable)
    }
  }

  /// The answer for an address in a forwarded header; nil for one that is not recorded.
  private mutating func forwardedAnswer(
    _ condition: Condition, _ address: IPAddress?, _ record: borrowing RequestRecord
  ) -> Answer {
    switch condition {
    case .country(let set, _):
      return answer(forwardedCountry(of: address, record), isIn: set)
    case .asn(let set, _): return answer(forwardedASN(of: address, record), isIn: set)
    default: return .unknown(.unknowable)
    }
  }

  private func answer(_ finding: CountryFinding, isIn set: Int) -> Answer {
    switch finding.country {
    case .notRecorded: .unknown(.notRecorded)
    case .undetermined: answer(.no, finding.level)
    case .code(let code):
      answer(Ternary(program.countrySets[set].contains(code)), finding.level)
    }
  }

  private func answer(_ finding: ASNFinding?, isIn set: Int) -> Answer {
    guard let finding else { return .unknown(.notRecorded) }
    return answer(Ternary(program.asnSets[set].contains(finding.number)), finding.level)
  }

  private func answer(_ value: Ternary, _ level: EvidenceLevel) -> Answer {
    switch level {
    case .exact: Answer(value)
    case .observed: Answer(value, level, .serviceFinding)
    case .approximate, .assumed: Answer(value, level, .geoDatabase)
    }
  }

  // MARK: Autonomous systems

  /// The autonomous system of the peer; nil where nothing tells.
  mutating func clientASN(_ record: borrowing RequestRecord) -> ASNFinding? {
    if let number = record.clientASN { return ASNFinding(number: number, level: .observed) }
    guard case .address(let address) = record.clientIP else { return nil }
    return databaseASN(of: address)
  }

  /// The autonomous system of an address in a forwarded header, or of one that is not recorded.
  mutating func forwardedASN(
    of address: IPAddress?, _ record: borrowing RequestRecord
  ) -> ASNFinding? {
    if addressFindings.hasOneASNHeader, let number = record.forwardedASN {
      return ASNFinding(number: number, level: .observed)
    }
    return address.flatMap { databaseASN(of: $0) }
  }

  private mutating func databaseASN(of address: IPAddress) -> ASNFinding? {
    guard let facts = addressFindings.facts(of: address), facts.hasASNs else { return nil }
    return ASNFinding(number: facts.asn ?? 0, level: .approximate)
  }
}

/// The IP sets that an address lies in.
struct ClientSets {
  /// An IPv4-mapped IPv6 address counts as the IPv4 address in it.
  var members: AddressClass
  /// For such an address, the sets that have it as IPv6; nil for any other.
  var membersAsWritten: AddressClass?
}

/// The number of an autonomous system, and what it rests on.
struct ASNFinding {
  /// 0 for an address that belongs to none.
  var number: UInt32
  var level: EvidenceLevel
}
