import Behaviour
import Bytes
import WAFProgram
import WAFRequests

// Components that not every resource has, with a fallback of their own.

extension Evaluator {
  /// What follows the `#` of the URI.
  ///
  /// Source: "Request components" of the developer guide (documented: CloudFront and load balancers
  /// only, the fallback without a fragment; open, Q13: with or without its `#`).
  mutating func extractFragment(
    _ fallback: FieldFallback, flipping: OpenQuestions, _ record: borrowing RequestRecord
  ) -> SlotValue {
    if record.fragment.state == .absent { return .decided(fallback) }
    guard resourceType.hasFragmentsAndFingerprints else { return unsupported(fallback) }
    if record.fragment.state == .absentOrEmpty && flipping != .absentAsEmpty {
      var value = SlotValue.decided(fallback)
      value.questions = .absentAsEmpty
      return value
    }
    var value = extract(record.fragment, flipping: flipping)
    guard value.state == .values else { return value }
    value.questions.insert(.fragmentSign)
    if flipping == .fragmentSign { addSign(at: value.first, record) }
    return dependent(value, fallback)
  }

  private mutating func addSign(at index: Int, _ record: borrowing RequestRecord) {
    let start = arena.count
    arena.append(UInt8(ascii: "#"))
    arena.append(contentsOf: record.storage[elements[index].range.bounds])
    elements[index].range = ByteRange(start: start, count: arena.count - start)
    elements[index].isInArena = true
  }

  /// A fingerprint of the TLS handshake, as the service logged it.
  ///
  /// Source: "Request components" of the developer guide (documented: CloudFront and load balancers
  /// only, the fallback where there is no fingerprint; assumed: there is none over plain HTTP).
  mutating func extractFingerprint(
    _ fingerprint: Component, _ fallback: FieldFallback, flipping: OpenQuestions,
    _ record: borrowing RequestRecord
  ) -> SlotValue {
    switch fingerprint.state {
    case .absent, .absentOrEmpty, .empty: return .decided(fallback)
    case .notRecorded where isPlainHTTP(record): return .decided(fallback)
    case .known, .lossy, .prefix, .redacted, .notRecorded: break
    }
    guard resourceType.hasFragmentsAndFingerprints else { return unsupported(fallback) }
    var value = extract(fingerprint, flipping: flipping)
    guard value.state == .values else { return value }
    value.weaken(to: .observed, .serviceFinding)
    return dependent(value, fallback)
  }

  private func isPlainHTTP(_ record: borrowing RequestRecord) -> Bool {
    record.scheme.state == .known
      && record.storage.span.extracting(record.scheme.range.bounds)
        .equalsIgnoringASCIICase(Self.http.span)
  }

  private static let http = Array("http".utf8)

  /// What a resource without the component gives.
  private func unsupported(_ fallback: FieldFallback) -> SlotValue {
    var value = SlotValue.decided(fallback)
    if isResourceTypeAssumed { value.weaken(to: .assumed, .resourceType) }
    return value
  }

  /// A value that another resource than the one assumed would not have.
  private func dependent(_ value: SlotValue, _ fallback: FieldFallback) -> SlotValue {
    var result = value
    if isResourceTypeAssumed { result.elsewhere = fallback == .match ? .match : .noMatch }
    return result
  }
}

extension ResourceType {
  /// Source: "Request components" of the developer guide (documented for CloudFront and load
  /// balancers; assumed for Amplify, which serves through CloudFront).
  fileprivate var hasFragmentsAndFingerprints: Bool {
    switch self {
    case .cloudFront, .applicationLoadBalancer, .amplify: true
    case .appSync, .apiGateway, .cognitoUserPool, .appRunnerService, .verifiedAccessInstance,
      .agentCoreGateway:
      false
    }
  }
}
