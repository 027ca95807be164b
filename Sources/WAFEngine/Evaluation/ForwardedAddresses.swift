import Bytes
import IPAddressing
import WAFProgram
import WAFRequests

/// The list of addresses in a forwarded header, by one reading of its bytes.
///
/// Lines of the same name are joined in order; entries are separated by commas, white space around
/// them is dropped.
///
/// Source: "Using forwarded IP addresses" of the developer guide (documented): commas, the last ten
/// addresses, the fallback for an invalid one, no match without the header. The readings of `Reading`
/// and `ListReading` are open questions Q7 and Q9.
struct ForwardedAddresses {
  /// One entry of the list.
  enum Entry: Hashable {
    case address(IPAddress)
    case invalid
    /// One or more entries that are not recorded.
    case hidden
  }

  /// How the bytes become entries.
  struct Reading: Hashable {
    /// Of several lines the first one only (Q7); else all of them.
    var takesFirstLineOnly = false
    /// Text with a port, brackets or a zone is an address, and an empty entry is none at all (Q9);
    /// else both are invalid.
    var readsDecorated = false
    /// Tabs around an entry are dropped like spaces; else they make it invalid.
    var trimsTabs = true

    static let plain = Reading()
    static let firstLine = Reading(takesFirstLineOnly: true)
    static let decorated = Reading(readsDecorated: true)
    static let withTabs = Reading(trimsTabs: false)
  }

  /// What an invalid entry does to a list that has valid ones (Q9).
  enum ListReading: Hashable, CaseIterable {
    /// Only the designated entry counts; with ANY, an invalid one counts where no valid one matches.
    case designated
    /// It makes the whole header malformed.
    case whole
    /// With ANY it is passed over.
    case passedOver
  }

  /// How many entries ANY looks at, from the end.
  static let windowCount = 10

  /// Whether the request has the header.
  private(set) var presence: Ternary
  private(set) var lineCount = 0
  private(set) var hasInvalid = false
  private(set) var hasHidden = false
  /// Whether there is an IPv4-mapped IPv6 address.
  private(set) var hasMapped = false
  private(set) var hasTabs = false
  /// Whether some entry is not empty.
  private(set) var hasText = false
  /// Whether a line was re-encoded before it was recorded, or lines are in another order.
  private(set) var isLossy = false

  private(set) var first: Entry?
  private var count = 0
  /// The last entries, in a ring.
  private var recent: [10 of Entry] = .init(repeating: .invalid)

  /// Reads the lines of the header `name` (lower case).
  init(_ record: borrowing RequestRecord, named name: [UInt8], _ reading: Reading = .plain) {
    var line = record.indexOfHeader(named: name.span)
    presence =
      line == nil && record.mayMissHeader(named: name) ? .unknown : Ternary(line != nil)
    while let index = line {
      lineCount += 1
      if lineCount == 1 || !reading.takesFirstLineOnly {
        add(record.headers[index].value, reading, record)
      }
      line = record.indexOfHeader(named: name.span, from: index + 1)
    }
    // Which line comes first is not certain.
    if lineCount > 1, !record.headersAreInOrder { isLossy = true }
  }

  private mutating func add(
    _ line: Component, _ reading: Reading, _ record: borrowing RequestRecord
  ) {
    switch line.state {
    case .known, .empty, .prefix: break
    case .lossy: isLossy = true
    // A line without a value says nothing of the value that was sent.
    case .absent, .absentOrEmpty, .redacted, .notRecorded: return add(.hidden)
    }
    let bytes = record.storage.span.extracting(line.range.bounds)
    // Data protection may have replaced a part of the value.
    if bytes.contains(Self.redactedPart.span) { return add(.hidden) }
    var start = 0
    while let comma = bytes.firstIndex(of: UInt8(ascii: ","), from: start) {
      add(bytes.extracting(start..<comma), reading)
      start = comma + 1
    }
    // Where a prefix ends, its last entry may go on, and others may follow.
    if line.state == .prefix { return add(.hidden) }
    add(bytes.extracting(start..<bytes.count), reading)
  }

