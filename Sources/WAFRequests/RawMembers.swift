public import Bytes

/// Where the members of a record that a prediction passes on stand, as written.
public struct RawMembers: Sendable {
  @usableFromInline var ranges: InlineArray<16, ByteRange> = .init(repeating: .empty)

  /// No member.
  public init() {}

  /// Where a member's value stands; nil when the record has no such member.
  public package(set) subscript(member: RawMember) -> ByteRange? {
    @inlinable get {
      let range = ranges[Int(member.rawValue)]
      return range.isEmpty ? nil : range
    }
    @inlinable set { ranges[Int(member.rawValue)] = newValue ?? .empty }
  }
}

/// A top-level member of an AWS WAF log record that is a fact of the request or of its source.
///
/// The cases are in the order in which AWS WAF writes them.
public enum RawMember: UInt8, Hashable, Sendable, CaseIterable {
  /// When the service saw the request.
  case timestamp
  /// The version of the log format.
  case formatVersion
  /// The ARN of the web ACL.
  case webaclId
  /// The kind of resource that took the request.
  case httpSourceName
  /// The resource that took the request.
  case httpSourceId
  /// The CloudFront distribution tenant.
  case cfDistributionTenantId
  /// The request.
  case httpRequest
  /// The number of body bytes.
  case requestBodySize
  /// The number of body bytes that the service looked at.
  case requestBodySizeInspectedByWAF
  /// The JA3 fingerprint of the TLS handshake.
  case ja3Fingerprint
  /// The JA4 fingerprint of the TLS handshake.
  case ja4Fingerprint
  /// The autonomous system of the peer.
  case clientAsn
  /// The autonomous system of the forwarded address.
  case forwardedAsn
  /// The components that the service found too large.
  case oversizeFields
  /// The labels that the service added.
  case labels
  /// The additions of wafcast.
  case wafcast

  /// The member's key.
  public var key: String { String(describing: self) }
}
