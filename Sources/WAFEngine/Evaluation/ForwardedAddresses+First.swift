import IPAddressing
import WAFProgram
import WAFRequests

/// The first address of a forwarded header: what statements on places and systems, and rates, use.
struct FirstAddress {
  enum Value: Hashable {
    /// The request has no such header.
    case absent
    /// What stands first is no address.
    case malformed
    case address(IPAddress)
    /// Not recorded: perhaps the whole header, perhaps its value.
    case hidden
  }

  let value: Value
  /// What it is by readings of open questions (Q7, Q9) that see something else.
  private(set) var others: [Value] = []
  /// Whether the header is known to be there, where its value is hidden.
  let isPresent: Bool
  /// Whether a line was re-encoded before it was recorded.
  let isLossy: Bool

  /// Reads the lines of the header `name` (lower case).
  init(_ record: borrowing RequestRecord, named name: [UInt8]) {
    let plain = ForwardedAddresses(record, named: name)
    value = plain.firstValue
    isPresent = plain.presence == .match
    isLossy = plain.isLossy
    guard isPresent, value != .hidden else { return }
    if plain.hasInvalid {
      // An invalid entry elsewhere may make the whole header malformed.
      addOther(.malformed)
      addOther(ForwardedAddresses(record, named: name, .decorated).firstValue)
    }
    if plain.hasHidden { addOther(.malformed) }
    if plain.hasTabs {
      let withTabs = ForwardedAddresses(record, named: name, .withTabs)
      addOther(withTabs.hasInvalid ? .malformed : withTabs.firstValue)
    }
    if !plain.hasText { addOther(.absent) }
    if plain.lineCount > 1 {
      addOther(ForwardedAddresses(record, named: name, .firstLine).firstValue)
    }
  }

  private mutating func addOther(_ other: Value) {
    if other != value, !others.contains(other) { others.append(other) }
  }
}

extension ForwardedAddresses {
  /// What stands first.
  var firstValue: FirstAddress.Value {
    switch (presence, first) {
    case (.no, _): .absent
    case (.unknown, _), (_, .hidden?): .hidden
    case (_, .address(let address)?): .address(address)
    case (_, .invalid?), (_, nil): .malformed
    }
  }
}
