package import DocumentTree

/// The price of a request.
///
/// The API's shapes Price and ConnectedAccountPrice, which differ in the precision of the amount.
public struct Price: Hashable, Sendable {
  /// The amount as a decimal number.
  public var amount: String
  /// The currency.
  public var currency: CryptoCurrency

  /// Creates a price.
  public init(amount: String, currency: CryptoCurrency) {
    self.amount = amount
    self.currency = currency
  }
}

/// The currency of a price.
public enum CryptoCurrency: String, Hashable, Sendable, CaseIterable {
  /// USD Coin.
  case usdc = "USDC"
}

extension Price: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let amount = object.required("Amount", as: String.self)
    let currency = object.required("Currency", as: CryptoCurrency.self)
    object.finish()
    guard !object.isBroken, let amount, let currency else { return nil }
    self.init(amount: amount, currency: currency)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Amount", amount)
    members.add("Currency", currency)
    return members.node
  }
}

extension CryptoCurrency: WireWord, TreeWritable {}
