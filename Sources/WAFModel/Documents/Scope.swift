import DocumentTree

/// What a web ACL protects.
public enum Scope: String, Hashable, Sendable, CaseIterable {
  /// Resources of one Region, such as load balancers.
  case regional = "REGIONAL"
  /// CloudFront distributions.
  case cloudfront = "CLOUDFRONT"
}

extension Scope: WireWord, TreeWritable {}
