import WAFRequests

/// What the places of one record say of one kind of token; the strongest place counts.
///
/// The order: the response of the whole record, that of the last rule that let the request pass, the
/// labels. (Source: log fields for web ACL traffic, documented: since 2024-02-22 the response of the
/// record is filled for rules that let the request pass, too; before, only the rules have one.)
struct TokenSources {
  /// How much a label says.
  enum LabelWeight: UInt8, Comparable {
    case none
    /// A label about the other kind of token: there was no token at all.
    case otherKind
    /// `…:rejected`, beside which a label with the reason may stand.
    case withoutReason
    /// A label that settles it.
    case definite

    static func < (left: LabelWeight, right: LabelWeight) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The record's `captchaResponse` or `challengeResponse`.
  var response = TokenEvidence()
  /// That of the last entry of `nonTerminatingMatchingRules` that has one.
  var entry = TokenEvidence()
  private var label = TokenEvidence.Finding.notRecorded
  private var weight = LabelWeight.none

  /// Takes in what a label says.
  mutating func note(_ finding: TokenEvidence.Finding, weight: LabelWeight) {
    guard weight >= self.weight else { return }
    label = finding
    self.weight = weight
  }

  /// What counts.
  var evidence: TokenEvidence {
    if response.finding != .notRecorded { return response }
    if entry.finding != .notRecorded { return entry }
    return TokenEvidence(finding: label)
  }
}
