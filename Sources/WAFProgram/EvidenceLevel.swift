/// What a known answer rests on, strictest first.
public enum EvidenceLevel: UInt8, CaseIterable, Comparable, Sendable {
  /// Recorded evidence and documented behaviour.
  case exact
  /// What the log says that the service itself found.
  case observed
  /// An approximation: of a managed rule, or of an open question whose readings disagree.
  case approximate
  /// A named assumption.
  case assumed

  /// Stricter levels come first.
  @inlinable public static func < (left: EvidenceLevel, right: EvidenceLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How far a verdict can be trusted: the strictest level at which one action remains.
public enum Certainty: UInt8, CaseIterable, Comparable, Sendable {
  /// Recorded evidence and documented behaviour alone give the action.
  case exact
  /// With what the service itself logged.
  case observed
  /// With approximations.
  case approximate
  /// With named assumptions.
  case assumed
  /// Even with assumptions several actions remain.
  case indeterminate

  /// The certainty of a verdict that stands at `level`.
  public init(_ level: EvidenceLevel) {
    self =
      switch level {
      case .exact: .exact
      case .observed: .observed
      case .approximate: .approximate
      case .assumed: .assumed
      }
  }

  /// The word used in reports and in predicted records.
  public var name: String {
    switch self {
    case .exact: "exact"
    case .observed: "observed"
    case .approximate: "approximate"
    case .assumed: "assumed"
    case .indeterminate: "indeterminate"
    }
  }

  /// Stricter certainties come first.
  public static func < (left: Certainty, right: Certainty) -> Bool {
    left.rawValue < right.rawValue
  }
}
