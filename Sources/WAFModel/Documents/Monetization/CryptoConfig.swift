package import DocumentTree

/// Payments to wallets of one's own.
public struct CryptoConfig: Hashable, Sendable {
  /// The networks, 2 at most.
  public var paymentNetworks: [PaymentNetwork]

  /// Creates a configuration.
  public init(paymentNetworks: [PaymentNetwork]) {
    self.paymentNetworks = paymentNetworks
  }
}

extension CryptoConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let paymentNetworks = object.requiredList("PaymentNetworks", of: PaymentNetwork.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(paymentNetworks: paymentNetworks)
  }

  package func node() -> Node { Node("PaymentNetworks", paymentNetworks) }
}
