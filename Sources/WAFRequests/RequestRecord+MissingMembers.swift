import Bytes

// How a log record without a member is to be read.

extension RequestRecord {
  /// What a log record without `fragment` says of the fragment.
  ///
  /// Records carry `fragment`, `scheme` and `host` since May 2025 (observed), so that one of that
  /// time which has a scheme proves by its silence that there was no fragment.
  package var stateOfMissingFragment: ComponentState {
    guard scheme.state.hasBytes, let timestamp, timestamp >= Self.may2025 else {
      return .notRecorded
    }
    return .absent
  }

  /// 2025-05-01T00:00:00Z in milliseconds.
  private static let may2025: Int64 = 1_746_057_600_000

  /// What a log record without a fingerprint says of it.
  ///
  /// A fingerprint is that of a TLS handshake: over plain HTTP there is none. Else nothing is known,
  /// because a recording may have left it out.
  package var stateOfMissingFingerprint: ComponentState {
    guard scheme.state == .known,
      storage.span.extracting(scheme.range.bounds).equalsIgnoringASCIICase(Self.http.span)
    else { return .notRecorded }
    return .absent
  }

  private static let http = Array("http".utf8)
}
