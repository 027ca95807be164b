import Bytes

extension ComponentState {
  /// The state's name in `wafcast.state`.
  public var name: String {
    switch self {
    case .known: "known"
    case .absent: "absent"
    case .empty: "empty"
    case .absentOrEmpty: "absentOrEmpty"
    case .lossy: "lossy"
    case .prefix: "prefix"
    case .redacted: "redacted"
    case .notRecorded: "notRecorded"
    }
  }

  /// The state of a name, compared exactly.
  package init?(name: Span<UInt8>) {
    let text = String(lossy: name)
    guard let state = Self.allCases.first(where: { $0.name == text }) else { return nil }
    self = state
  }

  /// Whether a component in this state has bytes.
  package var hasBytes: Bool { self == .known || self == .lossy || self == .prefix }
}
