package import DocumentTree

/// How the action Monetize is paid for.
///
/// It can't be told from it whether a request is paid for; the service asks for a payment
/// wherever there is none.
public struct MonetizationConfig: Hashable, Sendable {
  /// Payments to wallets of one's own.
  public var cryptoConfig: CryptoConfig?
  /// Payments to an account of a payment provider, 1 at most.
  public var connectedAccountConfigs: [ConnectedAccountConfig]
  /// Whether the money is real; `REAL` where it is absent.
  public var currencyMode: CurrencyMode?
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a configuration.
  public init(
    cryptoConfig: CryptoConfig? = nil, connectedAccountConfigs: [ConnectedAccountConfig] = [],
    currencyMode: CurrencyMode? = nil
  ) {
    self.cryptoConfig = cryptoConfig
    self.connectedAccountConfigs = connectedAccountConfigs
    self.currencyMode = currencyMode
  }
}

/// Whether the money is real.
public enum CurrencyMode: String, Hashable, Sendable, CaseIterable {
  /// It is.
  case real = "REAL"
  /// It is that of test networks.
  case test = "TEST"
}

extension MonetizationConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let cryptoConfig = object.optional("CryptoConfig", as: CryptoConfig.self)
    let connectedAccountConfigs = object.list(
      "ConnectedAccountConfigs", of: ConnectedAccountConfig.self)
    let currencyMode = object.optional("CurrencyMode", as: CurrencyMode.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(
      cryptoConfig: cryptoConfig, connectedAccountConfigs: connectedAccountConfigs,
      currencyMode: currencyMode)
    emptyMembers = object.spelledOutEmpty("ConnectedAccountConfigs")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("CryptoConfig", cryptoConfig)
    members.add("ConnectedAccountConfigs", connectedAccountConfigs, emptyIf: emptyMembers)
    members.add("CurrencyMode", currencyMode)
    return members.node
  }
}

extension CurrencyMode: WireWord, TreeWritable {}
