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
}

/// One way of understanding what AWS does not document, and of trusting the recording.
///
/// A leaf's level is found by asking again: with one question flipped, or with a kind of evidence
/// left out. Where the answer is another one, it rests on that.
struct Reading: Hashable {
  /// The one question that has its other reading.
  var flip: OpenQuestions = []
  /// The one gap in the accounting of cookies (all of them are Q8) that has its other reading.
  var limits = LimitReading.plain
  /// Whether `requestBodySize` counts as not recorded.
  var ignoresObservedSize = false
  /// Whether a value that was re-encoded on its way counts as not recorded.
  var ignoresLossyValues = false

  enum LimitReading: Hashable {
    case plain
    /// A part that straddles 8,192 bytes is dropped, not cut.
    case dropsStraddling
    /// Names and values of all cookies count towards the 8,192 bytes.
    case countsAllBytes
    /// All cookies count towards the 200.
    case countsAllItems
  }

  /// Every reading; the first is the default one.
  static let all: [Reading] =
    [Reading()]
    + OpenQuestions(rawValue: .max).each.filter { $0 != .componentLimits }.map {
      Reading(flip: $0)
    }
    + [.dropsStraddling, .countsAllBytes, .countsAllItems].map { Reading(limits: $0) }
    + [Reading(ignoresLossyValues: true), Reading(ignoresObservedSize: true)]

  /// The place of the reading without observed sizes; all before it are about approximations.
  static let withoutObservedSize = all.count - 1
}
