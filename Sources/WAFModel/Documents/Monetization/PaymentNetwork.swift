package import DocumentTree

/// A network on which payments are received.
public struct PaymentNetwork: Hashable, Sendable {
  /// The network.
  public var chain: BlockchainChain
  /// The address of the wallet on it.
  public var walletAddress: String
  /// The price of a request, exactly 1.
  public var prices: [Price]

  /// Creates a network.
  public init(chain: BlockchainChain, walletAddress: String, prices: [Price]) {
    self.chain = chain
    self.walletAddress = walletAddress
    self.prices = prices
  }
}

/// A network on which payments are received.
public enum BlockchainChain: String, Hashable, Sendable, CaseIterable {
  /// Base.
  case base = "BASE"
  /// Solana.
  case solana = "SOLANA"
  /// The test network of Base.
  case baseSepolia = "BASE_SEPOLIA"
  /// The test network of Solana.
  case solanaDevnet = "SOLANA_DEVNET"
}

extension PaymentNetwork: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let chain = object.required("Chain", as: BlockchainChain.self)
    let walletAddress = object.required("WalletAddress", as: String.self)
    let prices = object.requiredList("Prices", of: Price.self)
    object.finish()
    guard !object.isBroken, let chain, let walletAddress else { return nil }
    self.init(chain: chain, walletAddress: walletAddress, prices: prices)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Chain", chain)
    members.add("WalletAddress", walletAddress)
    members.add("Prices", prices)
    return members.node
  }
}

extension BlockchainChain: WireWord, TreeWritable {}
