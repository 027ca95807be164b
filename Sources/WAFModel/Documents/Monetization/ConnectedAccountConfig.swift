package import DocumentTree

/// Payments to an account of a payment provider.
public struct ConnectedAccountConfig: Hashable, Sendable {
  /// The ARN of the account.
  public var connectedAccountARN: String
  /// The networks, 2 at most.
  public var paymentNetworks: [ConnectedAccountChainConfig]

  /// Creates a configuration.
  public init(connectedAccountARN: String, paymentNetworks: [ConnectedAccountChainConfig]) {
    self.connectedAccountARN = connectedAccountARN
    self.paymentNetworks = paymentNetworks
  }
}

extension ConnectedAccountConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let connectedAccountARN = object.required("ConnectedAccountArn", as: String.self)
    let paymentNetworks = object.requiredList(
      "PaymentNetworks", of: ConnectedAccountChainConfig.self)
    object.finish()
    guard !object.isBroken, let connectedAccountARN else { return nil }
    self.init(connectedAccountARN: connectedAccountARN, paymentNetworks: paymentNetworks)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ConnectedAccountArn", connectedAccountARN)
    members.add("PaymentNetworks", paymentNetworks)
    return members.node
  }
}
