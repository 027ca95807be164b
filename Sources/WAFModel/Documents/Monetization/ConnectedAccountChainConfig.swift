package import DocumentTree

/// A network on which payments to a connected account are received.
public struct ConnectedAccountChainConfig: Hashable, Sendable {
  /// The network.
  public var chain: ConnectedAccountChain
  /// The price of a request, exactly 1.
  public var prices: [Price]

  /// Creates a network.
  public init(chain: ConnectedAccountChain, prices: [Price]) {
    self.chain = chain
    self.prices = prices
  }
}

/// A network on which payments to a connected account are received.
public enum ConnectedAccountChain: String, Hashable, Sendable, CaseIterable {
  /// Base.
  case base = "BASE"
  /// Solana.
  case solana = "SOLANA"
}

extension ConnectedAccountChainConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let chain = object.required("Chain", as: ConnectedAccountChain.self)
    let prices = object.requiredList("Prices", of: Price.self)
    object.finish()
    guard !object.isBroken, let chain else { return nil }
    self.init(chain: chain, prices: prices)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Chain", chain)
    members.add("Prices", prices)
    return members.node
  }
}

extension ConnectedAccountChain: WireWord, TreeWritable {}