  private mutating func add(_ text: Span<UInt8>, _ reading: Reading) {
    var start = 0
    var end = text.count
    while start < end, isBlank(text[start], reading) { start += 1 }
    while end > start, isBlank(text[end - 1], reading) { end -= 1 }
    let text = text.extracting(start..<end)
    guard !text.isEmpty else {
      if !reading.readsDecorated { add(.invalid) }
      return
    }
    hasText = true
    let address = reading.readsDecorated ? IPAddress(decorated: text) : IPAddress(text)
    add(address.map { .address($0) } ?? .invalid)
  }

  private mutating func isBlank(_ byte: UInt8, _ reading: Reading) -> Bool {
    guard byte == 0x09 else { return byte == 0x20 }
    hasTabs = true
    return reading.trimsTabs
  }

  private mutating func add(_ entry: Entry) {
    switch entry {
    case .address(let address): if address.mappedIPv4 != nil { hasMapped = true }
    case .invalid: hasInvalid = true
    case .hidden:
      hasHidden = true
      hasText = true
    }
    if count == 0 { first = entry }
    recent[count % Self.windowCount] = entry
    count += 1
  }

  private static let redactedPart = Array("=REDACTED".utf8)

  // MARK: What the list says

  /// Whether the designated address lies in `set`.
  func isIn(
    _ set: CIDRSet, _ position: ForwardedHeader.Position, fallback: Ternary,
    _ reading: ListReading, mapsToIPv4: Bool = true
  ) -> Ternary {
    guard presence == .match else { return presence == .no ? .no : hidden(set, fallback) }
    if reading == .whole, hasInvalid { return fallback }
    let value: Ternary
    switch position {
    case .first: value = truth(of: first ?? .invalid, set, fallback, mapsToIPv4)
    case .last:
      let last = count == 0 ? .invalid : recent[(count - 1) % Self.windowCount]
      value = truth(of: last, set, fallback, mapsToIPv4)
    case .any: value = isAnyIn(set, fallback, passesInvalid: reading == .passedOver, mapsToIPv4)
    }
    // What is hidden may be invalid.
    return reading == .whole && hasHidden && value != fallback ? .unknown : value
  }

  private func isAnyIn(
    _ set: CIDRSet, _ fallback: Ternary, passesInvalid: Bool, _ mapsToIPv4: Bool
  ) -> Ternary {
    var hasValid = false
    var hasInvalid = false
    var offset = 1
    // From the end on: what stands before hidden entries may be out of the window.
    while offset <= min(count, Self.windowCount) {
      switch recent[(count - offset) % Self.windowCount] {
      case .address(let address):
        if contains(set, address, mapsToIPv4) { return .match }
        hasValid = true
      case .invalid: hasInvalid = true
      case .hidden:
        if hasInvalid, fallback == .match, !passesInvalid { return .match }
        return hidden(set, fallback)
      }
      offset += 1
    }
    if count == 0 { return fallback }
    return hasInvalid && !(passesInvalid && hasValid) ? fallback : .no
  }

  private func truth(
    of entry: Entry, _ set: CIDRSet, _ fallback: Ternary, _ mapsToIPv4: Bool
  ) -> Ternary {
    switch entry {
    case .address(let address): Ternary(contains(set, address, mapsToIPv4))
    case .invalid: fallback
    case .hidden: hidden(set, fallback)
    }
  }

  private func contains(_ set: CIDRSet, _ address: IPAddress, _ mapsToIPv4: Bool) -> Bool {
    set.contains(mapsToIPv4 ? address.mappedIPv4 ?? address : address)
  }

  /// An empty set has nothing that an address could match.
  private func hidden(_ set: CIDRSet, _ fallback: Ternary) -> Ternary {
    set.isEmpty && fallback == .no ? .no : .unknown
  }
}

extension Ternary {
  init(_ fallback: FieldFallback) {
    self.init(fallback == .match)
  }
}
