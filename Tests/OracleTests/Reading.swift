import Behaviour

/// The truth of a statement, as far as the recording tells.
enum Truth: Hashable {
  case yes
  case no
  case unknown

  init(_ value: Bool) {
    self = value ? .yes : .no
  }

  var negated: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  static func any(_ parts: some Sequence<Truth>) -> Truth {
    var result = Truth.no
    for part in parts {
      if part == .yes { return .yes }
      if part == .unknown { result = .unknown }
    }
    return result
  }

  static func all(_ parts: some Sequence<Truth>) -> Truth {
    any(parts.map(\.negated)).negated
  }

  /// What all of several cases say; unknown where they disagree.
  static func agreed(_ cases: some Sequence<Truth>) -> Truth {
    var result: Truth?
    for truth in cases {
      if let result, result != truth { return .unknown }
      result = truth
    }
    return result ?? .unknown
  }
}

/// One way of understanding what AWS does not document, and of trusting the recording.
///
/// A leaf's level is found by asking again: with one question flipped, or with a kind of evidence
/// left out. Where the answer is another one, it rests on that.
struct Reading: Hashable {
  /// The one question that has its other reading.
  var flip: OpenQuestions = []
  /// The one gap in the accounting of cookies and headers (all of them are Q8) that has its other
  /// reading.
  var limits = LimitReading.plain
  /// The one gap in reading forwarded addresses (all of them are Q9) that has its other reading.
  var addresses = AddressReading.plain
  /// Whether what the service found counts as not recorded.
  var ignoresObserved = false
  /// Whether a value that was re-encoded on its way counts as not recorded.
  var ignoresLossyValues = false

  enum LimitReading: Hashable {
    case plain
    /// A part that straddles 8,192 bytes is dropped, not cut.
    case dropsStraddling
    /// Names and values of all cookies or headers count towards the 8,192 bytes.
    case countsAllBytes
    /// All cookies or headers count towards the 200.
    case countsAllItems
  }

  enum AddressReading: Hashable {
    case plain
    /// Ports, brackets and zones are no part of an address.
    case stripsPorts
    /// One bad entry makes the whole header malformed.
    case needsAllValid
    /// Bad entries among good ones are passed over.
    case passesOverInvalid
    /// ASN statements have their fallback for a header that is not there too.
    case missingIsInvalid
  }

  /// Every reading; the first is the default one.
  static let all: [Reading] =
    [Reading()]
    + OpenQuestions(rawValue: .max).each.filter {
      $0 != .componentLimits && $0 != .forwardedAddresses
    }.map { Reading(flip: $0) }
    + [.dropsStraddling, .countsAllBytes, .countsAllItems].map { Reading(limits: $0) }
    + [.stripsPorts, .needsAllValid, .passesOverInvalid, .missingIsInvalid].map {
      Reading(addresses: $0)
    }
    + [Reading(ignoresLossyValues: true), Reading(ignoresObserved: true)]

  /// The place of the reading without observations; all before it are about approximations.
  static let withoutObserved = all.count - 1
}
