import DocumentTree

/// What requests must have in common to be counted together.
public enum RateBasedStatementAggregateKeyType: String, Hashable, Sendable, CaseIterable {
  /// The client's address.
  case ip = "IP"
  /// The first address of a forwarding header.
  case forwardedIP = "FORWARDED_IP"
  /// The values of the custom keys.
  case customKeys = "CUSTOM_KEYS"
  /// Nothing: all requests are counted together.
  case constant = "CONSTANT"
}

extension RateBasedStatementAggregateKeyType: WireWord, TreeWritable {}
