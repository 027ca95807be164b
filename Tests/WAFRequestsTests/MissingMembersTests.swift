import TestSupport
import Testing
import WAFRequests

/// What a record says by not having a member.
@Suite struct MissingMembersTests {
  static let fragments: [(timestamp: Int64?, scheme: String?, state: ComponentState)] = [
    (1_746_057_600_000, "https", .absent), (1_746_057_600_000, "http", .absent),
    (1_746_057_599_999, "https", .notRecorded), (1_746_057_600_000, nil, .notRecorded),
    (nil, "https", .notRecorded),
  ]

  @Test(arguments: fragments)
  func fragment(_ example: (timestamp: Int64?, scheme: String?, state: ComponentState)) {
    var record = RequestRecord()
    record.timestamp = example.timestamp
    if let scheme = example.scheme { record.scheme = record.appendExact(scheme.utf8) }
    #expect(record.stateOfMissingFragment == example.state)
  }

  @Test(arguments: [
    ("http", ComponentState.absent), ("HTTP", .absent), ("https", .notRecorded),
    ("", .notRecorded), ("httpx", .notRecorded),
  ])
  func fingerprint(scheme: String, state: ComponentState) {
    var record = RequestRecord()
    #expect(record.stateOfMissingFingerprint == .notRecorded)
    record.scheme = record.appendExact(scheme.utf8)
    #expect(record.stateOfMissingFingerprint == state)
  }

  @Test func fragmentOfAGivenRequest() {
    for (uri, state, text) in [
      ("/a#b?c", ComponentState.known, "b?c"), ("/a?b#", .empty, ""), ("/a", .absent, ""),
    ] {
      let record = RequestRecord(uri: uri)
      #expect(record.fragment.state == state)
      #expect(record.text(record.fragment.range) == text)
    }
  }

  @Test func failureReasons() {
    let reasons = [
      TokenEvidence.Finding.notRecorded, .valid, .missing, .expired, .invalid, .domainMismatch,
    ].map { TokenEvidence(finding: $0).failureReason }
    #expect(
      reasons == [
        nil, nil, "TOKEN_MISSING", "TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_DOMAIN_MISMATCH",
      ])
  }
}
