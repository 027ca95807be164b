import Behaviour
import IPAddressing
import WAFModel
import WAFProgram
import WAFRequests

extension OracleRecord {
  /// What a forwarded header says in one reading.
  enum Forwarded {
    /// The header is not there.
    case absent
    /// The recording does not tell.
    case unknown
    /// The entry in question is no address.
    case invalid
    case valid(IPAddress)
  }

  /// Whether the answer of a leaf may be that of a header that is not there.
  func mayLackHeader(_ leaf: OracleLeaf) -> Bool {
    guard let header = leaf.source?.header, lines(header).isEmpty else { return false }
    // What the service found of an address shows that there was one.
    if case .addresses = leaf { return true }
    return record.headersAreComplete
  }

  // MARK: Answers

  func addressAnswer(_ leaf: OracleLeaf) -> Answer {
    let plain = truth(leaf, Reading())
    guard plain != .unknown else { return .unknown }
    var level = EvidenceLevel.exact
    for (index, reading) in Reading.all.enumerated()
    where Self.isAboutAddresses(reading) && truth(leaf, reading) != plain {
      level = max(level, index == Reading.withoutObserved ? .observed : .approximate)
    }
    return Answer(truth: plain, level: level)
  }

  /// A filter for speed alone.
  static func isAboutAddresses(_ reading: Reading) -> Bool {
    reading.addresses != .plain || reading.ignoresObserved || reading.ignoresLossyValues
      || [.repeatedHeaders, .mappedAddresses].contains(reading.flip)
  }

  private func truth(_ leaf: OracleLeaf, _ reading: Reading) -> Truth {
    switch leaf {
    case .addresses(let arn, let source):
      guard let set = acl.bundle.ipSet(arn: arn)?.value else { return .unknown }
      if source == .client, set.addresses.isEmpty { return .no }
      // In a set without addresses there is no address, whichever it is.
      let anyAddress = set.addresses.isEmpty ? Truth.no : .unknown
      return addressTruth(source, reading, anyAddress) { self.contains($0, set, reading) }
    case .countries(let codes, .client):
      return Self.truth(record.country, codes)
    case .countries(let codes, let source):
      let found: Truth =
        acl.forwardedGeoHeaders.count == 1 && !reading.ignoresObserved
        ? Self.truth(record.forwardedCountry, codes) : .unknown
      return foundTruth(source, reading, found)
    case .networks(let numbers, let source):
      let isForwarded = source.header != nil
      let number = isForwarded ? record.forwardedASN : record.clientASN
      let counts = !isForwarded || acl.forwardedNetworkHeaders.count == 1
      let found: Truth =
        counts && !reading.ignoresObserved
        ? number.map { Truth(numbers.contains($0)) } ?? .unknown : .unknown
      return isForwarded ? foundTruth(source, reading, found, isNetwork: true) : found
    default:
      return .unknown
    }
  }

  private static func truth(_ country: Country, _ codes: Set<String>) -> Truth {
    switch country {
    case .notRecorded: .unknown
    case .undetermined: .no
    case .code(let code): Truth(codes.contains(code.text))
    }
  }

  /// What the service found of a forwarded address, unless there is none.
  private func foundTruth(
    _ source: OracleAddressSource, _ reading: Reading, _ found: Truth, isNetwork: Bool = false
  ) -> Truth {
    guard case .forwarded(let header, _, let fallback) = source else { return .unknown }
    switch firstForwarded(header, reading) {
    case .absent:
      // One page has the fallback of ASN statements for a missing address too.
      return Truth(reading.addresses == .missingIsInvalid && isNetwork && fallback == .match)
    case .invalid: return Truth(fallback == .match)
    // What the service found of an address shows that there was one.
    case .valid, .unknown: return found
    }
  }

  private func addressTruth(
    _ source: OracleAddressSource, _ reading: Reading, _ anyAddress: Truth,
    _ contains: (IPAddress) -> Truth
  ) -> Truth {
    switch source {
    case .client:
      guard case .address(let address) = record.clientIP else { return .unknown }
      return contains(address)
    case .forwarded(let header, let position, let fallback):
      guard let list = forwardedList(header, reading) else {
        // It may be absent, or hold anything.
        return record.headersAreComplete
          ? .no : Truth.agreed([.no, Truth(fallback == .match), anyAddress])
      }
      return forwardedTruth(list, position, fallback, reading, anyAddress, contains)
    }
  }

  private func contains(_ address: IPAddress, _ set: IPSet, _ reading: Reading) -> Truth {
    let address =
      reading.flip.contains(.mappedAddresses) ? address : address.mappedIPv4 ?? address
    return Truth(
      set.addresses.compactMap { CIDRBlock($0) }.contains { block in
        address.isIPv4 == block.address.isIPv4 && block.address <= address
          && address <= block.lastAddress
      })
  }

