import NativeRecords
import PredictedRecords
import ReportText
import WAFEngine

extension Explanation {
  /// The explanation with the values of secret headers, cookies and arguments masked.
  ///
  /// Of a body only what matched is left, and nothing where all of it matched. The policy is that
  /// of predicted records (`SecretMask`); verdicts rest on what was recorded.
  package func maskingSecrets() -> Explanation {
    var masked = self
    for index in masked.trace.steps.indices {
      masked.trace.steps[index].statement = masked.trace.steps[index].statement.maskingSecrets()
    }
    return masked
  }

  /// A path as it may be shown, for which a query may stand within it.
  package static func shownPath(_ path: [UInt8], masksSecrets: Bool) -> String {
    shown(masksSecrets ? SecretMask.maskedPath(path.span) : path)
  }

  /// A query as it may be shown.
  package static func shownQuery(_ query: [UInt8], masksSecrets: Bool) -> String {
    shown(masksSecrets ? SecretMask.maskedQuery(query.span) : query)
  }
}