  // MARK: Forwarded headers

  /// The entries of a forwarded header.
  private struct ForwardedList {
    /// Those before the first gap in what is known: all, where there is none.
    var first: [String] = []
    /// Those behind the last gap.
    var last: [String] = []
    var hasGap = false
    /// Whether any that is known, wherever it stands, is bad.
    var all: [String] = []

    mutating func add(_ entries: [String]) {
      all += entries
      if hasGap { last += entries } else { first += entries }
    }

    mutating func addGap() {
      hasGap = true
      last = []
    }
  }

  /// The entries of all lines of a forwarded header; nil where there is no line of it.
  private func forwardedList(_ header: String, _ reading: Reading) -> ForwardedList? {
    var lines = lines(header)
    if reading.flip.contains(.repeatedHeaders) { lines = Array(lines.prefix(1)) }
    guard !lines.isEmpty else { return nil }
    var list = ForwardedList()
    for line in lines {
      let text = Self.trimmed(value(line.value, reading) ?? KnownValue(nothingBut: 0, nil))
      var entries = Self.entries(text.bytes)
      if text.extent != .whole { entries.removeLast() }
      list.add(entries)
      if text.extent != .whole { list.addGap() }
    }
    return list
  }

  private static func entries(_ text: [UInt8]) -> [String] {
    text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self).trimmingSpaces
    }
  }

  private static func address(_ entry: String, _ reading: Reading) -> IPAddress? {
    if let address = IPAddress(entry) { return address }
    guard reading.addresses == .stripsPorts else { return nil }
    if entry.hasPrefix("[") {
      guard let close = entry.lastIndex(of: "]") else { return nil }
      let rest = entry[close...].dropFirst()
      guard rest.isEmpty || isPort(rest) else { return nil }
      let inside = String(entry[..<close].dropFirst())
      return IPAddress(withoutZone(inside))
    }
    if let colon = entry.firstIndex(of: ":"), isPort(entry[colon...]) {
      return IPAddress(String(entry[..<colon]))
    }
    return IPAddress(withoutZone(entry))
  }

  private static func isPort(_ text: Substring) -> Bool {
    let digits = text.dropFirst()
    return text.first == ":" && (1...5).contains(digits.utf8.count)
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func withoutZone(_ text: String) -> String {
    text.firstIndex(of: "%").map { String(text[..<$0]) } ?? text
  }

  func firstForwarded(_ header: String, _ reading: Reading) -> Forwarded {
    guard let list = forwardedList(header, reading) else {
      return record.headersAreComplete ? .absent : .unknown
    }
    // Whether what the service found is of this header is no question of how it is read.
    guard let first = list.first.first else { return .unknown }
    if reading.addresses == .needsAllValid {
      if list.all.contains(where: { Self.address($0, reading) == nil }) { return .invalid }
      if list.hasGap { return .unknown }
    }
    return Self.address(first, reading).map { .valid($0) } ?? .invalid
  }

  private func forwardedTruth(
    _ list: ForwardedList, _ position: ForwardedIPPosition, _ fallback: FallbackBehavior,
    _ reading: Reading, _ anyAddress: Truth, _ contains: (IPAddress) -> Truth
  ) -> Truth {
    let otherwise = Truth(fallback == .match)
    func truth(_ entry: String?) -> Truth {
      guard let entry else { return Truth.agreed([otherwise, anyAddress]) }
      return Self.address(entry, reading).map(contains) ?? otherwise
    }
    if reading.addresses == .needsAllValid {
      if list.all.contains(where: { Self.address($0, reading) == nil }) { return otherwise }
      if list.hasGap {
        var plain = reading
        plain.addresses = .plain
        let rest = forwardedTruth(list, position, fallback, plain, anyAddress, contains)
        return Truth.agreed([otherwise, rest])
      }
    }
    switch position {
    case .first: return truth(list.first.first)
    case .last: return truth(list.hasGap ? list.last.last : list.first.last)
    case .any:
      let looked = (list.hasGap ? list.last : list.first).suffix(10)
      let addresses = looked.map { Self.address($0, reading) }
      let found = Truth.any(addresses.compactMap { $0 }.map(contains))
      let isAll = !list.hasGap || looked.count == 10
      if found == .yes { return .yes }
      let miss: Truth
      if addresses.contains(nil) {
        let isPassedOver =
          reading.addresses == .passesOverInvalid && addresses.contains { $0 != nil }
        miss = isPassedOver ? .no : otherwise
      } else {
        miss = .no
      }
      if isAll { return miss }
      // One that is not known may be listed, or bad, or neither.
      return Truth.agreed([miss, otherwise] + (anyAddress == .no ? [] : [.yes]))
    }
  }
}
